import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkTemplate } from '../../models/engine/template/check-template.ts';
import { runTemplate } from '../../models/engine/template/limits.ts';
import { withinTime } from '../../models/engine/template/within-time.ts';
import { checkout } from '../support/beckon-app.ts';

const entry = join(checkout, 'models', 'engine', 'entry.ts');
const template = { code: 'model/template' };
const plain = "{% for m in messages %}{{ m['role'] + ': ' + m['content'] }}{% endfor %}";

describe('work that a model file has a say in', () => {
  it('gives what it gives, and throws what it throws', () => {
    expect(withinTime(1000, () => 'done')).toEqual({ value: 'done' });
    expect(() => withinTime(1000, () => JSON.parse('{'))).toThrow(SyntaxError);
  });

  it.each([
    ['a loop', () => forever()],
    [
      'a loop that catches what ends it',
      () => {
        while (true)
          try {
            forever();
          } catch {}
      },
    ],
    ['a pattern that tries everything', () => /^(a+)+$/.test(`${'a'.repeat(60)}!`)],
  ])('is ended in the middle of %s', (_, work) => {
    expect(withinTime(200, work)).toBeNull();
  });

  it('is told by a cause of its own', () => {
    expect(() => runTemplate('render', () => forever())).toThrow(expect.objectContaining(template));
  });
});

describe('a chat template', () => {
  it.each([
    ['as models have', plain],
    ['that refuses every chat', "{{ raise_exception('no') }}"],
    ['that cannot be read', '{% for'],
    ['of nothing', ''],
  ])('%s passes', async (_, text) => {
    await expect(checkTemplate(text, entry)).resolves.toBeUndefined();
  });

  it.each([
    [
      'that writes each message three thousand times',
      plain.replace('{{', '{% for i in range(3000) %}{{').replace('}}', '}}{% endfor %}'),
    ],
    ['that needs more memory than there is', '{% for i in range(100000000) %}x{% endfor %}'],
    ['that goes deeper than the stack', `{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`],
    ['that never ends', '{% macro f(n) %}{% if n > 0 %}{{ f(n-1) }}{{ f(n-1) }}{% endif %}{% endmacro %}{{ f(60) }}'],
  ])('%s is refused, and ends nothing else', async (_, text) => {
    await expect(checkTemplate(text, entry)).rejects.toMatchObject(template);
  });
});

function forever(): never {
  while (true);
}
