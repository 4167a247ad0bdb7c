// First of all, since it sets the order of the layers that other style sheets add to.
import './design/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { App } from './app/app.tsx';
import { takeLink } from './connect/link.ts';
import { Conversation } from './conversation/conversation.ts';

// Zod would otherwise try to compile its checks, which the content security policy reports as a violation.
z.config({ jitless: true });

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');

// Outside the tree, since strict mode calls components and initialisers twice.
const conversation = new Conversation();
const link = takeLink();

createRoot(root).render(
  <StrictMode>
    <App conversation={conversation} link={link} />
  </StrictMode>,
);
