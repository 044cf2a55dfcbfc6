import { afterEach, beforeAll, beforeEach, describe, it } from 'vitest';
import { requireModel, smallModel } from '../support/beckon-app.ts';
import { allRuns, Journey } from '../support/journey.ts';

/** The rest are in the long tests, with what they need installed. */
const told = ['Chromium, text area keyboard English', 'Chromium, contenteditable mouse Chinese'];
const runs = allRuns.filter(({ name, by, language }) => told.includes(`${name} ${by} ${language}`));

describe('selected text on its whole way in a browser', () => {
  let journey: Journey;

  beforeAll(() => void requireModel(smallModel));

  beforeEach(async () => {
    journey = await Journey.start();
  });

  afterEach(() => journey.stop());

  it.each(runs)('$name, by $by, $language', (run) => journey.go(run));
});
