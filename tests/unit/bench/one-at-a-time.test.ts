import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { oneAtATime } from '../../../bench/tools/one-at-a-time.ts';

describe('what only one process may do at a time', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-one-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  // Two checkouts built one tool in the same folder at once.
  it('is begun by the next when the one before has ended, also when that failed', async () => {
    const seen: string[] = [];
    const work = (name: string) =>
      oneAtATime(join(folder, 'lock'), async () => {
        seen.push(`${name} begins`);
        await new Promise(setImmediate);
        seen.push(`${name} ends`);
        if (name === 'first') throw new Error(name);
        return name;
      });
    const [first, second] = await Promise.allSettled([work('first'), work('second')]);
    expect(first).toMatchObject({ status: 'rejected' });
    expect(second).toMatchObject({ status: 'fulfilled', value: 'second' });
    expect(seen).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });
});
