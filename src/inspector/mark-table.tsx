import { inspectorWords } from '../words/inspector.ts';
import { inSeconds } from './figures.ts';
import type { Mark, TimeLine } from './time-line.ts';

/** All that the picture shows, and the words, in the order of time. */
export function MarkTable({ line }: { line: TimeLine }) {
  const { columns } = inspectorWords;
  return (
    <div
      role="group"
      aria-label={inspectorWords.table}
      tabIndex={0}
      className="mt-3 max-h-64 overflow-auto border-y border-line"
    >
      <table className="w-full text-left text-sm">
        <caption className="sr-only">{inspectorWords.table}</caption>
        <thead className="text-xs text-muted">
          <tr>
            <th scope="col" className="py-1.5 pr-3 font-normal">
              {columns.time}
            </th>
            <th scope="col" className="py-1.5 pr-3 font-normal">
              {columns.what}
            </th>
            <th scope="col" className="py-1.5 font-normal">
              {columns.by}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {line.marks.map((mark, index) => (
            <tr key={index} className="align-top">
              <td className="py-1.5 pr-3 whitespace-nowrap tabular-nums">
                {inSeconds(mark.atMs - line.fromMs)}
              </td>
              <td className="py-1.5 pr-3 wrap-anywhere">
                {inspectorWords.marks[mark.kind]}
                {mark.detail && <span className="text-muted">: {detailOf(mark)}</span>}
              </td>
              <td className="py-1.5 text-muted">{inspectorWords.by[mark.by]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function detailOf({ kind, detail = '' }: Mark): string {
  if (kind !== 'cut' && kind !== 'silenced') return detail;
  const causes: Readonly<Record<string, string>> = inspectorWords.cutBy;
  return causes[detail] ?? detail;
}
