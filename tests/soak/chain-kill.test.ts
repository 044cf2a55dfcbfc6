import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KilledAction, PutBackKills, type PutBackVictim } from '../support/put-back-kills.ts';
import { seededRandom } from '../support/random.ts';

const rounds = Number(process.env['BECKON_ROUNDS'] ?? 16);
const victims: readonly PutBackVictim[] = ['core', 'desktop', 'main', 'page', 'all'];
const both = (text: string) => ({ en: text, 'zh-CN': text });

/** Steps without a model around two that ask one. */
const chain: KilledAction = {
  typed: 'polish',
  name: /^Polish twice/,
  questions: 2,
  atom: {
    ...{ atom: 2, id: 'polish-twice', name: both('Polish twice'), hint: both('Two passes'), icon: 'wrap-text' },
    ...{ input: 'selection', output: 'replace' },
    steps: [
      { do: 'clean', what: ['spaces'] },
      { do: 'prompt', prompt: both('Polish this.') },
      { do: 'prompt', prompt: both('Once more.') },
      { do: 'clean', what: ['blank-lines'] },
    ],
  } as { readonly id: string },
};

describe('a chain of steps on a selection', () => {
  let kills: PutBackKills;

  beforeAll(async () => {
    kills = await PutBackKills.start(chain);
  });

  afterAll(() => kills?.stop());

  it(`leaves the document as it was where a process dies while it runs, ${rounds} times`, async () => {
    const random = seededRandom(Number(process.env['BECKON_SEED'] ?? 6));
    for (let round = 0; round < rounds; round += 1) {
      const outcome = await kills.whileRunning(victims[round % victims.length] ?? 'core', random(2500));
      process.stdout.write(`${JSON.stringify(outcome)}\n`);
      expect(outcome.document).toBe('old');
    }
  });

  it(`leaves the document and the clipboard right where one dies on its way back, ${rounds} times`, async () => {
    const random = seededRandom(Number(process.env['BECKON_SEED'] ?? 7));
    const back = victims.filter((victim) => victim !== 'page');
    for (let round = 0; round < rounds; round += 1) {
      const outcome = await kills.round(back[round % back.length] ?? 'core', random(round % 2 === 0 ? 400 : 2000));
      process.stdout.write(`${JSON.stringify(outcome)}\n`);
    }
    expect(kills.leftFiles()).toEqual([]);
  });
});
