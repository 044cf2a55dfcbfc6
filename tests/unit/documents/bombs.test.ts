import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../contract/errors.ts';
import { type MadeMember, makeEpub, makeZip, packageMembers, wordMembers } from '../../support/make-zip.ts';
import { readParts } from '../../support/read-parts.ts';

const folder = mkdtempSync(join(tmpdir(), 'beckon-bombs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What comes of a file: the code of its error, or the first characters of its text. */
async function outcome(name: string, content: Buffer | string): Promise<string> {
  const path = join(folder, name);
  writeFileSync(path, content);
  try {
    return `text: ${(await readParts(path)).text.slice(0, 60)}`;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  } finally {
    rmSync(path);
  }
}

const paragraph = '<w:p><w:r><w:t>A</w:t></w:r></w:p>';
const laughs = `<!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, index) => `<!ENTITY ${'bcdefghij'[index]} "${`&${'abcdefghi'[index]};`.repeat(10)}">`).join('')}]>`;
const xxe = '<!DOCTYPE x [<!ENTITY s SYSTEM "file:///etc/passwd">]>';
const said = (entity: string) => `<w:p><w:r><w:t>${entity}</w:t></w:r></w:p>`;
const replaced = (members: readonly MadeMember[], name: string, change: (member: MadeMember) => MadeMember) =>
  members.map((member) => (member.name === name ? change(member) : member));
const word = 'word/document.xml';
const workbook = (sheet: string, strings = ''): Buffer => {
  const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  return makeZip([
    ...packageMembers('xl/workbook.xml', 'spreadsheetml.sheet.main'),
    {
      name: 'xl/workbook.xml',
      content: `<workbook ${main} xmlns:r="${relationships}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relationships}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relationships}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    },
    { name: 'xl/worksheets/sheet1.xml', content: `<worksheet ${main}><sheetData>${sheet}</sheetData></worksheet>` },
    { name: 'xl/sharedStrings.xml', content: `<sst ${main}>${strings}</sst>` },
  ]);
};
const ods = (rows: string): Buffer =>
  makeZip([
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet', isStored: true },
    {
      name: 'content.xml',
      content: `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="A">${rows}</table:table></office:spreadsheet></office:body></office:document-content>`,
    },
  ]);
const cell = (repeated: string) =>
  `<table:table-cell ${repeated}><text:p>${'x'.repeat(1000)}</text:p></table:table-cell>`;

const bombs: readonly (readonly [string, string, () => Buffer, RegExp])[] = [
  ['of entities in entities', 'laughs.docx', () => makeZip(wordMembers(said('&j;'), laughs)), /^file\/damaged$/],
  ['of a file that it wants', 'xxe.docx', () => makeZip(wordMembers(said('&s;'), xxe)), /^file\/damaged$/],
  [
    'of an entity that nothing defines',
    'undefined.docx',
    () => makeZip(wordMembers(said('&nothing;'))),
    /^file\/damaged$/,
  ],
  [
    'of elements in elements',
    'deep.docx',
    () => makeZip(wordMembers('<w:sdt>'.repeat(100_000))),
    /^file\/unpacks-too-large$/,
  ],
  [
    'of one letter',
    'letter.docx',
    () => makeZip(wordMembers(`<w:p><w:r><w:t>${'a'.repeat(90_000_000)}`)),
    /^file\/unpacks-too-large$/,
  ],
  [
    'of members',
    'members.zip',
    () => makeZip(Array.from({ length: 21_000 }, (_, index) => ({ name: `${index}`, content: '' }))),
    /^file\/unpacks-too-large$/,
  ],
  [
    'of one string in many cells',
    'strings.xlsx',
    () =>
      workbook(
        `<row>${'<c t="s"><v>0</v></c>'.repeat(2000)}</row>`.repeat(60),
        `<si><t>${'a'.repeat(100_000)}</t></si>`,
      ),
    /^file\/unpacks-too-large$/,
  ],
  [
    'of a cell in the last corner',
    'corner.xlsx',
    () => workbook('<row r="1048576"><c r="XFD1048576" t="str"><v>far</v></c></row>'),
    /^text: # A\n\nfar$/,
  ],
  [
    'of columns that are hidden',
    'columns.xlsx',
    () => workbook('<cols><col min="1" max="99999999999" hidden="1"/></cols><row><c t="str"><v>a</v></c></row>'),
    /^text: # A\n\na$/,
  ],
  [
    'of cells and rows that are repeated',
    'repeated.ods',
    () =>
      ods(
        `<table:table-row table:number-rows-repeated="1048576">${cell('table:number-columns-repeated="16384"')}</table:table-row>`,
      ),
    /^file\/unpacks-too-large$/,
  ],
  [
    'of spaces',
    'spaces.ods',
    () =>
      ods(
        `<table:table-row><table:table-cell><text:p>a<text:s text:c="999999999"/>b</text:p></table:table-cell></table:table-row>`,
      ),
    /^text: # A\n\na/,
  ],
  [
    'of columns that a cell goes over',
    'spans.docx',
    () =>
      makeZip(
        wordMembers(
          `<w:tbl><w:tr>${'<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr></w:tc>'.repeat(50)}<w:tc>${paragraph}</w:tc></w:tr></w:tbl>`,
        ),
      ),
    /^text: .*\|/,
  ],
  [
    'of elements of a page',
    'deep.html',
    () => Buffer.from(`<html>${'<div>'.repeat(200_000)}a`),
    /^file\/unpacks-too-large$/,
  ],
  [
    'of a chapter of an e-book',
    'book.epub',
    () => makeEpub([`<p>${'a'.repeat(90_000_000)}</p>`]),
    /^file\/unpacks-too-large$/,
  ],
  [
    'of groups of a rich text',
    'deep.rtf',
    () => Buffer.from(`{\\rtf1${'{'.repeat(1_000_000)}a`),
    /^file\/unpacks-too-large$/,
  ],
  [
    'of parts of a message',
    'parts.eml',
    () =>
      Buffer.from(
        `From: a@b.example\nSubject: x\nMIME-Version: 1.0\n${Array.from({ length: 300 }, (_, index) => `Content-Type: multipart/mixed; boundary=b${index}\n\n--b${index}\n`).join('')}`,
      ),
    /^file\/damaged$/,
  ],
];

const lies: readonly (readonly [string, string, () => Buffer, RegExp])[] = [
  [
    'a part that leads out',
    'out.docx',
    () =>
      makeZip([
        { name: '../../etc/passwd', content: 'x' },
        { name: '/etc/passwd', content: 'x' },
        ...wordMembers(paragraph),
      ]),
    /^text: A$/,
  ],
  [
    'two parts of one name',
    'twice.docx',
    () => makeZip([...wordMembers(paragraph), { name: word, content: '<w/>' }]),
    /^file\/damaged$/,
  ],
  [
    'a part that is longer than it says',
    'longer.docx',
    () => makeZip(replaced(wordMembers(paragraph), word, (member) => ({ ...member, says: { bytes: 10 } }))),
    /^file\/damaged$/,
  ],
  [
    'a part that is shorter than it says',
    'shorter.docx',
    () => makeZip(replaced(wordMembers(paragraph), word, (member) => ({ ...member, says: { bytes: 100_000 } }))),
    /^file\/damaged$/,
  ],
  [
    'a part of 4 GB that is none',
    'large.docx',
    () => makeZip(replaced(wordMembers(paragraph), word, (member) => ({ ...member, says: { bytes: 0xfffffffe } }))),
    /^file\/(unpacks-too-large|damaged)$/,
  ],
  [
    'a part that is encrypted',
    'locked.docx',
    () => makeZip(replaced(wordMembers(paragraph), word, (member) => ({ ...member, says: { flags: 0x801 } }))),
    /^file\/locked$/,
  ],
  [
    'a way of packing that nobody knows',
    'packed.docx',
    () => makeZip(replaced(wordMembers(paragraph), word, (member) => ({ ...member, says: { method: 99 } }))),
    /^file\/damaged$/,
  ],
  ['no text', 'empty.docx', () => makeZip(wordMembers('')), /^text: $/],
  [
    'a text that is missing',
    'missing.docx',
    () => makeZip(wordMembers('').filter(({ name }) => name !== word)),
    /^file\/damaged$/,
  ],
  ['another name', 'a.txt', () => makeZip(wordMembers(paragraph)), /^text: A$/],
  ['half of it', 'half.docx', () => makeZip(wordMembers(paragraph)).subarray(0, 500), /^file\/damaged$/],
];

describe('a document that is a bomb', () => {
  it.each(bombs)('ends in a sentence or in what fits: one %s', { timeout: 60_000 }, async (_, name, make, ends) => {
    const content = make();
    const before = process.memoryUsage().rss;
    expect(await outcome(name, content)).toMatch(ends);
    expect(process.memoryUsage().rss - before).toBeLessThan(700_000_000);
  });
});

describe('an archive that lies', () => {
  it.each(lies)('is read or refused with a sentence: %s', async (_, name, make, ends) => {
    expect(await outcome(name, make())).toMatch(ends);
  });
});
