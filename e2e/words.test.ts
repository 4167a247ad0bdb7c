import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { cloudProviders } from '../agent/providers/catalogue.ts';
import { embeddedOffer } from '../agent/voice/embedded-offer.ts';

const source = join(import.meta.dirname, '..', 'src');
const words = join(source, 'words');
const subjects = subjectsOf('en').filter((subject) => subject !== 'told');
const others = readdirSync(words, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'en')
  .map(({ name }) => name);

describe.each(others)('the words in the folder "%s"', (language) => {
  it('are about the same subjects as in English', () => {
    expect(subjectsOf(language)).toEqual(subjectsOf('en'));
  });

  it.each(subjects)('of %s have the keys and the values of the English ones', async (subject) => {
    const english = await flat('en', subject);
    const translated = await flat(language, subject);
    expect([...translated.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, said] of english) {
      const other = translated.get(key);
      expect(typeof other, key).toBe(typeof said);
      if (typeof said === 'function' && typeof other === 'function') {
        expect(valuesSaid(other), key).toEqual(valuesSaid(said));
      } else if (typeof said === 'string' && said !== '') expect(other, key).not.toBe('');
    }
  });

  it.each(subjects)('of %s read otherwise where English has a sentence', async (subject) => {
    const translated = await flat(language, subject);
    for (const [key, said] of await flat('en', subject)) {
      if (typeof said !== 'string' || key.includes('suggestions')) continue;
      if (/\p{Ll}+ \p{Ll}+ \p{Ll}+/u.test(said)) expect(translated.get(key), key).not.toBe(said);
    }
  });
});

it.each(others)(
  'what can be set with a provider is named in the folder "%s" too',
  async (language) => {
    const { told } = (await import(`../src/words/${language}/told.ts`)) as {
      told: Readonly<Record<string, string>>;
    };
    const offers = [embeddedOffer(''), ...cloudProviders.map((provider) => provider.offer({}))];
    const texts = offers.flatMap(({ turnDetection, noiseReduction, options }) =>
      textsIn([turnDetection, noiseReduction, options]),
    );
    // Names of models, formats and levels of a service stay as the service has them.
    const ownWords = texts.filter(
      (text) => /^\P{Ll}*\p{Lu}?\p{Ll}+ \p{Ll}{2,}/u.test(text) && !text.startsWith('GPT'),
    );
    expect(ownWords.length).toBeGreaterThan(50);
    expect(ownWords.filter((text) => told[text] === undefined)).toEqual([]);
  },
);

describe('the page', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.test|\.d)\.tsx?$/.test(file) && !file.startsWith('words'))
    .map((file) => join(source, file));

  it('says nothing that is not among the words', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => file.endsWith('.tsx')).flatMap(saidInPlace)).toEqual([]);
  });

  it('reads its words when it shows them, and not before a language may change', () => {
    expect(files.flatMap(readTooEarly)).toEqual([]);
  });
});

function subjectsOf(language: string): string[] {
  return readdirSync(join(words, language))
    .map((file) => file.replace(/\.ts$/, ''))
    .sort();
}

/** Every label and note of an offer. */
function textsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    typeof part === 'string' && (key === 'label' || key === 'note') ? [part] : textsIn(part),
  );
}

type Said = string | ((...values: unknown[]) => unknown);

/** Every text of a subject by its way from the top, such as `start.talk`. */
async function flat(language: string, subject: string): Promise<ReadonlyMap<string, Said>> {
  const all = new Map<string, Said>();
  const walk = (value: unknown, way: string): void => {
    if (typeof value === 'string' || typeof value === 'function') all.set(way, value as Said);
    // What the agent words is no matter of keys.
    else if (!way.endsWith('.told'))
      for (const [key, part] of Object.entries(value as object)) walk(part, `${way}.${key}`);
  };
  const loaded = (await import(`../src/words/${language}/${subject}.ts`)) as object;
  for (const [name, value] of Object.entries(loaded)) walk(value, name);
  return all;
}

/** Which of the values that it is given a text names; nothing for one that takes something else than names and numbers. */
function valuesSaid(text: (...values: unknown[]) => unknown): readonly number[] {
  const values = Array.from({ length: text.length }, (_, place) => 471 + 100 * place);
  let said: unknown;
  try {
    said = text(...values);
  } catch {
    return [];
  }
  return typeof said === 'string' ? values.filter((value) => said.includes(String(value))) : [];
}

/** Sentences and names that stand in the code of a view, each with its place. */
function saidInPlace(file: string): string[] {
  const found: string[] = [];
  const tree = parsed(file);
  const note = (node: ts.Node, text: string): void => {
    // An address such as `wss://` is the same in every language.
    if (/\p{L}{2}/u.test(text.replace(/\b[a-z]+:\/\/\S*/g, '')))
      found.push(placeOf(tree, node, text.trim()));
  };
  const read =
    /^(aria-(label|description|roledescription|valuetext)|title|placeholder|alt|label|hint|note|description)$/;
  const walk = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node, node.text);
    if (ts.isJsxExpression(node) && node.expression && ts.isJsxElement(node.parent)) {
      for (const text of literalsOf(node.expression)) note(text, text.text);
    }
    if (ts.isJsxAttribute(node) && read.test(node.name.getText(tree)) && node.initializer) {
      for (const text of literalsOf(node.initializer)) note(text, text.text);
    }
    ts.forEachChild(node, walk);
  };
  walk(tree);
  return found;
}

/** The texts that an expression may come to. What it compares or calls is not among them. */
function literalsOf(node: ts.Node): (ts.StringLiteralLike | ts.TemplateHead)[] {
  if (ts.isStringLiteralLike(node)) return [node];
  if (ts.isJsxExpression(node)) return node.expression ? literalsOf(node.expression) : [];
  if (ts.isTemplateExpression(node)) return [node.head];
  if (ts.isConditionalExpression(node)) {
    return [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)];
  }
  if (ts.isBinaryExpression(node)) return literalsOf(node.right);
  return ts.isParenthesizedExpression(node) ? literalsOf(node.expression) : [];
}

/** Words that a module takes as it is loaded: they would stay in the language of that moment. */
function readTooEarly(file: string): string[] {
  const found: string[] = [];
  const tree = parsed(file);
  const names = new Set<string>();
  for (const statement of tree.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier))
      continue;
    if (!/\/words\/(?!language|formats)[\w-]+\.ts$/.test(statement.moduleSpecifier.text)) continue;
    const named = statement.importClause?.namedBindings;
    if (named && ts.isNamedImports(named))
      named.elements.forEach(({ name }) => names.add(name.text));
  }
  const walk = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
    if (ts.isIdentifier(node) && names.has(node.text)) found.push(placeOf(tree, node, node.text));
    ts.forEachChild(node, walk);
  };
  walk(tree);
  return found;
}

function parsed(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

function placeOf(tree: ts.SourceFile, node: ts.Node, text: string): string {
  const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
  return `${relative(source, tree.fileName)}:${line + 1} ${text}`;
}
