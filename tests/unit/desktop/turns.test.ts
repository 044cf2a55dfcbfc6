import { describe, expect, it } from 'vitest';
import { Turns } from '../../../desktop/turns.ts';
import { sleep, stays } from '../../support/processes.ts';

describe('work in turns', () => {
  it('never overlaps, though some of it fails', async () => {
    const turns = new Turns();
    const seen: string[] = [];
    const work = (name: string, ms: number, fails = false) =>
      turns.take(async () => {
        seen.push(`${name} begins`);
        await sleep(ms);
        seen.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      });
    const all = await Promise.allSettled([work('a', 20), work('b', 10, true), work('c', 1)]);
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('begins after its limit where what is before hangs, and the next still waits for both', async () => {
    const turns = new Turns();
    let finish = () => {};
    const hanging = turns.take(() => new Promise<void>((resolve) => (finish = resolve)));
    expect(await turns.take(async () => 'looked', 20)).toBe('looked');
    let began = false;
    const next = turns.take(async () => {
      began = true;
    });
    await stays('it waits', 20, () => !began);
    finish();
    await Promise.all([hanging, next]);
    expect(began).toBe(true);
  });
});
