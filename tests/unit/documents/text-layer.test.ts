import { describe, expect, it } from 'vitest';
import { textLayerOf } from '../../../documents/pdf/text-layer.ts';

const sentence = 'The ferry to Sandön leaves at 7:40, 11:15 and 16:50 on working days. ';
const chinese = '物业管理费和取暖费由甲方承担，水费、电费、燃气费和网络费由乙方按表计数自行缴纳。';

describe('the text layer of a page', () => {
  it('is enough where it is a page of words, in any script', () => {
    expect([textLayerOf(sentence.repeat(5)), textLayerOf(chinese.repeat(6))]).toEqual([null, null]);
  });

  it('is none without a letter, and little with a stamp or a page number alone', () => {
    expect(['', ' \n\t\u3000', 'Page 3', 'Scanned with a telephone', '第 3 页'].map(textLayerOf)).toEqual([
      ...['none', 'none', 'little', 'little', 'little'],
    ]);
  });

  it('is unreadable where a font does not say which letters it has, whatever it numbers them by', () => {
    const shifted = (by: number) =>
      [...sentence.repeat(5)].map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + by)).join('');
    // As subsets of fonts number their letters: 29 below ASCII, in the private area, or from one on.
    expect([textLayerOf(shifted(-29)), textLayerOf(shifted(0xe000))]).toEqual(['unreadable', 'unreadable']);
    expect(textLayerOf('\u0001\u0002\u0003\u0004\u0005\u0002\u0006'.repeat(10))).toBe('unreadable');
    expect(textLayerOf('\ufffd'.repeat(60))).toBe('unreadable');
  });

  it('is not called unreadable for a few strange signs among words', () => {
    expect(textLayerOf(`\uf0b7 ${sentence.repeat(5)} \ufffd \u0002`)).toBeNull();
  });
});
