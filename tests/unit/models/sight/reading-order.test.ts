import { describe, expect, it } from 'vitest';
import type { Patch } from '../../../../models/sight/bitmap.ts';
import { inReadingOrder } from '../../../../models/sight/reading-order.ts';

type Named = Patch & { readonly name: string };

/** A place by its left edge and its middle from above. */
function place(name: string, left: number, y: number, width: number, height = 20): Named {
  return { name, x: left + width / 2, y, width, height, angle: 0 };
}

function order(...patches: readonly Named[]): string[] {
  return inReadingOrder(patches.toReversed()).map((row) => row.map((patch) => (patch as Named).name).join(' '));
}

describe('the order of reading', () => {
  it('is line by line, each from its left, also where its parts are not quite level', () => {
    expect(order(place('a', 0, 10, 80), place('b', 100, 14, 80), place('c', 0, 40, 200))).toEqual(['a b', 'c']);
  });

  it('takes columns of text one after another, and what reaches over both where it stands', () => {
    const column = (name: string, left: number) =>
      [1, 2, 3, 4].map((row) => place(`${name}${row}`, left, 40 + row * 30, 240));
    expect(
      order(place('title', 40, 10, 460), ...column('left', 0), ...column('right', 300), place('foot', 20, 260, 480)),
    ).toEqual(['title', 'left1', 'left2', 'left3', 'left4', 'right1', 'right2', 'right3', 'right4', 'foot']);
  });

  it('keeps the rows of a table together, whose cells are short', () => {
    const row = (name: string, y: number) => [place(`${name}-key`, 0, y, 90), place(`${name}-value`, 300, y, 60)];
    expect(order(...row('a', 10), ...row('b', 40), ...row('c', 70), ...row('d', 100))).toEqual([
      'a-key a-value',
      'b-key b-value',
      'c-key c-value',
      'd-key d-value',
    ]);
  });

  it('is from the right where lines stand upright, as in old Chinese books, but not of narrow figures', () => {
    expect(
      order(place('last', 0, 100, 20, 200), place('next', 40, 100, 20, 200), place('first', 80, 98, 20, 196)),
    ).toEqual(['first', 'next', 'last']);
    expect(order(place('1', 0, 10, 10), place('7', 40, 10, 10))).toEqual(['1 7']);
  });

  it('is nothing for nothing, and one line for one', () => {
    expect(order()).toEqual([]);
    expect(order(place('a', 0, 0, 5))).toEqual(['a']);
  });
});
