import type { ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DesktopClient, startDesktop } from '../support/desktop-process.ts';
import { TestDisplay } from '../support/display.ts';
import { expectClipboard, ownClipboard } from '../support/paste-rounds.ts';
import { endProgram, endTree, sleep, waitFor } from '../support/processes.ts';
import { untried } from '../support/untried-applications.ts';

const text = 'The tide turn at noon today.';
const answer = 'PASTED BY BECKON';
const rounds = 5;

/** What a person may do after the capture; keys, a click in the window (`click`), or another program that selects (`taken`). */
const ways = [
  { way: 'made shorter', does: ['shift+Left'] },
  { way: 'made shorter by a word', does: ['ctrl+shift+Left'] },
  { way: 'made shorter and given up', does: ['shift+Left', 'Right'] },
  { way: 'given up at its end', does: ['Right'] },
  { way: 'given up at its beginning', does: ['Left'] },
  { way: 'begun anew as another one', does: ['Home', 'ctrl+shift+Right'] },
  { way: 'typed over', does: ['x'] },
  { way: 'deleted', does: ['BackSpace'] },
  { way: 'cut', does: ['ctrl+x'] },
  { way: 'clicked away', does: ['click'] },
  { way: 'taken by another program', does: ['Right', 'taken'] },
];

const places = untried.filter(({ command }) => ['retext', 'texmaker', 'surf', 'kwrite', 'wish'].includes(command));

/** Pasted into by the person's word, and the selection is gone by the time of the answer: nothing may be pasted anywhere. */
describe('in an application that nobody has tried, a selection', () => {
  let display: TestDisplay;
  let desktop: ChildProcess;
  let client: DesktopClient;
  let tries = 0;

  beforeAll(async () => {
    display = await TestDisplay.start({ accessibility: 'as-installed' });
    Object.assign(display.env, { QTWEBENGINE_CHROMIUM_FLAGS: '--no-sandbox' });
    ({ desktop, client } = await startDesktop(display.env));
  });

  afterAll(async () => {
    process.stdout.write(`${tries} tries with the selection gone\n`);
    if (desktop) await endProgram(desktop);
    await display?.stop();
  });

  describe.each(places)('in $name', ({ name, command, open, title, settleMs, selectAll = ['ctrl+a'] }) => {
    let opened: ChildProcess;

    beforeAll(async () => {
      const folder = join(display.folder, name.replaceAll(/\W+/g, '-'));
      mkdirSync(folder, { recursive: true });
      opened = display.start(command, open(folder));
      await waitFor(`${command} has the keyboard`, () => title.test(display.focusedTitle()), 60_000);
      await sleep(settleMs);
    });

    afterAll(async () => {
      if (opened) await endTree(opened);
    });

    /** Null where it is written in place: the very text, which needs no selection. */
    async function begin(): Promise<string | null> {
      display.press(...selectAll, 'BackSpace');
      display.type(text, 4);
      display.press(...selectAll);
      await waitFor('it is selected', () => display.selection('primary').trim() === text);
      const captured = await client.call('selection.capture', {});
      if (captured.status !== 'captured') throw new Error(captured.cause.code);
      if (captured.selection.editable === 'in-place') return null;
      expect(captured.selection).toMatchObject({ editable: 'by-paste' });
      expect(captured.selection.text.trim()).toBe(text);
      return captured.selection.targetId;
    }

    /** What is to be ended after the try. */
    async function change(does: readonly string[]): Promise<readonly ChildProcess[]> {
      const others: ChildProcess[] = [];
      const focus = display.xdotool('getwindowfocus');
      for (const what of does)
        if (what === 'click') display.xdotool('mousemove', '--window', focus, '250', '250', 'click', '1');
        else if (what === 'taken') others.push(await takeSelection());
        else display.press(what);
      return others;
    }

    /** Another program offers the very same text. */
    async function takeSelection(): Promise<ChildProcess> {
      const file = join(display.folder, 'taken.txt');
      writeFileSync(file, text);
      const child = display.start('xclip', ['-quiet', '-selection', 'primary', '-i', file]);
      await sleep(300);
      return child;
    }

    it.each(ways)('is not pasted over when it was $way', async ({ does }) => {
      for (let round = 0; round < rounds; round += 1) {
        const targetId = await begin();
        if (targetId === null) continue;
        const others = await change(does);
        await sleep(150);
        const owner = await ownClipboard(display, round);
        const put = await client.call('selection.putBack', { targetId, text: answer, mode: 'replace', agreed: true });
        tries += 1;
        await expectClipboard(display, round);
        for (const other of [owner, ...others]) await endProgram(other);
        display.press(...selectAll);
        await sleep(250);
        const there = display.selection('primary').trim();
        // A browser may come to a click after the keys: then it was selected still, and all of it was replaced.
        const wasSelected = put.status === 'done' && does.includes('click') && there === answer;
        if (wasSelected) continue;
        expect({ put, there }).toMatchObject({ put: { status: 'failed' } });
        expect(there).not.toContain(answer);
      }
    });
  });
});
