import { describe, expect, it } from 'vitest';
import { formFieldSchema } from '../../../contract/atom-forms.ts';
import { withType } from '../../../renderer/window/actions/form-field.tsx';

const label = { en: 'Pays', 'zh-CN': '付款' };

describe('a field of a form in the editor', () => {
  // What stood there at first stayed, and the file was refused for a choice that nobody can make.
  it('fits the format whatever type it had before', () => {
    const types = ['text', 'number', 'date', 'choice'] as const;
    for (const before of types)
      for (const after of types) {
        const options = before === 'choice' ? { options: ['cash', '10'] } : {};
        const made = withType({ name: 'how', label, type: before, usual: '10', ...options }, after);
        expect(formFieldSchema.safeParse(made).error, `${before} to ${after}`).toBeUndefined();
        expect(made['type']).toBe(after);
      }
  });

  it('stays as it is where its type is chosen once more', () => {
    const field = { name: 'how', label, type: 'choice', usual: 'b', options: ['a', 'b'] };
    expect(withType(field, 'choice')).toEqual(field);
  });
});
