import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { PutBackState } from '../../contract/routes/put-back.ts';
import { type DesktopOptions, describeOnDesktop } from '../support/on-desktop.ts';
import { hotkey } from '../support/overlay-steps.ts';
import { readState } from '../support/page-bridge.ts';
import { stays, waitFor } from '../support/processes.ts';

const options: DesktopOptions = { parrot: true, app: {}, anew: true };
const old = 'It is old.';

/** What became of an answer is known seconds later, when the process that writes has died on the way. */
describeOnDesktop(
  'an answer on its way back, of which is told late',
  options,
  ({ display, app, server, steps, openNote, select }) => {
    const isThere = () => display.visibleTitles().includes('Beckon');
    const putBackState = () => app.overlay.evaluate(readState<PutBackState>, 'putBack');

    /** Up to the moment in which the next process comes; it goes on when that is told to. */
    async function dieOnTheWay() {
      const { file } = await openNote(`Before.\n${old}\nAfter.\n`);
      await select(old, 'ctrl+Home', 'Down', 'Home', 'shift+End');
      await steps.call();
      server.answers.push('It is new.');
      await steps.use('summ', /^Summarise/);
      await waitFor('it can be put back', async () => /Replace/.test(await steps.text()));
      const dying = app.processId('desktop') ?? 0;
      // Stopped, it does not come to the end before it dies.
      process.kill(dying, 'SIGSTOP');
      display.press('Return');
      await waitFor('the overlay has gone', () => !isThere());
      process.kill(dying, 'SIGKILL');
      const next = await waitFor('the next one comes', () => {
        const pid = app.processId('desktop');
        return pid !== undefined && pid !== dying && pid;
      });
      process.kill(next, 'SIGSTOP');
      await waitFor('the document has the keyboard', () => /note\.txt/.test(display.focusedTitle()));
      return { file, goOn: () => process.kill(next, 'SIGCONT') };
    }

    const untilTold = () =>
      waitFor('it is told', async () => {
        const { answers, told } = await putBackState();
        return told !== null && answers.some(({ back }) => back.status === 'unchecked');
      });

    // It came over the document some seconds after the death, and had what was typed from then on.
    it('leaves the keyboard to a person who writes on, and is read at their next call', async () => {
      const { file, goOn } = await dieOnTheWay();
      display.press('ctrl+End');
      display.type('Written on, ');
      goOn();
      await untilTold();
      display.type('and on.');
      expect(isThere()).toBe(false);
      expect(display.visibleTitles()).toContain('See what became of the answer');
      await waitFor('it is saved', () => {
        display.press('ctrl+s');
        return readFileSync(file, 'utf8') === `Before.\n${old}\nAfter.\nWritten on, and on.`;
      });
      await steps.call();
      expect(await steps.text()).toMatch(/could not be checked/);
      expect(display.visibleTitles()).not.toContain('See what became of the answer');
    });

    it('brings the overlay to a person who waits, and the key that they press as it comes leaves it there', async () => {
      const { goOn } = await dieOnTheWay();
      goOn();
      await waitFor('it comes', isThere);
      display.press(hotkey);
      await stays('it has the keyboard', 800, () => display.focusedTitle() === 'Beckon');
      await waitFor('it is told', async () => /could not be checked/.test(await steps.text()));
      // From then on it goes by that key as ever.
      display.press(hotkey);
      await waitFor('it has gone', () => !isThere());
    });
  },
);
