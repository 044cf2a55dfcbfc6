import { describe, expect, it } from 'vitest';
import { plain } from '../../../cli/plain.ts';

describe('text on a terminal', () => {
  it('gives no orders: colours, titles, clears and bells are only letters', () => {
    const hostile = 'a\u001b[2Jb\u001b]0;title\u0007c\u009b31md\r\u0000e';
    expect(plain(hostile)).toBe('a [2Jb ]0;title c 31md  e');
    expect(plain(`${hostile}\n\t招之`, true)).toBe('a[2Jb]0;titlec31mde\n\t招之');
  });
});
