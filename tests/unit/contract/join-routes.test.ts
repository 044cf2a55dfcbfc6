import { describe, expect, it } from 'vitest';
import { joinRoutes } from '../../../contract/join-routes.ts';

describe('the routes of several features', () => {
  const one = { requests: { 'a.do': 1 }, streams: {}, states: { a: 2 } };

  it('are one table of each kind', () => {
    const other = { requests: { 'b.do': 3 }, streams: { 'b.follow': 4 }, states: {} };
    expect(joinRoutes(one, other)).toEqual({
      requests: { 'a.do': 1, 'b.do': 3 },
      streams: { 'b.follow': 4 },
      states: { a: 2 },
    });
  });

  // One would have answered in the place of the other, without a word.
  it('are refused when two features have one name, whatever it is', () => {
    expect(() => joinRoutes(one, { requests: {}, streams: {}, states: { a: 2 } })).toThrow('two features have a');
    const hostile = { requests: JSON.parse('{"__proto__": 1}'), streams: {}, states: {} };
    expect(() => joinRoutes(hostile, hostile)).toThrow('__proto__');
  });
});
