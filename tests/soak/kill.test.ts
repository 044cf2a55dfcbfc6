import { afterAll, beforeAll, describe, it } from 'vitest';
import { requireModel, tinyModel } from '../support/beckon-app.ts';
import { TestDisplay } from '../support/display.ts';
import { KillRounds, victims } from '../support/kill-rounds.ts';
import { testSeed } from '../support/random.ts';

const rounds = 50;
/** Beckon stops restarting a part that dies too often within a minute; a new start of the app begins a new count. */
const roundsPerStart = 5;

describe('kill -9 in the middle of a conversation, for long', () => {
  let display: TestDisplay;
  const seed = testSeed();

  beforeAll(async () => {
    requireModel(tinyModel);
    display = await TestDisplay.start();
  });

  afterAll(() => display?.stop());

  it.each(victims)(`of %s, ${rounds} times, loses nothing that was acknowledged`, async (victim) => {
    for (let first = 0; first < rounds; first += roundsPerStart) {
      const killing = await KillRounds.start(display, seed + first);
      try {
        for (let index = first; index < first + roundsPerStart; index += 1) await killing.round(victim, index);
        await killing.checkAll();
      } finally {
        process.stdout.write(`${killing.lines.join('\n')}\n`);
        await killing.close();
      }
    }
  });
});
