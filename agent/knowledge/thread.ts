import { parentPort, workerData } from 'node:worker_threads';
import { createKnowledge } from './folder.ts';
import { serveKnowledge } from './service.ts';
import { threadPlace, type ThreadNews } from './thread-place.ts';

if (parentPort === null) throw new Error('This is a thread of the worker.');
const port = parentPort;
const { folder, socketPath } = threadPlace.parse(workerData);

const tell = (news: ThreadNews): void => port.postMessage(news);
const knowledge = createKnowledge(folder, {
  info: (fields, message) => tell({ level: 'info', fields, message }),
  warn: (fields, message) => tell({ level: 'warn', fields, message }),
});
await serveKnowledge(socketPath, knowledge);
// Reading a PDF takes a second: better now than when somebody has asked.
await knowledge.search('Parley');
