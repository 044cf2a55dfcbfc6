import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fill, prompts, promptsSchema } from '../../../core/prompts/prompts.ts';

describe('the file of prompts', () => {
  it.each<[string, object]>([
    ['lacks a sentence', { trial: undefined }],
    ['lacks a language of one', { note: { en: prompts.note.en } }],
    ['lacks the place for what is asked', { note: { ...prompts.note, 'zh-CN': '请记下。' } }],
    ['names a place by another word', { merge: { ...prompts.merge, en: 'These are notes. {task}' } }],
    ['keeps a place in a sentence that fills none', { chat: { en: 'You are {name}.' } }],
    ['has a sentence that nothing asks for', { greeting: { en: 'Hello.' } }],
    ['has an empty sentence', { passages: { ...prompts.passages, en: '' } }],
  ])('is refused when core starts where it %s', (_, change) => {
    expect(promptsSchema.safeParse(prompts).success).toBe(true);
    expect(promptsSchema.safeParse({ ...prompts, ...change }).success).toBe(false);
  });

  it('takes what a person asks as it is, whatever signs stand in it: "$&" would have been the sentence itself', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('$&', '$1', "$'", '{instruction}', '$$')), (asked) => {
        const [before = '', after = ''] = prompts.note.en.split('{instruction}');
        expect(fill(prompts.note, 'en', 'instruction', asked)).toBe(before + asked + after);
      }),
    );
  });
});
