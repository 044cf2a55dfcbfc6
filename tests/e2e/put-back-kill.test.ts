import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PutBackKills, type PutBackVictim } from '../support/put-back-kills.ts';

/** The long form, at random times, is in the long tests. */
describe('an answer on its way back', () => {
  let kills: PutBackKills;

  beforeEach(async () => {
    kills = await PutBackKills.start();
  });

  afterEach(() => kills.stop());

  // The answer stood in the clipboard instead of what the person had copied, whenever core died.
  it.each<[PutBackVictim, number]>([
    ['core', 240],
    ['desktop', 320],
    ['main', 300],
  ])('leaves the document and the clipboard right when %s is killed', async (victim, afterMs) => {
    const { document, said, awayMs } = await kills.round(victim, afterMs);
    process.stdout.write(`${victim}: ${document}, clipboard away for ${awayMs} ms, said: ${said}\n`);
    expect(kills.leftFiles()).toEqual([]);
  });
});
