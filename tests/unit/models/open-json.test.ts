import { describe, expect, it } from 'vitest';
import { parseOpenJson } from '../../../models/openai-compatible/open-json.ts';
import { readSaidError } from '../../../models/openai-compatible/said-error.ts';
import { waitInField, waitInHeader, waitInWords } from '../../../models/openai-compatible/wait-time.ts';
import { expectLinear } from '../../support/growth.ts';

describe('JSON whose end is missing', () => {
  const whole = '{"error":{"code":"x\\"y","list":[1,{"a":null}],"message":"Out of \\u4f60 cheese","n":-1.5},"z":true}';

  it('is read as far as it goes, wherever it broke off', () => {
    for (let length = 1; length < whole.length; length += 1)
      expect(parseOpenJson(whole.slice(0, length)), whole.slice(0, length)).toBeInstanceOf(Object);
    expect(parseOpenJson('{"error":{"message":"Boom Bo')).toEqual({ error: { message: 'Boom Bo' } });
    expect(parseOpenJson('{"a":"b","mess')).toEqual({ a: 'b' });
    expect(parseOpenJson('[{"a":tr')).toEqual([{}]);
  });

  it('is none where there is none', () => {
    for (const text of ['', 'Boom', '{x', '{{{', '}', '{"a" "b"}'])
      expect(parseOpenJson(text) ?? null, text).toSatisfy((value) => value === null || typeof value === 'object');
    expect(parseOpenJson('Boom')).toBeNull();
  });

  it.each([
    ['"', ''],
    ['{"a":', ''],
    ['[\\', ''],
    ['\\"', '{"a":"'],
  ])('takes no more time than it is long: %j', (piece, before) => {
    expectLinear((size) => parseOpenJson(before + piece.repeat(size)), 2e5);
  });

  it('has its sentence quoted, not itself', () => {
    const long = readSaidError(`{"error":{"message":"${'Boom '.repeat(20_000)}`);
    expect(long.sentence).toMatch(/^Boom Boom/);
    expect(readSaidError('{"error":{"code":"model_not_found","mess').codes).toContain('model_not_found');
  });
});

describe('how long a server asks to wait', () => {
  it.each<[string, number | null]>([
    ['Please try again in 20s.', 20_000],
    ['Please try again in 7m12s.', 432_000],
    ['try again in 1.5 seconds', 1500],
    ['Please retry after 22 seconds.', 22_000],
    ['Please wait 80000 seconds before retrying.', 80_000_000],
    ['please try again after 1 seconds', 1000],
    ['Please try again in 6ms.', 6],
    ['Retry in 2 minutes and 5 seconds', 125_000],
    ['quota resets in 3h', 10_800_000],
    ['请在 20 秒后重试', 20_000],
    ['请 1 小时后再试', 3_600_000],
    ['请 5分钟后重试', 300_000],
    ['Please try again later', null],
    ['retry with 3 tokens', null],
    ['已达到 5 小时的使用上限', null],
    ['', null],
  ])('is told by %j', (words, ms) => expect(waitInWords(words)).toBe(ms));

  it.each<[unknown, number | null]>([
    [34, 34_000],
    ['34.07s', 34_070],
    ['12', 12_000],
    ['soon', null],
    [-1, null],
    [Number.NaN, null],
    [{}, null],
    ['', null],
  ])('is told by a field of %j', (value, ms) => expect(waitInField(value)).toBe(ms));

  it('is told by a header, of seconds or of a date', () => {
    expect(waitInHeader('30')).toBe(30_000);
    expect(waitInHeader('soon')).toBeNull();
    expect(waitInHeader(null)).toBeNull();
    expect(waitInHeader(new Date(Date.now() + 20_000).toUTCString())).toBeGreaterThan(17_000);
  });
});
