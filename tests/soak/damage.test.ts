import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DamageRounds, damageKinds, type Round, tableOf } from '../support/damage-rounds.ts';
import { seededRandom, testSeed } from '../support/random.ts';

const roundsPerKind = 4;

describe('sixty chats, damaged again and again', () => {
  const seed = testSeed();
  const rounds: Round[] = [];
  let damaging: DamageRounds;

  beforeAll(() => {
    damaging = new DamageRounds(seededRandom(seed));
  });

  afterAll(() => {
    process.stdout.write(`${rounds.length} rounds, each opened twice\n${tableOf(rounds)}\n`);
    damaging[Symbol.dispose]();
  });

  it.each(damageKinds)('by %s keep all that a plain query or a copy can give', (kind) => {
    for (let round = 0; round < roundsPerKind; round += 1)
      for (const withCopy of [true, false]) rounds.push(damaging.round(kind, seed + round, withCopy));
    expect(rounds.length).toBeGreaterThan(0);
  });
});
