import { useEffect, useState } from 'react';

/** A state that passes sooner than this is not worth a word. */
const settleMs = 600;

/** Says a text politely once it has stood for a moment. */
export function Announcer({ text }: { text: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), settleMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}
