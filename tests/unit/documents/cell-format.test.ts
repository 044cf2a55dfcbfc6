import SSF from 'ssf';
import { describe, expect, it } from 'vitest';
import { CellFormats } from '../../../documents/kinds/sheet/cell-format.ts';
import { seededRandom } from '../../support/random.ts';

describe('a number in a cell without a format', () => {
  it('that is shown as it is, is what a spreadsheet shows: 20,000 of every size', () => {
    const formats = new CellFormats(['General'], false);
    const random = seededRandom(7);
    const next = () => random(1_000_000) / 1_000_000;
    const wrong: string[] = [];
    for (let count = 0; count < 20_000; count += 1) {
      const digits = 10 ** Math.floor(next() * 8);
      const value = (Math.round((next() - 0.5) * 10 ** (next() * 14)) / digits) * (next() < 0.1 ? next() : 1);
      const shown = formats.show(value, 0);
      if (shown !== SSF.format('General', value).trim()) wrong.push(`${value}: ${shown}`);
    }
    expect(wrong).toEqual([]);
    for (const value of [0, -0, 0.1, 1e10, 12345678901, 123456789012, 0.0001, 0.00001, -1.5, 318])
      expect(formats.show(value, 0), String(value)).toBe(SSF.format('General', value).trim());
  });
});
