import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PutBackKills, type PutBackVictim } from '../support/put-back-kills.ts';
import { seededRandom } from '../support/random.ts';

const rounds = Number(process.env['BECKON_ROUNDS'] ?? 34);
const victims = (process.env['BECKON_VICTIMS']?.split(',') ?? [
  'core',
  'desktop',
  'main',
  'core',
  'desktop',
  'all',
]) as readonly PutBackVictim[];

describe('an answer on its way back', () => {
  let kills: PutBackKills;

  beforeAll(async () => {
    kills = await PutBackKills.start();
  });

  afterAll(() => kills?.stop());

  it(`leaves the document and the clipboard right in each of ${rounds} deaths`, async () => {
    const random = seededRandom(Number(process.env['BECKON_SEED'] ?? 5));
    for (let round = 0; round < rounds; round += 1) {
      // Most happens in the first moments.
      const afterMs = random(round % 2 === 0 ? 400 : Number(process.env['BECKON_LONGEST_MS'] ?? 2000));
      const outcome = await kills.round(victims[Math.floor(round / 2) % victims.length] ?? 'core', afterMs);
      process.stdout.write(`${JSON.stringify(outcome)}\n`);
    }
    expect(kills.leftFiles()).toEqual([]);
  });
});
