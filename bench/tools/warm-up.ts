import type { TestDisplay } from '../../tests/support/display.ts';
import { sleep } from '../../tests/support/processes.ts';
import type { Subject } from '../subjects/subject.ts';
import { NothingSeen, type Place, type Probes } from './probes.ts';

/** Title of the application that has the keyboard before and after every sample. */
export const firstApplication = 'first-application';

const settleMs = 1200;
const attempts = 15;
const warmUps = 3;

/**
 * Brings a resident program up until it comes, learns where it appears, and throws away the first few showings.
 * Throws when it never comes.
 */
export async function warmUp(display: TestDisplay, probes: Probes, subject: Subject): Promise<Place> {
  const trigger = { kind: 'keys', keys: subject.keys } as const;
  for (let attempt = 1; ; attempt += 1) {
    await sleep(1000);
    try {
      await expectResting(display, subject.name, subject.dismiss);
      const place = await probes.learn(trigger, { settleMs, dismiss: subject.dismiss });
      await expectResting(display, subject.name, subject.dismiss);
      for (let count = 0; count < warmUps; count += 1) {
        await sleep(300);
        await probes.measure(trigger, place, { focus: true, dismiss: subject.dismiss });
      }
      await expectResting(display, subject.name, subject.dismiss);
      return place;
    } catch (error) {
      const mayCome = error instanceof NothingSeen || error instanceof NotResting;
      if (!mayCome || attempt === attempts)
        throw new Error(`${subject.name} did not come when called`, { cause: error });
      // A program that was still starting may be up now instead of hidden: the same keys would then send it away.
      if (error instanceof NotResting) display.press(xdotoolKeys(error.dismiss));
    }
  }
}

/** Throws unless the first application has the keyboard, so that a sample never measures the hiding of a window. */
export async function expectResting(display: TestDisplay, name: string, dismiss: string): Promise<void> {
  for (let look = 0; look < 10; look += 1) {
    if (display.focusedTitle() === firstApplication) return;
    await sleep(100);
  }
  throw new NotResting(`${display.focusedTitle() || 'nothing'} has the keyboard before ${name} is called`, dismiss);
}

class NotResting extends Error {
  readonly dismiss: string;

  constructor(message: string, dismiss: string) {
    super(message);
    this.dismiss = dismiss;
  }
}

/** Keysym names are xdotool's too, except that it wants its own words for the modifiers. */
function xdotoolKeys(keys: string): string {
  return keys.replace('Control_L', 'ctrl').replace('Shift_L', 'shift');
}
