// First of all, since it tells the rest in whose page it runs.
import './as-guest.ts';
import { ParleyAssistantElement } from './element.ts';

const name = 'parley-assistant';
const script = import.meta.url;

// The script lies in a folder of the server's own.
ParleyAssistantElement.ownServer = new URL('..', script).href.replace(/\/$/, '');
// A page may have the script twice.
if (!customElements.get(name)) customElements.define(name, ParleyAssistantElement);
