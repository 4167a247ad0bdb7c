import { z } from 'zod';
import { capitalise, joinWords } from './saying.ts';
import { skill, type SkillContext, type SkillResult, type ToolSet } from './skill.ts';
import type { Note, Notes } from './notes.ts';

const mostReadAloud = 5;

/** What the person asks to be remembered in this conversation. */
export function memorySkills(context: SkillContext): ToolSet {
  return [
    skill({
      name: 'remember',
      description: "Remembers something for this conversation, in the person's own words.",
      parameters: z.object({ note: z.string().describe('For example: my locker code is 4512.') }),
      run: ({ note }) => {
        if (note.trim() === '') return { say: 'What should I remember?' };
        const kept = context.notes.add(note, context.now().getTime());
        return { note: kept.text, say: `I'll remember ${tellBack(kept)}.` };
      },
    }),
    skill({
      name: 'recall',
      description: 'Tells what the person asked to remember: about one thing, or everything.',
      parameters: z.object({ about: z.string().nullish().describe('For example: locker code.') }),
      run: ({ about }) => recall(context, about ?? undefined),
    }),
    skill({
      name: 'forget',
      description: 'Forgets what was remembered about one thing, or everything.',
      parameters: z.object({ about: z.string().nullish(), all: z.boolean().nullish() }),
      run: ({ about, all }) => forget(context, about ?? undefined, all ?? false),
    }),
  ];
}

/** Does again, without a word, what a call of these tools in an earlier stay did to the notes. Other calls do nothing. */
export function redoNoting(
  notes: Notes,
  { name, input }: { name: string; input: string },
  atMs: number,
): void {
  const read = calledWith.safeParse(input);
  if (!read.success) return;
  const { note, about, all } = read.data;
  if (name === 'remember' && note?.trim()) notes.add(note, atMs);
  if (name === 'forget') forget({ notes }, about ?? undefined, all ?? false);
}

const calledWith = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('Not valid JSON.');
      return z.NEVER;
    }
  })
  .pipe(
    z.object({
      note: z.string().nullish(),
      about: z.string().nullish(),
      all: z.boolean().nullish(),
    }),
  );

function recall(context: SkillContext, about: string | undefined): SkillResult {
  if (about === undefined) {
    const notes = context.notes.list();
    if (notes.length === 0) return { notes, say: "You haven't asked me to remember anything yet." };
    const told = notes.slice(-mostReadAloud).map((note) => tellBack(note));
    const more = notes.length > told.length ? ', among other things' : '';
    return { notes, say: `You asked me to remember ${joinWords(told)}${more}.` };
  }
  const [note] = context.notes.find(about);
  if (!note) {
    const what = /^i /i.test(about) ? 'that' : swapPerson(about);
    return { notes: [], say: `You haven't told me ${what}.` };
  }
  return { notes: [note], say: `${capitalise(swapPerson(note.text))}.` };
}

function forget(
  context: Pick<SkillContext, 'notes'>,
  about: string | undefined,
  all: boolean,
): SkillResult {
  if (all) {
    context.notes.clear();
    return { say: 'I have forgotten all of it.' };
  }
  const note = about === undefined ? context.notes.list().at(-1) : context.notes.find(about)[0];
  if (!note)
    return {
      say:
        about === undefined
          ? 'There is nothing to forget.'
          : `I know nothing about ${swapPerson(about)}.`,
    };
  context.notes.remove(note);
  return { forgotten: note.text, say: `I've forgotten ${tellBack(note)}.` };
}

/** "that your locker code is 4512" for a sentence, "that you want to buy milk" for a plan, other words as they are. */
function tellBack(note: Note): string {
  const text = swapPerson(note.text);
  if (/^to /i.test(note.text)) return `that you want ${text}`;
  return isSentence(note.text) ? `that ${text}` : text;
}

function isSentence(text: string): boolean {
  return (
    !/^to /i.test(text) &&
    /\s(?:is|are|was|were|am|have|has|like|likes|love|loves|live|lives|need|needs|want|wants|parked|left|put|work|works|will|can|'s|'m)\b|^(?:i|we|he|she|they|you)(?:'m|'re|'s)? /i.test(
      text,
    )
  );
}

/** Turns what the person said of themselves into what is said to them: "my code" becomes "your code". */
export function swapPerson(text: string): string {
  const swaps: Readonly<Record<string, string>> = {
    my: 'your',
    mine: 'yours',
    i: 'you',
    me: 'you',
    myself: 'yourself',
    "i'm": "you're",
    "i've": "you've",
    "i'll": "you'll",
    "i'd": "you'd",
    am: 'are',
    our: 'your',
    your: 'my',
    yours: 'mine',
  };
  return text
    .replace(/\bI was\b/gi, 'you were')
    .replace(/[\p{L}']+/gu, (word) => swaps[word.toLowerCase()] ?? word)
    .replace(/^[A-Z](?=[a-z])(?=(?:he|our) )/, (letter) => letter.toLowerCase());
}
