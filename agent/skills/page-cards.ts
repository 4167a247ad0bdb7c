import { z } from 'zod';
import { clip } from '#protocol/clip.ts';
import { cardLimits } from '#protocol/page-tools.ts';
import { pageTool, type Page } from './page-asking.ts';
import type { ToolSet } from './skill.ts';

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
        const columns = given.columns.slice(0, cardLimits.columns).map((one) => fit(one, 'cell'));
        const rows = given.rows
          .slice(0, cardLimits.rows)
          .map((row) => columns.map((_, place) => fit(row[place] ?? '', 'cell')));
        if (columns.length === 0 || rows.length === 0)
          return 'There is nothing to put into a table.';
        const heading = fit(given.title, 'title') || 'Table';
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
          .slice(0, cardLimits.points)
          .map(({ label, value }) => ({ label: fit(label, 'label'), value }));
        if (points.length === 0) return 'There is nothing to draw.';
        return {
          tool: 'show_chart',
          card: {
            kind: 'chart',
            title: fit(given.title, 'title') || 'Chart',
            shape: given.shape ?? 'bars',
            points,
            unit: fit(given.unit ?? '', 'unit'),
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
        const source = `data:image/svg+xml;base64,${Buffer.from(picture).toString('base64')}`;
        if (source.length > cardLimits.source) return 'That drawing is too large to be shown.';
        const heading = fit(given.title, 'title') || 'Drawing';
        return {
          tool: 'show_image',
          card: {
            kind: 'image',
            title: heading,
            description: fit(given.description, 'description') || heading,
            source,
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

/** What is longer than the protocol allows is cut off rather than refused. */
function fit(text: string, part: 'title' | 'cell' | 'label' | 'unit' | 'description'): string {
  return clip(text.trim(), cardLimits[part]);
}
