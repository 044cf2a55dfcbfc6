import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanKey } from '../../../models/openai-compatible/server-key.ts';

const key = 'sk-Ab_9.~+/=';

describe('a key', () => {
  it.each([
    key,
    ` ${key} `,
    `${key}\n`,
    `${key}\r\n`,
    `\t${key}`,
    `\ufeff${key}`,
    `\u200b${key}\u200b`,
    `sk-Ab\u200b_9.\u2060~+/=`,
    `sk-Ab\u00ad_9.~+/=`,
    `\u202a${key}\u202c`,
    `\u00a0${key}\u3000`,
    'sk-Ab_9\n.~+/=',
    'sk-Ab_9\r\n  .~+/=',
    `"${key}"`,
    `'${key}'`,
    `“${key}”`,
    `「${key}」`,
    `\`${key}\``,
    `Bearer ${key}`,
    `bearer  ${key}`,
    `Authorization: Bearer ${key}`,
    `"Authorization": "Bearer ${key}"`.replace('"Authorization": ', 'Authorization: '),
    `api-key: ${key}`,
    `OPENAI_API_KEY=${key}`,
    `export OPENAI_API_KEY="${key}"`,
    `$env:OPENAI_API_KEY='${key}'`,
  ])('%j is meant as the key alone', (typed) => expect(cleanKey(typed)).toBe(key));

  it.each(['', ' ', '\n', '\u200b', '""', 'Bearer ', 'Bearer', null])('%j is none', (typed) =>
    expect(cleanKey(typed)).toBeNull(),
  );

  it.each([
    ['sk-abc…xyz', '…', 7],
    ['••••••••', '•', 1],
    ['sk-●●●', '●', 4],
    ['ｓｋ-abc', 'ｓ', 1],
    ['sk-密钥', '密', 4],
    ['sk–abc', '–', 3],
    ['sk-é', 'é', 4],
    ['sk-🔑', '🔑', 4],
    ['Bearer sk-\u0301', '\u0301', 4],
  ])('%j is refused for one character', (typed, character, position) =>
    expect(() => cleanKey(typed)).toThrow(
      expect.objectContaining({ code: 'server/key-unusable', detail: { values: { character, position } } }),
    ),
  );

  it('keeps a space within, which some servers allow', () => expect(cleanKey('my secret')).toBe('my secret'));

  it('of any text is one that a header holds, the same when cleaned again, or refused', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string()), (typed) => {
        try {
          const clean = cleanKey(typed);
          if (clean === null) return;
          expect(() => new Headers({ authorization: `Bearer ${clean}` })).not.toThrow();
          expect(clean).toMatch(/^[\x20-\x7e]+$/);
          expect(cleanKey(clean)).toBe(clean);
        } catch (error) {
          expect(error).toMatchObject({ code: 'server/key-unusable' });
        }
      }),
      { numRuns: 1000 },
    );
  });
});
