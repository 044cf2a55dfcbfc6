import { describe, expect, it } from 'vitest';
import { TokenText } from '../../../models/engine/token-text.ts';
import { chooseContextTokens, neededBytes } from '../../../models/fit/memory.ts';

/** A tokenizer of the hardest kind: every token is one byte. */
const decode = (bytes: readonly number[]) => Buffer.from(bytes).toString('utf8');

describe('text from tokens that are single bytes', () => {
  it('never shows half a character, and loses none', () => {
    const whole = 'naïve 你好，世界 🌍 👩‍👩‍👧 end';
    const tokens = new TokenText(decode);
    const pieces = [...Buffer.from(whole)].map((byte) => tokens.push(byte));
    expect(pieces.filter((piece) => piece.includes('\ufffd'))).toEqual([]);
    expect(pieces.join('') + tokens.end()).toBe(whole);
  });

  it('does not wait for ever for the rest of a character that never comes', () => {
    const tokens = new TokenText(decode);
    const shown = Array.from({ length: 40 }, () => tokens.push(0xff)).join('');
    expect(shown).not.toBe('');
    expect(new TokenText(decode).end()).toBe('');
    const cut = new TokenText(decode);
    expect([cut.push(0xe4), cut.end()]).toEqual(['', '\ufffd']);
  });
});

describe('the context window', () => {
  const megabyte = 1024 ** 2;
  const fileBytes = 400 * megabyte;
  const choose = (freeBytes: number, trainedTokens = 32_768) =>
    chooseContextTokens({ trainedTokens, cacheBytesPerToken: 100_000, fileBytes, freeBytes });

  it('is never larger than the model was trained for, nor than the memory holds', () => {
    expect(choose(64_000 * megabyte)).toBe(8192);
    expect(choose(64_000 * megabyte, 2048)).toBe(2048);
    expect(choose(64_000 * megabyte, 512)).toBe(512);
    for (let free = 600; free < 2000; free += 20) {
      const tokens = choose(free * megabyte);
      if (tokens !== null) expect(neededBytes(fileBytes, 100_000, tokens)).toBeLessThanOrEqual(free * megabyte);
      else expect(neededBytes(fileBytes, 100_000, 1024)).toBeGreaterThan(free * megabyte);
    }
  });

  it('of a header that does not tell the memory of a token is chosen with care, not for nothing', () => {
    expect(neededBytes(fileBytes, null, 1024)).toBeGreaterThan(neededBytes(fileBytes, 1, 1024));
  });
});
