import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chats, DamageRounds, damageKinds, type Round, tableOf } from '../../support/damage-rounds.ts';
import { seededRandom } from '../../support/random.ts';

describe('chats in a file with', () => {
  let damaging: DamageRounds;
  const rounds: Round[] = [];

  beforeAll(() => {
    damaging = new DamageRounds(seededRandom(5));
  });

  afterAll(() => {
    if (process.env['BECKON_SHOW_ROUNDS']) process.stdout.write(`${tableOf(rounds)}\n`);
    damaging[Symbol.dispose]();
  });

  it.each(damageKinds)('%s are all here that a plain query or the copy can give', (kind) => {
    const withCopy = damaging.round(kind, 7, true);
    const without = damaging.round(kind, 7, false);
    rounds.push(withCopy, without);
    // Six were asked after the copy was made.
    expect(withCopy.chatsKept).toBeGreaterThanOrEqual(chats - 6);
  });
});
