import { z } from 'zod';
import { pageTool, type Page } from './page-asking.ts';
import type { ToolSet } from './skill.ts';

/** As the protocol allows; what is longer is cut off rather than refused. */
const longest = { title: 120, cell: 200, label: 60, unit: 20, description: 300 } as const;
const mostColumns = 8;
const mostRows = 100;
const mostPoints = 40;
/** Base64 makes four characters of three bytes. */
const mostSvgBytes = 8_900;

const title = z.string().describe('A short heading.');

/** Things to look at, put into the transcript beside what is said. */
export function pageCards(page: Page): ToolSet {
  return [
    pageTool(page, {
      name: 'show_table',
      description: 'Shows a table in the transcript. Say only what matters most of it.',
      parameters: z.object({
        title,
        columns: z.array(z.string()).describe('One to eight headings.'),
        rows: z.array(z.array(z.string())).describe('At most 100 rows, a text for each column.'),
      }),
      action: (given) => {
        const columns = given.columns.slice(0, mostColumns).map((one) => clip(one, longest.cell));
        const rows = given.rows
          .slice(0, mostRows)
          .map((row) => columns.map((_, place) => clip(row[place] ?? '', longest.cell)));
        if (columns.length === 0 || rows.length === 0)
          return 'There is nothing to put into a table.';
        const heading = clip(given.title, longest.title) || 'Table';
        return { tool: 'show_table', card: { kind: 'table', title: heading, columns, rows } };
      },
      say: () => 'There is the table.',
    }),
    pageTool(page, {
      name: 'show_chart',
      description: 'Shows values as bars, or as a line where they follow one another in time.',
      parameters: z.object({
        title,
        shape: z.enum(['bars', 'line']).nullish(),
        points: z
          .array(z.object({ label: z.string(), value: z.number() }))
          .describe('At most 40 values, each with its label.'),
        unit: z.string().nullish().describe('What the values are counted in, for example km.'),
      }),
      action: (given) => {
        const points = given.points
          .slice(0, mostPoints)
          .map(({ label, value }) => ({ label: clip(label, longest.label), value }));
        if (points.length === 0) return 'There is nothing to draw.';
        return {
          tool: 'show_chart',
          card: {
            kind: 'chart',
            title: clip(given.title, longest.title) || 'Chart',
            shape: given.shape ?? 'bars',
            points,
            unit: clip(given.unit ?? '', longest.unit),
          },
        };
      },
      say: () => 'There is the chart.',
    }),
    pageTool(page, {
      name: 'show_image',
      description:
        'Shows a drawing that you make as SVG, without text from elsewhere, scripts or links.',
      parameters: z.object({
        title,
        description: z.string().describe('What is to be seen, for those who do not see it.'),
        svg: z.string().describe('One svg element with a viewBox, below 8 kB.'),
      }),
      action: ({ svg, ...given }) => {
        const picture = withNamespace(svg.trim());
        if (!/^<svg[\s>]/.test(picture)) return 'That is no drawing that I can show.';
        const bytes = Buffer.from(picture);
        if (bytes.length > mostSvgBytes) return 'That drawing is too large to be shown.';
        return {
          tool: 'show_image',
          card: {
            kind: 'image',
            title: clip(given.title, longest.title) || 'Drawing',
            description: clip(given.description, longest.description) || given.title || 'Drawing',
            source: `data:image/svg+xml;base64,${bytes.toString('base64')}`,
          },
        };
      },
      say: () => 'There is the picture.',
    }),
  ];
}

/** As a file of its own an SVG needs its namespace, which models leave out. */
function withNamespace(svg: string): string {
  return /\sxmlns=/.test(svg)
    ? svg
    : svg.replace(/^<svg/, '<svg xmlns="http://www.w3.org/2000/svg"');
}

function clip(text: string, most: number): string {
  const plain = text.trim();
  return plain.length <= most ? plain : `${plain.slice(0, most - 1)}…`;
}
