import type { TestDisplay } from '../../tests/support/display.ts';
import { processTree, sleep } from '../../tests/support/processes.ts';
import type { Subject } from '../subjects/subject.ts';
import { tickMs, usedTicks } from '../tools/machine.ts';
import { firstApplication } from '../tools/warm-up.ts';

const question = 'Write a story about a lighthouse keeper with at least three thousand words.';
const lookMs = 250;
/** The engine is generating when it takes at least this share of one core. */
const busyShare = 0.7;
const attempts = 6;

/** Keeps the engine of a running Beckon at work by typing a long question as a person would whenever it has ended. */
export function keepGenerating(display: TestDisplay, beckon: Subject) {
  const isBusy = async () => {
    const engine = processTree(beckon.pid).find(({ command }) => /engine(\.mjs|\/entry\.ts)/.test(command));
    if (engine === undefined) return false;
    const before = usedTicks(engine.pid);
    await sleep(lookMs);
    return (usedTicks(engine.pid) - before) * tickMs >= lookMs * busyShare;
  };
  const toggleUnless = async (isThere: () => boolean) => {
    if (!isThere()) display.press('ctrl+shift+space');
    await sleep(500);
  };
  const ask = async () => {
    await toggleUnless(() => display.focusedTitle() !== firstApplication);
    // A small model has little to add to a story that it has told: each question begins a chat.
    display.press('ctrl+n');
    display.type(question, 4);
    await sleep(200);
    display.press('Return');
    await sleep(500);
    await toggleUnless(() => display.focusedTitle() === firstApplication);
  };
  const ensure = async () => {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (await isBusy()) return;
      await ask();
      // The first question waits for the model to be loaded.
      for (let look = 0; look < 40; look += 1) {
        if (await isBusy()) {
          // Reading the model file looks busy too, but only once and shortly.
          await sleep(1500);
          break;
        }
      }
    }
    throw new Error('the engine does not start to generate: no answer came to a typed question');
  };
  return { isBusy, ensure };
}
