import { describe, expect, it } from 'vitest';
import type { Back } from '../../../contract/routes/put-back.ts';
import { type IsBack, isBackBy } from '../../../renderer/overlay/use-put-back.ts';

const cause = { code: 'put-back/changed', message: '' } as const;

describe('an answer on the screen', () => {
  // It was offered to be put in once more where it was, or might be, already.
  it.each<[IsBack, Back | null]>([
    ['no', null],
    ['no', { status: 'writing' }],
    ['no', { status: 'copied', cause }],
    ['no', { status: 'failed', cause }],
    ['yes', { status: 'there' }],
    ['maybe', { status: 'unchecked', cause }],
    ['yes', { status: 'undoing', checked: true }],
    ['maybe', { status: 'undoing', checked: false }],
    ['yes', { status: 'not-undone', checked: true, cause }],
    ['maybe', { status: 'not-undone', checked: false, cause }],
  ])('is in its place: %s, by what core says of it: %j', (isBack, back) => {
    expect(isBackBy(back)).toBe(isBack);
  });
});
