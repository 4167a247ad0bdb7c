import { bargeInWords } from '../words/barge-in.ts';

const said = bargeInWords.panel.legend;

const entries = [
  [said.speech, 'h-0.5 w-4 bg-listening'],
  [said.thresholds, 'w-4 border-t border-dashed border-line-strong'],
  [said.lowered, 'size-3 bg-interrupted/22'],
  [said.cut, 'h-3 w-1 bg-interrupted'],
  [said.assistant, 'h-1.5 w-4 bg-speaking'],
  [said.echo, 'h-1.5 w-4 bg-idle'],
  [said.age, 'h-3 w-1 bg-line-strong'],
] as const;

/** What the lines and colours of the plot mean. */
export function Legend() {
  return (
    <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {entries.map(([name, look]) => (
        <li key={name} className="flex items-center gap-1.5">
          <span aria-hidden="true" className={`shrink-0 ${look}`} />
          {name}
        </li>
      ))}
    </ul>
  );
}
