import { describe, expect, it } from 'vitest';
import { endBy, withKept } from '../../../core/answers/ends.ts';

describe('the end of an answer', () => {
  it.each(['', '  \n', ' \n\n \u200b', '\ufeff\u2060', '\u200e\u00ad\u3164'])(
    'of what nobody can see is an empty one: %j',
    (text) => {
      expect(endBy('stop', text, '')).toMatchObject({ state: 'failed', error: { code: 'run/empty-answer' } });
      expect(endBy('stop', text, 'hm')).toMatchObject({ error: { code: 'run/only-thinking' } });
      expect(withKept({ code: 'server/cut', message: '' }, text).values).toBeUndefined();
    },
  );

  it('of what can be seen is whole, whatever else is in it', () => {
    for (const text of ['a', '\u200bنعم\u200f', '👩‍🚀', '.']) expect(endBy('stop', text, '').state).toBe('complete');
  });
});
