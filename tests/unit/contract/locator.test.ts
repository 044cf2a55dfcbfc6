import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betweenSections, locatorOf, type TextPositions, textPositionsSchema } from '../../../contract/document.ts';
import { joinLocators, type Locator, linesOf, locatorSchema } from '../../../contract/locator.ts';

const number = fc.integer({ min: 1, max: 50 });
const span = fc
  .tuple(number, number)
  .map(([one, other]) => ({ first: Math.min(one, other), last: Math.max(one, other) }));
const cell = fc.record({ row: number, column: number });
const name = fc.constantFrom('A', 'B', '概览');
const locators: fc.Arbitrary<Locator> = fc.oneof(
  fc.tuple(fc.constantFrom('page', 'line', 'slide'), span).map(([unit, range]) => ({ unit, ...range })),
  fc.record({
    unit: fc.constant('heading' as const),
    path: fc.array(name, { minLength: 1, maxLength: 3 }),
    lines: fc.option(span),
  }),
  fc.tuple(name, cell, cell).map(([sheet, one, other]) => ({
    unit: 'cells' as const,
    sheet,
    from: { row: Math.min(one.row, other.row), column: Math.min(one.column, other.column) },
    to: { row: Math.max(one.row, other.row), column: Math.max(one.column, other.column) },
  })),
  fc.tuple(span, fc.option(name)).map(([range, part]) => ({ unit: 'message' as const, ...range, part })),
  span.map(({ first, last }) => ({ unit: 'time' as const, startMs: first * 1000, endMs: last * 1000 })),
);

describe('two locators of a document', () => {
  it('are joined to one that holds both, the same in either order, and known to the contract', () => {
    fc.assert(
      fc.property(locators, locators, (one, other) => {
        expect(locatorSchema.safeParse(one).success).toBe(true);
        const joined = joinLocators(one, other);
        expect(joinLocators(other, one)).toEqual(joined);
        if (joined === null) return;
        expect(locatorSchema.safeParse(joined).success).toBe(true);
        // What holds both holds each of them again.
        expect(joinLocators(joined, one)).toEqual(joined);
        expect(joinLocators(joined, other)).toEqual(joined);
      }),
      { numRuns: 2000 },
    );
  });

  it('stay two where no single one would hold both', () => {
    const cells = { unit: 'cells', from: { row: 1, column: 1 }, to: { row: 2, column: 2 } } as const;
    expect(joinLocators({ ...cells, sheet: 'A' }, { ...cells, sheet: 'B' })).toBeNull();
    expect(joinLocators({ unit: 'page', first: 1, last: 1 }, { unit: 'line', first: 1, last: 1 })).toBeNull();
    expect(
      joinLocators({ unit: 'heading', path: ['A'], lines: null }, { unit: 'heading', path: ['B'], lines: null }),
    ).toBeNull();
    const first = { unit: 'message', first: 1, last: 1, part: 'a.txt' } as const;
    expect(joinLocators(first, { ...first, first: 2, last: 2 })).toBeNull();
  });

  it('keep the headings that they share, and their lines where they share none', () => {
    const under = (path: readonly string[], line: number): Locator => ({
      unit: 'heading',
      path,
      lines: { first: line, last: line },
    });
    expect(joinLocators(under(['Use', 'Linux'], 4), under(['Use', 'macOS'], 9))).toEqual({
      unit: 'heading',
      path: ['Use'],
      lines: { first: 4, last: 9 },
    });
    expect(joinLocators(under(['Use'], 4), under(['Licence'], 9))).toEqual({ unit: 'line', first: 4, last: 9 });
    expect(joinLocators({ unit: 'line', first: 1, last: 2 }, under(['Use'], 4))).toEqual({
      unit: 'line',
      first: 1,
      last: 4,
    });
  });
});

describe('the sections of a text', () => {
  it('tell for every offset the locator of the section it is in, whatever they are counted in', () => {
    const section = fc.record({ locator: locators, text: fc.stringMatching(/^[a-c\n]{1,12}$/) });
    fc.assert(
      fc.property(fc.array(section, { minLength: 1, maxLength: 12 }), (given) => {
        let text = '';
        const sections: TextPositions['sections'][number][] = [];
        const expected: Locator[] = [];
        for (const [index, { locator, text: piece }] of given.entries()) {
          const before = given[index - 1];
          const between = before === undefined ? '' : betweenSections(before.locator, locator);
          text += between;
          expected.push(...Array.from(between, () => (before ?? { locator }).locator));
          sections.push({ start: text.length, locator });
          text += piece;
          expected.push(...Array.from(piece, () => locator));
        }
        const positions = { unit: 'page' as const, read: 1, total: 1, sections };
        expect(textPositionsSchema.safeParse(positions).success).toBe(true);
        for (const [offset, locator] of expected.entries()) {
          const found = locatorOf(positions, text, offset, offset + 1);
          if (locator.unit === 'cells' && found !== null) expect(joinLocators(found, locator)).toEqual(locator);
          else if (linesOf(locator) === null) expect(found).toEqual(locator);
          else expect(found?.unit).toBe(locator.unit);
        }
      }),
    );
  });

  it('of a sheet tell the row that a line of theirs is, and the rows of several', () => {
    const text = 'Item | Count\nOil | 120\n\nKey | 7';
    const cells = { unit: 'cells', sheet: 'Stock', from: { row: 4, column: 2 }, to: { row: 7, column: 3 } } as const;
    const positions = { unit: 'row' as const, read: 3, total: 3, sections: [{ start: 0, locator: cells }] };
    const rows = (said: string) => {
      const found = locatorOf(positions, text, text.indexOf(said), text.indexOf(said) + said.length);
      return found?.unit === 'cells' ? [found.from.row, found.to.row] : null;
    };
    expect(rows('Item')).toEqual([4, 4]);
    expect(rows('120')).toEqual([5, 5]);
    expect(rows('Key | 7')).toEqual([7, 7]);
    expect(rows('120\n\nKey')).toEqual([5, 7]);
  });

  it('say no place in a document that has none', () => {
    expect(locatorOf({ unit: 'line', read: 0, total: 0, sections: [] }, '', 0, 0)).toBeNull();
  });
});
