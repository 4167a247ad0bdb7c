import { inspectorWords } from '../words/inspector.ts';
import { inMs } from './figures.ts';
import { percents, spreadsByProvider } from './percentiles.ts';
import { useProviderName } from './provider-name.ts';
import type { TurnRecords } from './records.ts';

/** How the durations of all turns spread, for each provider that answered. */
export function PercentileTables({ records }: { records: TurnRecords }) {
  const nameOf = useProviderName();
  return (
    <section>
      <h3 className="text-sm font-medium">{inspectorWords.spread}</h3>
      {spreadsByProvider(records).map(({ provider, turns, spreads }) => (
        <div key={provider ?? ''} className="mt-2 overflow-x-auto">
          <table className="w-full text-left text-sm tabular-nums">
            <caption className="text-left text-xs text-muted">
              {inspectorWords.ofProvider(nameOf(provider), turns)}
            </caption>
            <thead className="text-xs text-muted">
              <tr>
                <th scope="col" className="py-1 font-normal">
                  {inspectorWords.columns.duration}
                </th>
                {percents.map((percent) => (
                  <th key={percent} scope="col" className="py-1 pl-2 text-right font-normal">
                    p{percent}
                  </th>
                ))}
                <th scope="col" className="py-1 pl-2 text-right font-normal">
                  {inspectorWords.turns}
                </th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line border-y border-line">
              {spreads.map((spread) => (
                <tr key={spread.name}>
                  <th scope="row" className="py-1.5 font-normal">
                    {inspectorWords.durations[spread.name]}
                  </th>
                  {spread.ms.map((ms, index) => (
                    <td key={percents[index]} className="py-1.5 pl-2 text-right whitespace-nowrap">
                      {inMs(ms)}
                    </td>
                  ))}
                  <td className="py-1.5 pl-2 text-right text-muted">{spread.turns}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ))}
    </section>
  );
}
