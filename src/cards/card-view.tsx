import { useState } from 'react';
import type { Card, TableCard } from '#protocol/page-tools.ts';
import { pageToolWords as said } from '../words/page-tools.ts';
import { ChartPlot } from './chart-plot.tsx';

/** Something to look at that the assistant has shown. All text in it is text. */
export default function CardView({ card }: { card: Card }) {
  return (
    <figure className="mt-2 w-full max-w-2xl rounded-2xl border border-line bg-surface p-3.5 text-sm">
      <figcaption className="mb-2 font-medium wrap-break-word">{card.title}</figcaption>
      <Content card={card} />
    </figure>
  );
}

function Content({ card }: { card: Card }) {
  switch (card.kind) {
    case 'table':
      return <Table name={card.title} columns={card.columns} rows={card.rows} />;
    case 'chart':
      return (
        <>
          <ChartPlot card={card} />
          <details className="mt-2">
            <summary className="flex min-h-target items-center text-xs text-muted">
              {said.values}
            </summary>
            <Table
              name={card.title}
              columns={[said.label, card.unit ? `${said.value} (${card.unit})` : said.value]}
              rows={card.points.map(({ label, value }) => [label, String(value)])}
            />
          </details>
        </>
      );
    case 'image':
      return <Picture source={card.source} description={card.description} />;
  }
}

/** As an image an SVG runs no script and fetches nothing, whatever stands in it. */
function Picture({ source, description }: { source: string; description: string }) {
  const [broken, setBroken] = useState(false);
  if (broken) return <p className="text-muted">{said.imageMissing}</p>;
  return (
    <img
      src={source}
      alt={description}
      onError={() => setBroken(true)}
      className="max-h-96 w-full rounded-control bg-white object-contain"
    />
  );
}

interface TableProps extends Pick<TableCard, 'columns' | 'rows'> {
  name: string;
}

function Table({ name, columns, rows }: TableProps) {
  return (
    <div
      role="region"
      aria-label={name}
      // What does not fit is scrolled to, by keyboard too.
      tabIndex={0}
      className="max-h-96 overflow-auto"
    >
      <table className="w-full border-collapse text-left tabular-nums">
        <thead>
          <tr>
            {columns.map((column, place) => (
              <th key={place} scope="col" className="border-b border-line px-2 py-1.5 font-medium">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, place) => (
                <td key={place} className="border-b border-line px-2 py-1.5 wrap-break-word">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
