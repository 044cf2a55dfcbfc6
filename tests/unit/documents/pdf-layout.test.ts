import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PlacedText, placedPdf } from '../../support/placed-pdf.ts';
import { readParts } from '../../support/read-parts.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'beckon-layout-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function textOf(...pages: readonly (readonly PlacedText[])[]): Promise<string> {
  const path = join(folder, 'page.pdf');
  writeFileSync(path, placedPdf(pages));
  return (await readParts(path)).text;
}

const left = [
  'The harbour office counts every ship',
  'that enters between dusk and dawn. A',
  'pilot goes out to those that are too',
  'long for the inner basin and waits for',
  'the tide to turn before he brings them.',
];
const right = [
  'In the year before last the number of',
  'ships had fallen, since the new lock was',
  'closed for half a year. Fishermen went',
  'to the northern quay instead, where the',
  'fees are lower and the water is deeper.',
];
const column = (lines: readonly string[], x: number, top: number) =>
  lines.map((text, at) => ({ text, x, y: top - 12 * at }));
const title = { text: 'Ships of the night', x: 60, y: 760, size: 18 };
const footer = { text: 'Harbour office, page 1 of a report that goes over the whole width of the page', x: 60, y: 60 };

describe('the layout of a page', () => {
  const one = column(left, 60, 700);
  const other = column(right, 320, 700);

  it('is read column by column where lines were drawn across both columns', async () => {
    const across = one.flatMap((line, at) => [line, other[at] ?? line]);
    expect(await textOf([title, ...across, footer])).toBe(
      [title.text, '', ...left, ...right, '', footer.text].join('\n'),
    );
  });

  it('is left as it was drawn where that is column by column', async () => {
    const text = await textOf([title, ...one, ...other, footer]);
    expect(text.indexOf(left.join('\n'))).toBeGreaterThan(0);
    expect(text.indexOf(right.join('\n'))).toBeGreaterThan(text.indexOf(left.join('\n')));
  });

  it('has a bar between the cells of a table, and an empty cell where one is', async () => {
    const rows = [
      ['Quay', 'Ships', 'Fee'],
      ['North', '214', '40.00'],
      ['South', '', '55.50'],
      ['Inner basin', '18', '90.00'],
    ];
    const cells = rows.flatMap((row, at) =>
      row.flatMap((text, place) => (text === '' ? [] : [{ text, x: 60 + 140 * place, y: 600 - 14 * at }])),
    );
    const text = await textOf([{ text: 'Fees of the three quays in the second year', x: 60, y: 650 }, ...cells]);
    expect(text).toContain('Quay | Ships | Fee\nNorth | 214 | 40.00\nSouth |  | 55.50\nInner basin | 18 | 90.00');
  });

  it('keeps the numbers of a list with their words', async () => {
    const items = ['Open the outer gate', 'Wait for the pilot', 'Close the inner gate', 'Write down the time'];
    const list = items.flatMap((text, at) => [
      { text: `${at + 1}.`, x: 60, y: 600 - 14 * at },
      { text, x: 90, y: 600 - 14 * at },
    ]);
    expect(await textOf(list)).toBe(items.map((text, at) => `${at + 1}. ${text}`).join('\n'));
  });

  it('has a word whole that a line parts, and leaves a hyphen that the word has elsewhere', async () => {
    const lines = ['The light-house keeper, whose light-', 'house is old, wrote down the num-', 'bers of all ships.'];
    expect(await textOf(column(lines, 60, 600))).toBe(
      'The light-house keeper, whose light-\nhouse is old, wrote down the numbers\nof all ships.',
    );
  });

  it('has once what is drawn twice to look bold', async () => {
    const twice = [0, 0.3].map((by) => ({ text: 'Total of all fees', x: 60 + by, y: 600 }));
    expect(await textOf([...twice, { text: 'Paid', x: 60, y: 588 }])).toBe('Total of all fees\nPaid');
  });

  it('has a word whose letters are drawn apart', async () => {
    expect(await textOf([{ text: 'HARBOUR', x: 60, y: 600, size: 14, spread: 8 }])).toBe('HARBOUR');
  });

  it('has no header and footer after its second page, and keeps every line that is not the same', async () => {
    const pages = [1, 2, 3, 4].map((page) => [
      { text: 'Harbour office, yearly report', x: 60, y: 800 },
      ...column(left, 60, 700),
      // The last line of a table, at the same height of each page.
      { text: `${page * 17} ships`, x: 60, y: 80 },
      { text: `Page ${page + 8} of 12`, x: 60, y: 40 },
    ]);
    const text = await textOf(...pages);
    expect(text.match(/yearly report/g)).toHaveLength(2);
    expect(text.match(/Page \d+ of 12/g)).toEqual(['Page 9 of 12', 'Page 10 of 12']);
    expect(text.match(/\d+ ships/g)).toEqual(['17 ships', '34 ships', '51 ships', '68 ships']);
  });

  it('keeps paragraphs apart in each column', async () => {
    const apart = (lines: readonly PlacedText[]) =>
      lines.map((line, at) => (at > 2 ? { ...line, y: line.y - 12 } : line));
    const [first, second] = [apart(one), apart(other)];
    const text = await textOf(first.flatMap((line, at) => [line, second[at] ?? line]));
    const parted = (lines: readonly string[]) => [...lines.slice(0, 3), '', ...lines.slice(3)].join('\n');
    expect(text).toBe(`${parted(left)}\n${parted(right)}`);
  });

  it('keeps the lines of each page that only look like those of others, and whatever counts and is no page', async () => {
    const pages = [1, 2, 3, 4].map((page) => [
      { text: `Day ${page}`, x: 60, y: 800 },
      // The first and the last lines of a text that says the same each day.
      ...column(left, 60, 700),
      ...column(right, 60, 600),
    ]);
    const text = await textOf(...pages);
    expect(text.match(/Day \d/g)).toEqual(['Day 1', 'Day 2', 'Day 3', 'Day 4']);
    for (const line of [...left, ...right]) expect(text.split(line)).toHaveLength(5);
  });
});
