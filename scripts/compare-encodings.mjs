// npm run compare:encodings -- FOLDER [--half open|locked] [--wrong] [--bytes N]
// [--told]: texts in old encodings, a folder an encoding as in the
// tests of Python's chardet, against what they
// were made as. What a page says of its own encoding is taken out of it, unless it is to be told by that.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { decodeBytes } from '../documents/text/decode.ts';
import { loadDetector } from '../documents/text/detector.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    half: { type: 'string', default: 'open' },
    wrong: { type: 'boolean', default: false },
    bytes: { type: 'string' },
    told: { type: 'boolean', default: false },
  },
});
/** Names of folders that `TextDecoder` has under others, and those of languages. */
const other = {
  cp932: 'shift_jis',
  cp949: 'euc-kr',
  'tis-620': 'windows-874',
  maccyrillic: 'x-mac-cyrillic',
  macroman: 'macintosh',
};
const labelOf = (folder) => {
  const name = folder
    .toLowerCase()
    .replace(/^((?:iso-8859|windows)-\d+)-.*$/, '$1')
    .replace('-sig', '');
  try {
    return new TextDecoder(other[name] ?? name).encoding;
  } catch {
    return null;
  }
};
const halfOf = (name) => (createHash('sha256').update(name).digest()[31] % 2 === 0 ? 'open' : 'locked');

/** The bytes that are to tell; with `--bytes`, as many from the first that is not ASCII on, which may end within a sign. */
function sampleOf(whole) {
  const text = whole.toString('latin1');
  const untold = values.told ? text : text.replace(/encoding=["'][^"']*["']|charset=["']?[\w:.-]+/gi, '');
  const bytes = Buffer.from(untold, 'latin1');
  if (values.bytes === undefined) return bytes;
  const first = Math.max(
    0,
    bytes.findIndex((byte) => byte > 0x7f),
  );
  return bytes.subarray(first, first + Number(values.bytes));
}

const detector = await loadDetector();
const root = positionals[0] ?? '.';
const totals = new Map();
for (const folder of readdirSync(root).sort()) {
  if (!statSync(join(root, folder)).isDirectory()) continue;
  const label = labelOf(folder);
  for (const name of readdirSync(join(root, folder))) {
    if (values.half !== 'both' && halfOf(`${folder}/${name}`) !== values.half) continue;
    const bytes = sampleOf(readFileSync(join(root, folder, name)));
    const key = label ?? `${folder} (no TextDecoder)`;
    const row = totals.get(key) ?? { right: 0, of: 0, wrong: [] };
    totals.set(key, row);
    row.of += 1;
    const found = decodeBytes(bytes, detector);
    const isBig = label === 'utf-16le' && bytes[0] === 0xfe;
    const meant = label === null ? null : new TextDecoder(isBig ? 'utf-16be' : label).decode(bytes);
    // Another encoding that has the same signs is no other reading.
    if (found !== null && found.text === meant) row.right += 1;
    else
      row.wrong.push(
        `${folder}/${name}: ${found?.encoding ?? 'no text'}${found?.isGuess === false ? ', no guess' : ''}`,
      );
  }
}
let [right, of] = [0, 0];
for (const [label, row] of totals) {
  if (!label.includes('(')) [right, of] = [right + row.right, of + row.of];
  console.log(`${label}: ${row.right} of ${row.of}`);
  if (values.wrong) for (const line of row.wrong) console.log(`  ${line}`);
}
console.log(`all that TextDecoder has: ${right} of ${of} (${((100 * right) / of).toFixed(1)} %)`);
