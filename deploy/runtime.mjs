// Lays into a folder what some of the bundles in dist/node need to run, and nothing else:
//   node deploy/runtime.mjs FOLDER BUNDLE...
// node_modules holds the page's packages as well, which are most of it.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const [folder, ...bundles] = process.argv.slice(2);
if (folder === undefined || bundles.length === 0) {
  process.stderr.write('Say which folder, and which bundles: runtime.mjs FOLDER BUNDLE...\n');
  process.exit(2);
}
const built = join(root, 'dist', 'node');
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));

const code = reachable(bundles.map((name) => `${name}.js`));
const imported = new Set();
/** Packages of which a file is read: what they depend on is not run. */
const read = new Set();
for (const text of code.values()) {
  const names = (pattern, into) => {
    for (const [, name] of text.matchAll(pattern)) if (isDependency(name)) into.add(name);
  };
  const name = String.raw`["'\`]((?:@[\w.-]+/)?[\w.-]+)(?:/[^"'\`]*)?["'\`]`;
  names(new RegExp(String.raw`(?:\bfrom|\bimport)\s*\(?\s*${name}`, 'g'), imported);
  names(new RegExp(String.raw`\brequire\d*\(\s*${name}`, 'g'), imported);
  names(new RegExp(String.raw`\bresolve\d*\(\s*${name}`, 'g'), read);
}

const needed = new Set();
for (const name of imported) need(name, '');
for (const name of read) needed.add(`node_modules/${name}`);

mkdirSync(join(folder, 'dist', 'node'), { recursive: true });
for (const file of readdirSync(built)) {
  const script = file.replace(/\.map$/, '');
  if (script.endsWith('.js') && !code.has(script)) continue;
  cpSync(join(built, file), join(folder, 'dist', 'node', file));
}
for (const path of needed) {
  const from = join(root, path);
  cpSync(from, join(folder, path), {
    recursive: true,
    // Packages inside of packages are on the list themselves; types and maps of others help nobody there.
    filter: (source) =>
      source === from ||
      !(source.endsWith('node_modules') || /\.(?:d\.[cm]?ts|map|md)$/.test(source)),
  });
}
// Says of the bundles that they are modules.
cpSync(join(root, 'package.json'), join(folder, 'package.json'));
process.stdout.write(`${bundles.join(', ')}: ${code.size} files, ${needed.size} packages\n`);

/** The bundles, the chunks that they load and the programs that they begin, by name. */
function reachable(first) {
  const found = new Map();
  const visit = (file) => {
    if (found.has(file)) return;
    const text = readFileSync(join(built, file), 'utf8');
    found.set(file, text);
    for (const [, next] of text.matchAll(/["'](?:\.\/)?([\w.-]+\.js)["']/g)) {
      if (existsSync(join(built, next))) visit(next);
    }
  };
  first.forEach(visit);
  return found;
}

function isDependency(name) {
  return packages[''].dependencies[name] !== undefined;
}

/** Adds a package as Node finds it from `importer`, a path of the lock file, and what it depends on in turn. */
function need(name, importer) {
  const path = located(name, importer);
  // Optional packages of other systems are not installed.
  if (path === undefined || needed.has(path) || !existsSync(join(root, path))) return;
  needed.add(path);
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } =
    packages[path];
  const peers = Object.keys(peerDependencies ?? {}).filter(
    (peer) => !peerDependenciesMeta?.[peer]?.optional,
  );
  const others = Object.keys({ ...dependencies, ...optionalDependencies });
  for (const other of [...others, ...peers]) need(other, path);
}

function located(name, importer) {
  for (
    let from = importer;
    ;
    from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))
  ) {
    const path = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`;
    if (packages[path] !== undefined) return path;
    if (from === '') return undefined;
  }
}
