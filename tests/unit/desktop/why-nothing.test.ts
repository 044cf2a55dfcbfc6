import { describe, expect, it } from 'vitest';
import type { Judged } from '../../../desktop/applications/judge.ts';
import { WhyNothing } from '../../../desktop/x11/why-nothing.ts';

const window = { windowId: '7', processId: 1, application: 'a-viewer', title: null };
const hides: Judged = {
  paste: 'never',
  pastesBeside: false,
  copy: 'when-agreed',
  isTerminal: false,
  mayHideSelections: true,
};

interface Seen extends Partial<Judged> {
  readonly tellsAll?: boolean;
  readonly isDocument?: boolean;
  readonly isAsked?: boolean;
}

async function why({ tellsAll = false, isDocument = true, isAsked = false, ...judged }: Seen = {}) {
  const nothing = new WhyNothing({
    judge: { of: async () => ({ ...hides, ...judged }) },
    accessibility: { tellsAll: async () => tellsAll },
    copy: { isDocument: async () => isDocument },
  });
  const { cause, offersCopy } = await nothing.in(window, isAsked);
  return `${cause.code}${offersCopy ? ', a copy is offered' : ''}`;
}

describe('where no selection was found', () => {
  // Text was selected for all to see in a viewer, and the box came without a word about it.
  it('that is said where the application may hide one, and a copy is offered where it may be asked', async () => {
    expect(await why()).toBe('capture/not-shown, a copy is offered');
    expect(await why({ copy: 'never' })).toBe('capture/not-shown');
  });

  it('nothing is said where it is known that nothing is selected', async () => {
    for (const seen of [{ tellsAll: true }, { isAsked: true }, { mayHideSelections: false }, { isDocument: false }])
      expect(await why(seen)).toBe('capture/nothing-selected');
  });

  it('a terminal is named as one, and is never asked', async () => {
    expect(await why({ isTerminal: true })).toBe('capture/terminal-protected');
  });
});
