import { bargeInWords } from '../words/barge-in.ts';

const entries = [
  ['speech', 'h-0.5 w-4 bg-listening'],
  ['thresholds', 'w-4 border-t border-dashed border-line-strong'],
  ['lowered', 'size-3 bg-interrupted/22'],
  ['cut', 'h-3 w-1 bg-interrupted'],
  ['assistant', 'h-1.5 w-4 bg-speaking'],
  ['echo', 'h-1.5 w-4 bg-idle'],
  ['age', 'h-3 w-1 bg-line-strong'],
] as const;

/** What the lines and colours of the plot mean. */
export function Legend() {
  return (
    <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {entries.map(([name, look]) => (
        <li key={name} className="flex items-center gap-1.5">
          <span aria-hidden="true" className={`shrink-0 ${look}`} />
          {bargeInWords.panel.legend[name]}
        </li>
      ))}
    </ul>
  );
}
