import { describe, expect, it } from 'vitest';
import { pageText, type TextPiece } from '../../../documents/pdf/page-text.ts';

const size = 10;
const piece = (str: string, left: number, width: number, hasEOL = false, baseline = 500): TextPiece => ({
  ...{ str, width, hasEOL, height: size, dir: 'ltr' },
  transform: [size, 0, 0, size, left, baseline],
});

describe('a line that was drawn font by font', () => {
  it('is read from the left, its quotation marks where they stand', () => {
    const line = [piece('“', 0, 5), piece(' ', 5, 30), piece('”', 35, 5), piece('云上白 得了银奖', 5, 75, true)];
    expect(pageText([...line, piece('下一行。', 0, 40, true, 480)])).toMatch(/^“云上白”得了银奖\n/);
  });

  it('keeps the words of another writing in its gaps', () => {
    expect(pageText([piece('QL-07', 22, 26), piece('编号 是', 0, 60, true)])).toBe('编号 QL-07 是');
  });

  it('stays as it was drawn where nobody can tell how its runs lie in one another', () => {
    expect(pageText([piece('first', 0, 50), piece('second one', 10, 50, true)])).toContain('first');
    expect(pageText([piece('甲乙丙', 0, 30), piece('丁戊己', 5, 30, true)])).toContain('甲乙丙');
  });
});
