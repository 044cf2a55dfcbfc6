import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followed } from '../../../desktop/x11/followed.ts';

const times = { limitMs: 500, everyMs: 20, looks: 12 };

/** What is offered: another text after so many looks, each of which takes that long. */
function offering(changedAfter: number, lookMs: number) {
  let looks = 0;
  const look = async () => {
    await new Promise((resolve) => setTimeout(resolve, lookMs));
    looks += 1;
    return { owner: 1, text: looks > changedAfter ? 'new' : 'old' };
  };
  return { look, count: () => looks };
}

async function follow(changedAfter: number, lookMs: number) {
  const { look, count } = offering(changedAfter, lookMs);
  const since = Date.now();
  let took = 0;
  const asked = followed(look, (text) => text === 'new', times).then((text) => {
    took = Date.now() - since;
    return text;
  });
  await vi.advanceTimersByTimeAsync(60_000);
  return { text: await asked, looks: count(), took };
}

describe('a selection that is to follow a key', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is given up after its time where looks are quick', async () => {
    const { text, took } = await follow(Number.POSITIVE_INFINITY, 2);
    expect(text).toBeNull();
    expect(took).toBeLessThan(550);
  });

  // On a busy machine an application came to a key after half a second, and its text was said to be one that cannot be edited.
  it.each([60, 120, 200])(
    'is looked at as often where a look takes %s ms, since the application is as slow',
    async (ms) => {
      expect(await follow(9, ms)).toMatchObject({ text: 'new', looks: 10 });
    },
  );

  it('is given up in the end also where each look takes a second', async () => {
    const { text, took } = await follow(Number.POSITIVE_INFINITY, 1000);
    expect(text).toBeNull();
    expect(took).toBeLessThan(4500);
  });
});
