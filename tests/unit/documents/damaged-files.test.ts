import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import CFB from 'cfb';
import { afterAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../contract/errors.ts';
import { ReadBudget } from '../../../documents/budget.ts';
import { openZip } from '../../../documents/zip/open-zip.ts';
import { corpus } from '../../support/document-reader.ts';
import { type MadeMember, makeEpub, makeZip } from '../../support/make-zip.ts';
import { seededRandom } from '../../support/random.ts';
import { readParts } from '../../support/read-parts.ts';

const folder = mkdtempSync(join(tmpdir(), 'beckon-damaged-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const mail =
  'From: a@b.example\r\nTo: c@d.example\r\nSubject: =?gb2312?B?wdbDtw==?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/html\r\n\r\n<p>The fee is <b>940</b>.</p>\r\n--B\r\nContent-Type: text/csv\r\n\r\na,b\r\n--B--';
const page =
  '<!DOCTYPE html><title>T</title><main><h1>A</h1><ol><li>B<ul><li>C</ul></ol><table><tr><td colspan=2>D<td>E</table><pre>F\n G</pre></main>';
const srt = '1\n00:00:01,000 --> 00:00:02,500\nThe lamp\n\n2\n01:02:03,004 --> 01:02:05,000\n灯塔\n';
const office = (name: string) => readFileSync(join(corpus, 'office', name));
const bases: readonly (readonly [string, () => Buffer])[] = [
  ...[
    'handbook-en.docx',
    'handbook-zh.odt',
    'stock-zh-libreoffice.xlsx',
    'stock-en.ods',
    'review-en.pptx',
    'review-zh.odp',
    'handbook-en.rtf',
    'handbook-en.doc',
    'stock-zh.xls',
    'review-en.ppt',
  ].map((name) => [name, () => office(name)] as const),
  ['book.epub', () => makeEpub(['<h1>One</h1><p>The tower stands.</p>', '<h1>Two</h1><p>灯塔。</p>'])],
  ['letter.eml', () => Buffer.from(mail)],
  ['page.html', () => Buffer.from(page)],
  ['film.srt', () => Buffer.from(srt)],
  ['film.vtt', () => Buffer.from(`WEBVTT\n\n${srt.replaceAll(',', '.')}`)],
  ['lighthouse-en.pdf', () => readFileSync(join(corpus, 'lighthouse-en.pdf'))],
  ['letter.msg', () => message()],
  ['hives.csv', () => Buffer.from('Hive;Weight;Note\n"Garden";41,2;"two\nqueens"\n蜂箱;;empty\n')],
  [
    'hives.json',
    () => Buffer.from('{"hives": [{"name": "Garden", "weight": 41.2}, {"name": "蜂箱", "weight": null}]}'),
  ],
  ['hives.md', () => Buffer.from('# Hives\n\n| Hive | Weight |\n|---|---|\n| Garden | 41.2 |\n\n> 蜂箱 `empty`\n')],
  ['hives.py', () => Buffer.from('def weigh(hive):\n    # 蜂箱\n    return sum(hive.frames)\n')],
  ['gb18030.txt', () => readFileSync(join(corpus, 'gb18030.txt'))],
  [
    'hives.zip',
    () =>
      makeZip([
        { name: 'a/hive.txt', content: 'x'.repeat(4000) },
        { name: '蜂箱.md', content: '# B' },
      ]),
  ],
];
const rounds = 100;

/** A message as Outlook keeps it (MS-OXMSG), with little but its subject and its text. */
function message(): Buffer {
  const container = CFB.utils.cfb_new();
  const said = {
    '0037': 'The fee',
    '1000': 'The fee is 940 €.\r\n费用是 940 元。',
    '0C1A': 'Ana Brandt',
    '0E04': 'Ilse',
  };
  for (const [property, text] of Object.entries(said))
    CFB.utils.cfb_add(container, `/__substg1.0_${property}001F`, Buffer.from(text, 'utf16le'));
  CFB.utils.cfb_add(container, '/__properties_version1.0', Buffer.alloc(32));
  return Buffer.from(CFB.write(container, { type: 'buffer' }) as Uint8Array);
}

type Random = () => number;

/** A few bytes changed, left out or said again, or the end cut off. */
function damage(bytes: Buffer, random: Random): Buffer {
  const at = () => Math.floor(random() * bytes.length);
  const kind = Math.floor(random() * 4);
  const copy = Buffer.from(bytes);
  if (kind === 0) for (let count = 0; count < 1 + random() * 12; count += 1) copy[at()] = Math.floor(random() * 256);
  if (kind === 1) return copy.subarray(0, at());
  const [one, other] = [at(), at()].sort((a, b) => a - b) as [number, number];
  if (kind === 2) return Buffer.concat([copy.subarray(0, one), copy.subarray(other)]);
  if (kind === 3) return Buffer.concat([copy.subarray(0, other), copy.subarray(one, one + 5000), copy.subarray(other)]);
  return copy;
}

/** Numbers, names and marks of a part changed, so that it is still XML more often than not. */
function twist(xml: string, random: Random): string {
  const wrong = ['-1', '0', '99999999999', 'NaN', '', 'x', '1e308', '../..', '&lt;'];
  const share = random() * 0.05;
  const renames = random() < 0.05 ? 0.01 : 0;
  return xml
    .replaceAll(/"[^"<>]{0,40}"/g, (found) =>
      random() < share ? `"${wrong[Math.floor(random() * wrong.length)]}"` : found,
    )
    .replaceAll(/<\/?[\w:]+/g, (found) => (random() < renames ? `${found}x` : found));
}

async function members(bytes: Buffer, name: string): Promise<readonly MadeMember[]> {
  const path = join(folder, `whole-${name}`);
  writeFileSync(path, bytes);
  const descriptor = openSync(path, 'r');
  try {
    const zip = await openZip({ descriptor, name, bytes: bytes.length }, new ReadBudget(bytes.length));
    const made: MadeMember[] = [];
    for (const member of zip.members.filter(({ isFolder, bytes: size }) => !isFolder && size < 300_000)) {
      const chunks: Buffer[] = [];
      for await (const chunk of zip.chunks(member.name)) chunks.push(chunk);
      made.push({ name: member.name, content: Buffer.concat(chunks), isStored: true });
    }
    return made;
  } finally {
    closeSync(descriptor);
  }
}

async function outcome(name: string, bytes: Buffer): Promise<'text' | string> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  try {
    await readParts(path);
    return 'text';
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('file/')) return error.code;
    throw error;
  }
}

describe('a damaged file', () => {
  it.each(bases)('ends in text or in a sentence, a hundred times: %s', { timeout: 120_000 }, async (name, make) => {
    const integers = seededRandom(name.length * 7919);
    const random = () => integers(1_000_000) / 1_000_000;
    const whole = make();
    const isOffice = whole.subarray(0, 2).toString() === 'PK' && !name.endsWith('.zip');
    const parts = isOffice ? await members(whole, name) : [];
    const outcomes = new Map<string, number>();
    for (let round = 0; round < rounds; round += 1) {
      const twisted = parts.length > 0 && round % 2 === 0;
      const bytes = twisted
        ? makeZip(parts.map((part) => ({ ...part, content: twist(part.content.toString(), random) })))
        : damage(whole, random);
      const end = await outcome(name, bytes);
      outcomes.set(end, (outcomes.get(end) ?? 0) + 1);
    }
    expect([...outcomes.values()].reduce((sum, count) => sum + count, 0)).toBe(rounds);
    expect(outcomes.get('text') ?? 0).toBeGreaterThan(5);
  });
});
