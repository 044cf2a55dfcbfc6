import { describe, expect, it } from 'vitest';
import { whereUnfit } from '../../../models/json-schema/fits.ts';
import { integerRule, numberRule } from '../../../models/json-schema/number-grammar.ts';
import { patternRule } from '../../../models/json-schema/pattern-grammar.ts';
import { readSchema, whyNoSchema } from '../../../models/json-schema/read-schema.ts';
import { writeGrammar } from '../../../models/json-schema/write-grammar.ts';

/** A rule of numbers or patterns as a regular expression: such a rule names no other rule. */
function asRegExp(rule: string): RegExp {
  const source = rule.replaceAll(/\[(?:[^\]\\]|\\.)*\]|"((?:[^"\\]|\\.)*)"| /g, (part, text: string | undefined) => {
    if (part.startsWith('[')) return part;
    return (text ?? '').replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^(?:${source})$`, 'u');
}

describe('a grammar of whole numbers', () => {
  const bounds = [-1000, -999, -101, -100, -99, -10, -9, -1, 0, 1, 9, 10, 11, 99, 100, 101, 109, 110, 999, 1000, 2100];
  it.each(bounds)('takes what lies between %i and a larger bound, and nothing else', (least) => {
    for (const most of bounds.filter((bound) => bound >= least)) {
      const rule = asRegExp(integerRule({ least, most }));
      for (let number = least - 15; number <= most + 15; number += 1)
        if (rule.test(String(number)) !== (number >= least && number <= most))
          throw new Error(`${number} between ${least} and ${most}`);
    }
  });

  it('writes no zero in front, no sign before zero, and no bound where none is', () => {
    const rule = asRegExp(integerRule({ least: null, most: null }));
    expect(['0', '-1', '123456789012345'].filter((text) => !rule.test(text))).toEqual([]);
    expect(['01', '-0', '-', '', '+1', '1.0', '1e3'].filter((text) => rule.test(text))).toEqual([]);
  });
});

describe('a grammar of numbers', () => {
  const cases = [
    { least: 0, most: 1, openLeast: false, openMost: false },
    { least: 0, most: null, openLeast: true, openMost: false },
    { least: -5, most: 5, openLeast: true, openMost: true },
    { least: -3, most: -3, openLeast: false, openMost: false },
    { least: null, most: 0, openLeast: false, openMost: true },
    { least: 9, most: 11, openLeast: true, openMost: false },
    { least: 0.5, most: 9.5, openLeast: false, openMost: true },
    { least: -1.25, most: 1.25, openLeast: true, openMost: false },
    { least: -3.75, most: -3.25, openLeast: false, openMost: false },
    { least: 3.1, most: 3.15, openLeast: false, openMost: false },
    { least: 12.34, most: null, openLeast: true, openMost: false },
  ] as const;
  it.each(cases)('keeps to its bounds: $least to $most, open $openLeast and $openMost', (bounds) => {
    const rule = asRegExp(numberRule({ is: 'number', ...bounds }));
    const texts = Array.from({ length: 4001 }, (_, at) => ((at - 2000) / 100).toFixed(2)).flatMap((text) => [
      text,
      text.replace(/\.?0+$/, ''),
    ]);
    const { least, most, openLeast, openMost } = bounds;
    const fits = (value: number) =>
      (least === null || (openLeast ? value > least : value >= least)) &&
      (most === null || (openMost ? value < most : value <= most));
    // One way of writing is enough for each number: a whole one may be written without a point alone.
    const isWritten = (value: number) => rule.test(String(value)) || rule.test(value.toFixed(2));
    for (const text of texts.filter((one) => rule.test(one))) expect([text, fits(Number(text))]).toEqual([text, true]);
    for (const value of [...new Set(texts.map(Number))].filter(fits))
      expect([value, isWritten(value)]).toEqual([value, true]);
  });
});

describe('a grammar of a pattern', () => {
  it.each([
    ['^[A-Z]{2}-\\d{4}$', ['AB-1234'], ['AB-123', 'ab-1234', 'xAB-1234']],
    ['^(?:red|blue)$', ['red', 'blue'], ['redblue', 'r']],
    ['^\\+?[0-9 ]+$', ['+49 30', '30'], ['', '+']],
    ['^a{1,3}b?c*$', ['a', 'aaab', 'abccc'], ['aaaa', 'b']],
    ['^[^,]+$', ['a b'], ['a,b', '']],
    ['\\d', ['no 5 yes'], ['none']],
    ['^\\S+@\\S+$', ['a@b', '林@例.cn'], ['a @b', 'a@\u3000', '@b', 'a@b\u00a0c']],
    ['^\\D\\W$', ['a!', '!字'], ['1!', 'ab', '!_']],
  ])('writes what %s is found in', (pattern, fit, unfit) => {
    const rule = asRegExp(patternRule(pattern));
    expect([fit.filter((text) => !rule.test(text)), unfit.filter((text) => rule.test(text))]).toEqual([[], []]);
  });

  it.each(['(?=a)b', '(?<!a)b', '(a)\\1', 'a\\b', '^a|b$', '[a', '(a', 'a)', '*', 'a{2000}', '\\p{L}', '[\\x41]'])(
    'refuses %s, which looks at other places, or is none',
    (pattern) => {
      expect(() => patternRule(pattern)).toThrow();
    },
  );
});

describe('a schema', () => {
  it.each([
    [{ not: { type: 'string' } }, '', 'not'],
    [{ type: 'object', properties: { a: { type: 'array', uniqueItems: true } } }, '/properties/a', 'uniqueItems'],
    [{ type: 'integer', minimum: 5, maximum: 4 }, '', 'maximum'],
    [{ type: 'number', multipleOf: 0.5 }, '', 'multipleOf'],
    [{ $ref: 'https://example.invalid/a.json' }, '', '$ref'],
    [{ $ref: '#/$defs/none' }, '', '$ref'],
    [{ $ref: '#' }, '', '$ref'],
    [
      {
        $defs: { a: { type: 'object', required: ['a'], properties: { a: { $ref: '#/$defs/a' } } } },
        $ref: '#/$defs/a',
      },
      '',
      '$ref',
    ],
    [{ type: 'string', minLength: 100_000 }, '', 'minLength'],
    [{ enum: [1, 2], type: 'string' }, '', 'enum'],
    [{ type: 'string', pattern: '(?=a)' }, '', 'pattern'],
    [{ type: 'object', required: ['a'], additionalProperties: false }, '', 'required'],
    [{ allOf: [{ type: 'string' }, { type: 'number' }] }, '', 'type'],
    [{ type: 'date' }, '', 'type'],
    [false, '', 'false'],
    [{ if: {} }, '', 'if'],
    [{ constructor: 1 }, '', 'constructor'],
  ])('%j is refused at the keyword that no answer can be held to', (schema, path, keyword) => {
    expect(whyNoSchema(schema)).toMatchObject({ path, keyword });
  });

  it('of a million parts, or of parts within parts, is refused in no time', () => {
    let deep: unknown = { type: 'string' };
    for (let depth = 0; depth < 3000; depth += 1) deep = { type: 'array', items: deep };
    const wide = {
      type: 'object',
      properties: Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`a${at}`, {}])),
    };
    expect([whyNoSchema(deep)?.keyword, whyNoSchema(wide)?.keyword]).toEqual(['schema', 'schema']);
  });

  it.each([
    [
      { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
      [{ a: 'x' }],
      [{}, { a: 1 }, { a: 'x', b: 1 }, []],
    ],
    [{ type: ['string', 'null'] }, ['x', null], [1]],
    [
      { type: 'array', items: { type: 'integer', minimum: 1 }, minItems: 1, maxItems: 2 },
      [[1], [1, 2]],
      [[], [0], [1, 2, 3], [1.5]],
    ],
    [
      { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }], items: false },
      [['a', 1], ['a'], []],
      [[1], ['a', 1, 2]],
    ],
    [{ oneOf: [{ type: 'integer' }, { type: 'number' }] }, [1.5], [1, 'x']],
    [{ type: 'number', exclusiveMinimum: 0 }, [0.1], [0, -1]],
    [{ type: 'object', additionalProperties: { type: 'integer' }, minProperties: 1 }, [{ a: 1 }], [{}, { a: 'x' }]],
    [
      {
        $defs: {
          n: { type: 'object', properties: { k: { type: 'array', items: { $ref: '#/$defs/n' } } }, required: ['k'] },
        },
        $ref: '#/$defs/n',
      },
      [{ k: [] }, { k: [{ k: [] }] }],
      [{ k: [{}] }],
    ],
    [{ const: { a: 1 } }, [{ a: 1 }], [{ a: 2 }]],
    [{ type: 'string', minLength: 2, maxLength: 2 }, ['招之', '🌍🌍'], ['a', 'abc']],
  ])('%j fits what it says', (schema, fit, unfit) => {
    const shapes = readSchema(schema);
    expect(fit.filter((value) => whereUnfit(value, shapes) !== null)).toEqual([]);
    expect(unfit.filter((value) => whereUnfit(value, shapes) === null)).toEqual([]);
  });

  it('writes names of members with any sign in them as JSON does', () => {
    const grammar = writeGrammar(
      readSchema({ type: 'object', properties: { 'a"b\\c\n招': { type: 'null' } }, required: ['a"b\\c\n招'] }),
    );
    expect(grammar).toContain(String.raw`"\"a\\\"b\\\\c\\n招\"" ": " "null"`);
  });
});
