import { describe, expect, it } from 'vitest';
import { closeJson } from '../../../models/json-schema/close-json.ts';
import { whereUnfit } from '../../../models/json-schema/fits.ts';
import { readSchema, whyNoSchema } from '../../../models/json-schema/read-schema.ts';

const text = { type: 'string' };
const person = {
  type: 'object',
  properties: { name: text, age: { type: 'integer', minimum: 18 }, mail: { type: 'string', format: 'email' } },
  required: ['name', 'age'],
};
const tree = {
  $ref: '#/$defs/node',
  $defs: {
    node: {
      type: 'object',
      properties: { value: text, children: { type: 'array', items: { $ref: '#/$defs/node' } } },
      required: ['value', 'children'],
    },
  },
};

/** Whole answers, each with what it is held to; everything that they can be cut to is tried. */
const whole: readonly (readonly [string, object, string])[] = [
  ['a map', { type: 'object', additionalProperties: text }, '{"a": "one", "b\\"": "two, \\\\", "字": ""}'],
  ['a tree', tree, '{"value": "r", "children": [{"value": "a", "children": []}, {"value": "b", "children": []}]}'],
  ['a list of people', { type: 'array', items: person }, '[{"name": "Li", "age": 41, "mail": "l@a.be"}]'],
  ['a list with a least count', { type: 'array', items: text, minItems: 4 }, '["a", "b", "c", "d", "e"]'],
  ['a text with a least length', { type: 'string', minLength: 12 }, '"the twelve and some"'],
  ['a text by a pattern', { type: 'string', pattern: '^[A-Z]{2}-[0-9^]{4}(a|bc)+$' }, '"AB-12^4abcbca"'],
  ['a number between bounds', { type: 'number', minimum: 3.14, maximum: 3.25 }, '3.20'],
  ['a tuple', { type: 'array', prefixItems: [{ type: 'integer' }, text], minItems: 2, items: false }, '[120, "x"]'],
  ['one of several', { anyOf: [person, { enum: ['none', [1, { a: null }]] }] }, '[1,{"a":null}]'],
  ['a date', { type: 'object', properties: { on: { type: 'string', format: 'date' } } }, '{"on": "2026-02-28"}'],
  ['anything', {}, '{"a": [1.5, true, {"b": null}], "c": "x"}'],
  ['numbers', { type: 'array', items: { type: 'number' } }, '[1204000, -3, 0.25]'],
];

describe('an answer that is cut', () => {
  it.each(whole)('at any letter of %s ends as JSON that fits', (_, schema, json) => {
    const shapes = readSchema(schema);
    expect(closeJson(json, shapes)).toBe(json);
    const letters = [...json];
    for (let at = 0; at <= letters.length; at += 1) {
      const cut = letters.slice(0, at).join('');
      const closed = closeJson(cut, shapes);
      expect([cut, whereUnfit(JSON.parse(closed ?? ''), shapes)]).toEqual([cut, null]);
    }
  });

  const list = readSchema({ type: 'array', items: person });
  it.each([
    ['[{"name": "Li", "age": 41}, {"name": "An', '[{"name": "Li", "age": 41}]'],
    ['[{"name": "Li", "age": 41}, {"na', '[{"name": "Li", "age": 41}]'],
    ['[{"name": "Li", "age": 41, "mail": "l', '[{"name": "Li", "age": 41}]'],
  ])('%s leaves out what would have to be made up', (cut, closed) => {
    expect(closeJson(cut, list)).toBe(closed);
  });

  it('leaves out a number whose end nobody has seen, and keeps a text as far as it came', () => {
    expect(closeJson('[12, 120', readSchema({ type: 'array', items: { type: 'number' } }))).toBe('[12]');
    expect(closeJson('["12", "The roof lea', readSchema({ type: 'array', items: text }))).toBe(
      '["12", "The roof lea"]',
    );
  });

  it('that is written another way is left as it is', () => {
    expect(closeJson('{ "a": [1,', readSchema({ type: 'object', additionalProperties: {} }))).toBe(null);
    expect(closeJson('Here is the JSON', readSchema({ type: 'array' }))).toBe(null);
  });

  it('of sixteen thousand letters is closed in a moment', () => {
    const long = `["${'many words of it '.repeat(1000)}`;
    expect(closeJson(long, readSchema({ type: 'array', items: text }))?.endsWith('it "]')).toBe(true);
  });
});

describe('what a grammar cannot promise', () => {
  it('is refused: two members of any name, since one name may be written twice', () => {
    expect(whyNoSchema({ type: 'object', minProperties: 2 })?.keyword).toBe('minProperties');
    expect(whyNoSchema({ type: 'object', minProperties: 1 })).toBe(null);
  });

  it('is not what numbers and whole numbers have in common', () => {
    const both = { allOf: [{ type: 'number', minimum: 3 }, { type: ['integer', 'null'] }] };
    expect(readSchema(both).root).toEqual({ is: 'integer', least: 3, most: null });
  });
});
