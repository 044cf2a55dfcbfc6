import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applications, openApplication, selectBy } from '../support/applications.ts';
import { type DesktopClient, startDesktop } from '../support/desktop-process.ts';
import { TestDisplay } from '../support/display.ts';
import { expectClipboard, ownClipboard } from '../support/paste-rounds.ts';
import { endProgram, endTree, sleep } from '../support/processes.ts';

const replacement = '- Ebbe um zwölf.\n- 换好了。';
const modes = ['replace', 'insert-below'] as const;

/** Keys that select all with the caret at the end, by which each offers what is selected. */
const places = [
  { name: 'LibreOffice Writer, several paragraphs', whole: ['ctrl+Home', 'ctrl+shift+End'] },
  // Firefox offers nothing after Ctrl+Shift+End.
  { name: 'Firefox, text area', whole: ['ctrl+a'] },
  { name: 'Chromium, text area', whole: ['ctrl+a'] },
  { name: 'Chromium, contenteditable', whole: ['ctrl+a'] },
];

/** What a person may do to a selection after it was captured. */
const ways = [
  { way: 'made shorter', before: [], keys: ['shift+Left'] },
  { way: 'made shorter by a line', before: [], keys: ['shift+Up'] },
  { way: 'made longer', before: ['shift+Left'], keys: ['shift+Right'] },
  { way: 'given up at its end', before: [], keys: ['Right'] },
  { way: 'given up at its beginning', before: [], keys: ['Left'] },
  { way: 'begun anew as another one', before: [], keys: ['ctrl+Home', 'shift+End', 'shift+Left'] },
];

/** A selection that is another one by the time of the answer: nothing is pasted, wherever a paste is the way back. */
describe('a selection', () => {
  let display: TestDisplay;
  let desktop: ChildProcess;
  let client: DesktopClient;
  let owner: ChildProcess;

  beforeAll(async () => {
    display = await TestDisplay.start({ accessibility: true });
    ({ desktop, client } = await startDesktop(display.env));
    owner = await ownClipboard(display, 1);
  });

  afterAll(async () => {
    for (const child of [owner, desktop]) if (child) await endProgram(child);
    await display?.stop();
  });

  async function captureBy(keys: readonly string[]) {
    await selectBy(display, keys);
    const captured = await client.call('selection.capture', {});
    if (captured.status !== 'captured') throw new Error(captured.cause.code);
    return captured.selection;
  }

  describe.each(places)('in $name', ({ name, whole }) => {
    let opened: ChildProcess;

    beforeAll(async () => {
      const application = applications.find((one) => one.name === name);
      if (application === undefined) throw new Error(`there is no ${name}`);
      opened = await openApplication(display, application);
    });

    afterAll(async () => {
      if (opened) await endTree(opened);
    });

    it.each(ways.flatMap((one) => modes.map((mode) => ({ ...one, mode }))))(
      'is not pasted over when it was $way ($mode)',
      async ({ before, keys, mode }) => {
        const { text } = await captureBy(whole);
        const { targetId, editable } = await captureBy([...whole, ...before]);
        expect(editable).toBe('by-paste');
        await selectBy(display, keys);
        const answer = await client.call('selection.putBack', { targetId, text: replacement, mode });
        expect(answer).toMatchObject({ status: 'failed', cause: { code: 'put-back/changed' } });
        await expectClipboard(display, 1);
        expect((await captureBy(whole)).text).toBe(text);
      },
    );

    it.each(modes)('is pasted over when it is the same (%s)', async (mode) => {
      const { text, targetId } = await captureBy(whole);
      const answer = await client.call('selection.putBack', { targetId, text: replacement, mode });
      expect(answer).toMatchObject({ status: 'done', route: 'paste' });
      await sleep(300);
      await expectClipboard(display, 1);
      const wanted = mode === 'replace' ? replacement : `${text.trimEnd()}\n${replacement}`;
      // Blocks of a page are apart by more line's ends than were pasted.
      expect((await captureBy(whole)).text.trim().replaceAll(/\n+/g, '\n')).toBe(wanted);
      expect(await client.call('selection.undo', { targetId })).toMatchObject({ status: 'done' });
      await sleep(300);
      expect((await captureBy(whole)).text).toBe(text);
    });
  });

  it.each([
    ['before', 0],
    // What was selected was checked by then, and it is about to be asked for a copy.
    ['while', 120],
  ])(
    'in an office that stops answering %s an answer is put back is left alone, and so is the clipboard',
    async (_, ms) => {
      const application = applications.find(({ name }) => name === 'LibreOffice Writer, several paragraphs');
      if (application === undefined) throw new Error('there is no office');
      const opened = await openApplication(display, application);
      const { text, targetId, window } = await captureBy(['ctrl+Home', 'ctrl+shift+End']);
      const processId = window?.processId ?? 0;
      if (ms === 0) process.kill(processId, 'SIGSTOP');
      const answer = client.call('selection.putBack', { targetId, text: replacement, mode: 'replace' });
      if (ms > 0) await sleep(ms).then(() => process.kill(processId, 'SIGSTOP'));
      await answer.finally(() => process.kill(processId, 'SIGCONT'));
      expect(await answer).toMatchObject({ status: 'failed', cause: { code: 'put-back/refused' } });
      await sleep(1500);
      await expectClipboard(display, 1);
      expect((await captureBy(['ctrl+Home', 'ctrl+shift+End'])).text).toBe(text);
      await endTree(opened);
    },
  );
});
