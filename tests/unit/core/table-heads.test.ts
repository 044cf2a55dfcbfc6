import { describe, expect, it } from 'vitest';
import type { Locator } from '../../../contract/locator.ts';
import type { Passage, SearchedText } from '../../../core/answers/find-passages.ts';
import { passagesFor } from '../../../core/answers/found-passages.ts';
import { withTableHeads } from '../../../core/answers/table-heads.ts';
import { linePositions } from '../../../core/text-positions.ts';

const cells = (sheet: string, from: number, to: number): Locator => ({
  unit: 'cells',
  sheet,
  from: { row: from, column: 1 },
  to: { row: to, column: 3 },
});

/** A sheet of sections of rows, each with its first row. */
function sheetOf(...sections: readonly { readonly first: number; readonly lines: readonly string[] }[]): SearchedText {
  let text = '';
  const placed = sections.map(({ first, lines }) => {
    if (text !== '') text += '\n\n';
    const start = text.length;
    text += lines.join('\n');
    return { start, locator: cells('Plan', first, first + lines.length - 1) };
  });
  return { text, name: 'plan.xlsx', positions: { unit: 'row', read: 9, total: 9, sections: placed } };
}

function passageOf(source: SearchedText, said: string): Passage {
  const start = source.text.indexOf(said);
  return { source, start, end: start + said.length, locator: source.positions.sections.at(-1)?.locator as Locator };
}

const saidBy = (passages: readonly Passage[]) =>
  passages.map(({ source, start, end }) => source.text.slice(start, end));

describe('a passage of a table', () => {
  const sheet = sheetOf(
    { first: 1, lines: ['Fleet of the year', 'Boat | Crew | Year', 'Torsten | 4 | 2031'] },
    { first: 4, lines: ['Molly | 7 | 2030', 'Bjarne | 5 | 2029'] },
  );

  it('comes after the headings of its table, which began sections before, told at their own place', () => {
    const [head, passage] = withTableHeads([passageOf(sheet, 'Bjarne | 5 | 2029')]);
    expect(saidBy([head as Passage, passage as Passage])).toEqual(['Boat | Crew | Year', 'Bjarne | 5 | 2029']);
    expect(head?.locator).toEqual({ ...cells('Plan', 2, 2) });
  });

  it('brings them once, and not where they are there', () => {
    const two = [passageOf(sheet, 'Molly | 7 | 2030'), passageOf(sheet, 'Bjarne | 5 | 2029')];
    expect(saidBy(withTableHeads(two))).toEqual(['Boat | Crew | Year', ...saidBy(two)]);
    const whole = [passageOf(sheet, 'Boat | Crew | Year\nTorsten | 4 | 2031'), passageOf(sheet, 'Bjarne | 5 | 2029')];
    expect(withTableHeads(whole)).toEqual(whole);
  });

  it('takes none of another table above a gap', () => {
    const apart = sheetOf(
      { first: 1, lines: ['A | B', '1 | 2'] },
      { first: 40, lines: ['Boat | Year', 'Molly | 2030'] },
    );
    expect(saidBy(withTableHeads([passageOf(apart, 'Molly | 2030')]))).toEqual(['Boat | Year', 'Molly | 2030']);
  });

  it.each([
    ['a text', 'The fleet:\nBoat | Year\nTorsten | 2031\nMolly | 2030\n\nThat was all.'],
    ['Markdown', '# Fleet\n\n| Boat | Year |\n| --- | --- |\n| Torsten | 2031 |\n| Molly | 2030 |\n'],
  ])('in %s comes after its first line, too', (_, text) => {
    const source = { text, name: 'fleet', positions: linePositions(text) };
    const row = /.*Molly.*/.exec(text)?.[0] ?? '';
    const head = /.*Boat.*/.exec(text)?.[0] ?? '';
    const passage = { ...passageOf(source, row), locator: { unit: 'line', first: 4, last: 4 } as const };
    expect(saidBy(withTableHeads([passage]))).toEqual([head, row]);
  });

  it('of a text without a table stays alone', () => {
    const text = 'One line.\nAnother line with | a bar.\nThe last line.';
    const source = { text, name: null, positions: linePositions(text) };
    const passage = { ...passageOf(source, 'The last line.'), locator: { unit: 'line', first: 3, last: 3 } as const };
    expect(withTableHeads([passage])).toEqual([passage]);
  });

  it('stands below its headings in what a model is told', async () => {
    const lines = [
      'Boat | Crew | Year',
      ...Array.from({ length: 600 }, (_, row) => `Boat ${row} | ${row % 9} | 20${row}`),
    ];
    lines[500] = 'Torsten the eel catcher | 4 | 2031';
    const { text, positions } = sheetOf({ first: 1, lines });
    const found = await passagesFor({
      question: 'Which crew has Torsten, the catcher of eels?',
      texts: [{ text, kind: 'file', title: 'plan.xlsx', positions }],
      language: 'en',
    } as unknown as Parameters<typeof passagesFor>[0]);
    expect(found?.text).toMatch(/^\[Plan!A1:C1\]\nBoat \| Crew \| Year\n\n\[Plan!A\d+:C\d+\]\n/);
    expect(found?.text).toContain('Torsten the eel catcher | 4 | 2031');
  });
});
