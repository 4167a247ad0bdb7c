import { useState } from 'react';
import { words } from '../words/page.ts';
import { beginningOf } from './beginning.ts';

/** More than this, in characters, is shown only on request: it was not heard, and nobody needs to read past it. */
const longestShown = 140;

/** What had been prepared when the reply was cut. Struck through for the eye, announced in words for the ear. */
export function Unheard({ text }: { text: string }) {
  const unheard = text.trim();
  const beginning = beginningOf(unheard, longestShown);
  const [open, setOpen] = useState(false);
  return (
    <>
      <span
        aria-hidden="true"
        className="mx-1.5 inline-block h-3.5 w-0.75 rounded-full bg-interrupted align-[-1px]"
      />
      <span className="sr-only">
        {' '}
        ({unheard ? words.transcript.cut : words.transcript.cutSilently}{' '}
      </span>
      {unheard && <s className="text-muted decoration-line-strong">{open ? unheard : beginning}</s>}
      <span className="sr-only">)</span>
      {beginning !== unheard && (
        <button
          type="button"
          aria-expanded={open}
          className="ml-2 min-h-6 cursor-pointer text-sm text-muted underline underline-offset-4 hover:text-ink"
          onClick={() => setOpen(!open)}
        >
          {open ? words.transcript.less : words.transcript.more}
        </button>
      )}
    </>
  );
}
