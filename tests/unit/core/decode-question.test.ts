import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeQuestion } from '../../../core/decode-question.ts';

describe('a question that is piped in', () => {
  it('is read in the encodings that files are read in', () => {
    const gbk = Buffer.from('c4e3bac3a3acd5e2cac7ced2b5c4cecacce2a3bfd6d0b9fab5c4cad7b6bccac7c4c4c0efa3bf', 'hex');
    expect(decodeQuestion(gbk)).toBe('你好，这是我的问题？中国的首都是哪里？');
    expect(decodeQuestion(Buffer.from('\ufeff你好', 'utf16le'))).toBe('你好');
    expect(decodeQuestion(Buffer.from('招之 ok'))).toBe('招之 ok');
  });

  it('is no text when it is a picture, a program or noise, and is one with a stray NUL or colours', () => {
    expect(decodeQuestion(Buffer.alloc(1000))).toBeNull();
    for (let round = 0; round < 20; round += 1) expect(decodeQuestion(randomBytes(2000))).toBeNull();
    expect(decodeQuestion(Buffer.from('89504e470d0a1a0a0000000d49484452000000100000001008060000', 'hex'))).toBeNull();
    expect(decodeQuestion(Buffer.from('Say hello\0 to me, please.'))).toContain('hello');
    const broken = Buffer.concat([
      Buffer.from('Say hello\0 to '),
      Buffer.from([0xed, 0xa0, 0x80]),
      Buffer.from(' me.'),
    ]);
    expect(decodeQuestion(broken)).toMatch(/^Say hello\0 to \ufffd+ me\.$/);
    expect(decodeQuestion(Buffer.from('\u001b]0;title\u0007\u001b[31mred\u001b[0m'))).toBe('red');
  });
});
