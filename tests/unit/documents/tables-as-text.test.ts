import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeZip } from '../../support/make-zip.ts';
import { placeOf, readParts } from '../../support/read-parts.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'beckon-tables-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(name: string, text: string | Buffer) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return readParts(path);
}

const rows = [
  ['Hive', 'Weight', 'Note'],
  ['Garden', '41.2', 'two queens'],
  ['Wood', '', 'empty'],
];
const table = 'Hive | Weight | Note\nGarden | 41.2 | two queens\nWood |  | empty';

describe('a table as text', () => {
  it.each([
    ['commas', 'hives.csv', ','],
    ['semicolons', 'hives.csv', ';'],
    ['tabs', 'hives.tsv', '\t'],
    ['bars', 'hives.csv', '|'],
  ])('is read cell by cell whatever separates them: %s', async (_, name, separator) => {
    const { text, parts } = await read(name, rows.map((row) => row.join(separator)).join('\r\n'));
    expect(text).toBe(`# hives\n\n${table}`);
    expect(parts[0]).toMatchObject({ kind: 'table', unit: 'row' });
  });

  it('has the places that a spreadsheet gives its cells, below empty rows and a cell of several lines too', async () => {
    const found = await read('hives.csv', 'Hive,Note\n"Garden","first\nsecond"\n\n\n\n\n\nWood,"says ""none"""\n');
    expect(found.text).toContain('Garden | first / second');
    expect(placeOf(found, 'Wood | says "none"')).toBe('hives!8');
  });

  it('is told by its first line what separates its cells', async () => {
    const { text } = await read('a.csv', 'sep=;\nA;B, or C\n1;2\n');
    expect(text).toBe('# a\n\nA | B, or C\n1 | 2');
  });

  it.each([
    ['without columns', 'One line\nand another\n'],
    ['with a quote that does not close', 'a,b\n"c,d\ne,f\n'],
  ])('is read line by line, and nothing is lost: %s', async (_, content) => {
    const { text, parts } = await read('lines.csv', content);
    expect(text).toBe(content);
    expect(parts[0]).toMatchObject({ kind: 'table', unit: 'line' });
  });

  it('of Chinese in the encoding of an old program is read with its guess said', async () => {
    const gb = Buffer.from('d0d5c3fb2cb3c7cad00ad5c5c8fd2cb1b1beabcad00ac0eecbc42cc9cfbaa3cad00a', 'hex');
    const { text, parts } = await read('names.csv', gb);
    expect(text).toContain('姓名 | 城市');
    expect(parts.some((part) => part.type === 'note' && part.note.note === 'encoding-guessed')).toBe(true);
  });

  it('of a hundred thousand rows is read whole, in sections that a model is given', async () => {
    const all = Array.from({ length: 100_000 }, (_, at) => `${at + 1},row ${at + 1}`).join('\n');
    const { sections, text } = await read('long.csv', all);
    expect(text.endsWith('100000 | row 100000')).toBe(true);
    expect(Math.max(...sections.map((section) => section.text.length))).toBeLessThan(9000);
  });
});

describe('a workbook of which no text says how its cells are shown', () => {
  it('is read with what they hold', async () => {
    const names = ['office', 'table'].map(
      (name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`,
    );
    const cells = [
      'office:value-type="boolean" office:boolean-value="true"',
      'office:value-type="time" office:time-value="PT7H05M09S"',
      'office:value-type="date" office:date-value="2031-03-04"',
      'office:value-type="float" office:value="14.5"',
      'office:value-type="string" office:string-value="Lamp"',
    ].map((said) => `<table:table-cell ${said}/>`);
    const content = `<office:document-content ${names.join(' ')}><office:body><office:spreadsheet><table:table table:name="A"><table:table-row>${cells.join('')}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>`;
    const mimetype = 'application/vnd.oasis.opendocument.spreadsheet';
    const book = makeZip([
      { name: 'mimetype', content: mimetype, isStored: true },
      { name: 'content.xml', content },
    ]);
    expect((await read('held.ods', book)).text).toBe('# A\n\nTRUE | 07:05:09 | 2031-03-04 | 14.5 | Lamp');
  });
});
