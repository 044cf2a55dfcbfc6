import { describe, expect, it } from 'vitest';
import { LateCopy, type LateCopyDeps } from '../../../desktop/x11/late-copy.ts';
import type { OpenLoan } from '../../../desktop/x11/loan.ts';

const asked = { window: 7, at: 1000, withinMs: 900 };
const person = 9;

/**
 * A clipboard by the display's rules: whoever writes as of an earlier time than the last is refused (ICCCM 2.1). `tells`: what
 * the application that was asked says when it copied, in the order in which it is asked.
 */
function clipboardWhere(tells: readonly (number | null)[] = []) {
  const held = { by: 0, at: 900, lostAt: null as number | null };
  const left = [...tells];
  let listener: (() => void) | null = null;
  const own = (at: number) => {
    const time = at === 0 ? 5000 : at;
    if (time >= held.at) Object.assign(held, { by: 0, at: time });
    return held.by === 0;
  };
  const kept: unknown[] = [];
  const loan: OpenLoan = {
    onRequest: () => {},
    lost: new Promise(() => {}),
    holds: () => held.by === 0,
    lostAt: () => held.lostAt,
    keep: async (copy) => void kept.push(copy),
    whenLost: (heard) => {
      listener = heard;
      return () => {
        if (listener === heard) listener = null;
      };
    },
    giveBack: async (at) => own(at),
  };
  const deps: LateCopyDeps = {
    x: {
      selectionOwner: async () => held.by,
      sameClient: async (one, other) => one === other,
    },
    reader: { serverTime: async () => 5000, copiedAt: async () => left.shift() ?? null },
    lease: {
      during: async (_, work) => work(loan),
      giveBackAgain: async (isAskedFor) => {
        if (await isAskedFor()) own(0);
      },
      recover: async () => {},
    },
  };
  return {
    late: new LateCopy(deps),
    held,
    kept,
    copy: (by: number, at: number, isTold = true) => {
      Object.assign(held, { by, at, ...(isTold ? { lostAt: at } : {}) });
      listener?.();
    },
    isForgotten: () => listener === null,
  };
}

describe('a copy that an application was asked for', () => {
  it('is taken out of the clipboard again, at whatever time it was made', async () => {
    for (const at of [1000, 1200, 1899]) {
      const { late, held, copy } = clipboardWhere();
      await late.during([], async ({ expectCopy }) => {
        await expectCopy(asked);
        copy(asked.window, at);
      });
      expect(held.by).toBe(0);
    }
  });

  it('is taken out where nobody told of it but the application itself, which may tell another time', async () => {
    for (const tells of [[1200], [1100, 1100]]) {
      const { late, held, copy } = clipboardWhere(tells);
      await late.during([], async ({ expectCopy }) => {
        await expectCopy(asked);
        copy(asked.window, 1200, false);
      });
      expect(held.by).toBe(0);
    }
  });

  it('stays where a person copied since, there or elsewhere', async () => {
    for (const by of [asked.window, person]) {
      const { late, held, copy } = clipboardWhere([3000]);
      await late.during([], async ({ expectCopy }) => {
        await expectCopy(asked);
        copy(by, 3000);
      });
      expect(held.by).toBe(by);
    }
  });

  it('is nobody’s while it is expected still, and the person’s own after that', async () => {
    const { late, held, copy, isForgotten } = clipboardWhere();
    const done = Promise.withResolvers<void>();
    await late.during([], async ({ expectCopy, expectStill }) => {
      await expectCopy(asked);
      expectStill(done.promise);
    });
    copy(asked.window, 4000);
    await Promise.resolve();
    await expect.poll(() => held.by).toBe(0);
    done.resolve();
    await expect.poll(isForgotten).toBe(true);
    copy(asked.window, 6000);
    expect(held.by).toBe(asked.window);
  });

  it('is not taken out where it was not asked for after all', async () => {
    const { late, held, kept, copy } = clipboardWhere();
    await late.during([], async ({ expectCopy }) => {
      await expectCopy(asked);
      copy(asked.window, 1200);
      await expectCopy(null);
    });
    expect(held.by).toBe(asked.window);
    expect(kept).toEqual([asked, null]);
  });
});
