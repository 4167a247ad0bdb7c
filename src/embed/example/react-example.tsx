import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ParleyAssistant } from '../react/parley-assistant.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('react.html has no element with the id "root".');

/** What lies in this page's own folder comes from the server that is asked. */
const server = import.meta.url.replace(/\/embed\/[^/]*$/, '');

/** A site in React that has the assistant in it, and writes down what it is told. */
function Example() {
  const [news, setNews] = useState<readonly string[]>([]);
  const [shown, setShown] = useState(true);
  const note = (name: string) => (told: object) =>
    setNews((before) => [...before.slice(-19), `${name} ${JSON.stringify(told)}`]);
  return (
    <>
      <input id="shown" type="checkbox" checked={shown} onChange={() => setShown(!shown)} />
      {shown && (
        <ParleyAssistant
          server={server}
          onConnected={note('onConnected')}
          onTranscript={note('onTranscript')}
          onProblem={note('onProblem')}
          onEnded={note('onEnded')}
        />
      )}
      <pre>{news.join('\n')}</pre>
    </>
  );
}

createRoot(root).render(
  <StrictMode>
    <Example />
  </StrictMode>,
);
