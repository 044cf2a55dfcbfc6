import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { letters, TypingRounds } from '../support/typing-rounds.ts';

const rounds = 10;

/** In other window managers, a hundred times and beside busy programs: in the long tests. */
describe('typing after the key', () => {
  let typing: TypingRounds;

  beforeAll(async () => {
    typing = await TypingRounds.start('openbox');
  });

  afterAll(() => typing?.stop());

  // The first letters went into the document below.
  it(`reaches the overlay whole and nothing else, ${rounds} times`, async () => {
    const lost: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const arrived = await typing.round(round);
      // On a machine that stands still for longer than the keyboard may, what is typed goes where it would have gone.
      const below = arrived === letters ? '' : await typing.typedBelow();
      expect(`${below}${arrived}`).toBe(letters);
      if (arrived !== letters) lost.push(arrived);
    }
    expect(lost.length).toBeLessThanOrEqual(1);
    expect(await typing.typedBelow()).toBe('');
  });
});
