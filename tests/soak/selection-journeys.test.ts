import { afterAll, beforeAll, describe, it } from 'vitest';
import { requireModel, smallModel } from '../support/beckon-app.ts';
import { allRuns, Journey } from '../support/journey.ts';

describe('selected text on its whole way', () => {
  let journey: Journey;

  beforeAll(async () => {
    requireModel(smallModel);
    journey = await Journey.start();
  });

  afterAll(async () => {
    await journey?.stop();
  });

  it.each(allRuns)('$name, by $by, $language', (run) => journey.go(run));
});
