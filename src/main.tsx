// First of all: the one has to run before any schema is made, the other sets the order of the layers of all styles.
import './conversation/content-security.ts';
import './design/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { takeLink } from './connect/link.ts';
import { Conversation } from './conversation/conversation.ts';
import { watchLanguage } from './words/language.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');

// Outside the tree, since strict mode calls components and initialisers twice.
const conversation = new Conversation();
const link = takeLink();

const tree = createRoot(root);
const render = (): void =>
  tree.render(
    <StrictMode>
      <App conversation={conversation} link={link} />
    </StrictMode>,
  );
render();
// Views read the words as they are shown: from the root on, all are shown anew, and keep their state.
watchLanguage(render);
