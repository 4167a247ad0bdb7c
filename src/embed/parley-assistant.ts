// First of all, since it has to run before a schema is made.
import '../conversation/content-security.ts';
import { ParleyAssistantElement } from './element.ts';

const name = 'parley-assistant';

// The script lies in a folder of the server's own.
ParleyAssistantElement.ownServer = import.meta.url.replace(/\/embed\/[^/]*$/, '');
// A page may have the script twice.
if (!customElements.get(name)) customElements.define(name, ParleyAssistantElement);
