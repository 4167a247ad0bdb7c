import { z } from 'zod';
import { mayBeOpened, type Place } from '#protocol/page-tools.ts';
import { pageTool, type Page } from './page-asking.ts';
import { roundForSpeech, sayNumber } from './saying.ts';
import type { ToolSet } from './skill.ts';

interface PageContext {
  readonly page: Page;
  /** The assistant's last reply as far as it was spoken. */
  readonly lastReply: () => string | undefined;
}

/** What the page can do for the person: tell where it is, open, copy, turn dark. */
export function pageActions({ page, lastReply }: PageContext): ToolSet {
  return [
    pageTool(page, {
      name: 'get_location',
      description:
        'Finds out where the person is, by the browser: to some ten kilometres, or exactly where that is really needed. The answer has latitude and longitude in degrees and the accuracy in metres.',
      parameters: z.object({ exact: z.boolean().nullish() }),
      action: ({ exact }) => ({ tool: 'get_location', exact: exact ?? false }),
      facts: ({ place }) => ({ ...place }),
      say: (_, { place }) => (place ? sayPlace(place) : 'Your browser did not say where you are.'),
    }),
    pageTool(page, {
      name: 'open_link',
      description: 'Offers a web page to the person, to be opened in a new tab. Only https.',
      parameters: z.object({ url: z.string().describe('For example https://www.wikipedia.org/.') }),
      action: ({ url }) =>
        mayBeOpened(url)
          ? { tool: 'open_link', url: new URL(url).href }
          : 'I can only open encrypted web addresses, those that begin with https.',
      say: ({ url }) => `I have opened ${sayHost(url)}.`,
    }),
    pageTool(page, {
      name: 'copy_text',
      description: "Copies a text to the person's clipboard.",
      parameters: z.object({
        text: z.string().nullish().describe('Left out: what you said last.'),
      }),
      action: ({ text }) => {
        const copied = (text ?? lastReply() ?? '').trim();
        return copied === ''
          ? 'There is nothing to copy yet.'
          : { tool: 'copy_text', text: copied };
      },
      say: () => 'It is in your clipboard.',
    }),
    pageTool(page, {
      name: 'set_theme',
      description: "Makes the person's page light or dark.",
      parameters: z.object({ theme: z.enum(['light', 'dark']) }),
      action: ({ theme }) => ({ tool: 'set_theme', theme }),
      say: ({ theme }) => `The page is ${theme} now.`,
    }),
  ];
}

function sayPlace({ latitude, longitude, accuracyM }: Place): string {
  const north = latitude < 0 ? 'south' : 'north';
  const east = longitude < 0 ? 'west' : 'east';
  const about =
    accuracyM < 1000 ? `${sayNumber(Math.ceil(accuracyM))} metres` : sayKilometres(accuracyM);
  return `Your browser puts you at ${degrees(latitude)} degrees ${north} and ${degrees(longitude)} degrees ${east}, give or take ${about}.`;
}

function sayKilometres(metres: number): string {
  const kilometres = Math.ceil(metres / 1000);
  return kilometres === 1 ? 'a kilometre' : `${sayNumber(kilometres)} kilometres`;
}

function degrees(value: number): string {
  return sayNumber(roundForSpeech(Math.round(Math.abs(value) * 10) / 10).value);
}

function sayHost(url: string): string {
  return new URL(url).hostname.replace(/^www\./, '');
}
