// npm run compare:documents -- FOLDER [--half open|locked] [--kind KIND] [--most 160] [--worst 5] [--lost] [--python]: words that the
// readers find in documents of other people's programs, against what LibreOffice, pandoc and Python read of the same.
import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { readDocument } from '../documents/read-document.ts';
import { kinds, readByOthers } from './compare/others.mjs';
import { compareWords, wordsOf } from './compare/words.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    half: { type: 'string', default: 'open' },
    kind: { type: 'string' },
    most: { type: 'string', default: '160' },
    worst: { type: 'string', default: '3' },
    lost: { type: 'boolean', default: false },
    python: { type: 'boolean', default: false },
    results: { type: 'string' },
  },
});
/** A text of fewer words says nothing of its reader. */
const fewest = 10;

const hashOf = (path) => createHash('sha256').update(basename(path)).digest();
/** Which half a document is in is told by its name alone, before anybody has looked into it. */
const halfOf = (path) => (hashOf(path)[31] % 2 === 0 ? 'open' : 'locked');

function documentsOf(folder) {
  const byName = new Map();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) byName.set(entry.name, join(entry.parentPath, entry.name));
  }
  return [...byName.values()].sort((one, other) => hashOf(one).compare(hashOf(other)));
}

async function readOwn(path) {
  const descriptor = openSync(path, 'r');
  const texts = [];
  try {
    const input = { descriptor, name: basename(path), bytes: statSync(path).size };
    for await (const part of readDocument(input, { resume: null, isOver: () => false }))
      if (part.type === 'section') texts.push(part.text);
    return { text: texts.join('\n'), error: null };
  } catch (error) {
    return { text: texts.join('\n'), error: error.code ?? String(error) };
  } finally {
    closeSync(descriptor);
  }
}

const percent = (share) => (100 * share).toFixed(1);
const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;
const mean = (numbers) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

const scratch = mkdtempSync(join(tmpdir(), 'beckon-compare-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const all = documentsOf(positionals[0] ?? '.');
const results = [];
for (const kind of values.kind?.split(',') ?? kinds) {
  const ofKind = all.filter((path) => extname(path).toLowerCase() === `.${kind}`).slice(0, Number(values.most));
  const chosen = ofKind.filter((path) => values.half === 'both' || halfOf(path) === values.half);
  const others = readByOthers(kind, chosen, scratch, values.python);
  const rows = [];
  for (const [path, text] of others) {
    const theirs = wordsOf(text);
    if (theirs.length < fewest) continue;
    const own = await readOwn(path);
    rows.push({ path, words: theirs.length, error: own.error, ...compareWords(wordsOf(own.text), theirs) });
  }
  results.push({ kind, rows });
  if (rows.length === 0) continue;
  const figures = ['found', 'order', 'more'].map((name) => {
    const shares = rows.map((row) => row[name]);
    const worst = name === 'more' ? Math.max(...shares) : Math.min(...shares);
    return `${name} ${percent(median(shares))} (mean ${percent(mean(shares))}, worst ${percent(worst)})`;
  });
  console.log(`${kind}: ${rows.length} of ${chosen.length}; ${figures.join('; ')}`);
  for (const row of rows.toSorted((one, other) => one.found - other.found).slice(0, Number(values.worst))) {
    console.log(
      `  ${basename(row.path)}: ${row.words} words, found ${percent(row.found)}, order ${percent(row.order)}, more ${percent(row.more)} ${row.error ?? ''}`,
    );
    if (values.lost) console.log(`    lost: ${row.lost.slice(0, 30).join(' ')}`);
  }
}
if (values.results !== undefined) writeFileSync(values.results, JSON.stringify(results, null, 1));
