import { afterAll, beforeAll, describe, it } from 'vitest';
import { requireModel, smallModel } from '../support/beckon-app.ts';
import { allRuns, Journey } from '../support/journey.ts';

const runs = allRuns.filter(({ name }) => name === 'LibreOffice Calc, in a cell');
/** Escape takes back what was typed; Enter keeps it and goes on to the next cell. */
const ways = [
  { way: 'Escape', keys: ['Escape'] },
  { way: 'Enter', keys: ['Return'] },
];

describe('a cell that was left before the answer is put back', () => {
  let journey: Journey;

  beforeAll(async () => {
    requireModel(smallModel);
    journey = await Journey.start();
  });

  afterAll(async () => {
    await journey?.stop();
  });

  it.each(ways)('by $way', async ({ keys }) => {
    const [run] = runs;
    if (run === undefined) throw new Error('there is no cell');
    await journey.goAndLeave(run, keys);
  });
});
