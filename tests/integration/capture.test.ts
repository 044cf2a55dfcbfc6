import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { CaptureAnswer } from '../../contract/desktop.ts';
import { X11Connection } from '../../desktop/x11/x11-connection.ts';
import { Browser } from '../support/browser.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { expectClipboard, ownClipboard, pasteOnce } from '../support/paste-rounds.ts';
import { endProgram, sleep, stays, waitFor } from '../support/processes.ts';

const english = 'The ferry line ends its night service in November.';
const chinese = '渡轮公司十一月停开夜班船。';

const options = { display: { accessibility: true }, desktop: true } as const;

describeOnDesktop('selected text in real applications', options, (desk) => {
  const { display, desktop, client, after, keep, open, openNote, openPage, select, write } = desk;

  async function capture() {
    const answer: CaptureAnswer = await client.call('selection.capture', {});
    return answer.status === 'captured' ? answer.selection : answer.cause.code;
  }

  it('can be read and pasted over here: each way is tried, with what is selected and copied as it was', async () => {
    const owner = keep(await ownClipboard(display, 52));
    await openNote('Stays selected.');
    await select('Stays selected.', 'ctrl+a');
    const reports = await client.call('desktop.selfTest', {});
    expect(reports.map(({ route, status }) => `${route} ${status}`)).toEqual([
      'accessibility works',
      'clipboard works',
      'selection works',
      'copy works',
      'paste works',
    ]);
    expect(String(reports[0]?.values['names'])).toMatch(/mousepad/i);
    expect(await capture()).toMatchObject({ text: 'Stays selected.', fresh: true });
    await expectClipboard(display, 52);
    await endProgram(owner);
  });

  it('is read from its own place too where the application was busy for a moment', async () => {
    const { editor } = await openNote(english);
    const id = editor.pid ?? 0;
    await select(english, 'ctrl+a');
    process.kill(id, 'SIGSTOP');
    const captured = capture();
    // Longer than a question to an object waits for its answer, and not as long as one for PRIMARY after it.
    await sleep(450);
    process.kill(id, 'SIGCONT');
    expect(await captured).toMatchObject({ text: english, route: 'accessibility', editable: 'in-place' });
  });

  it('is found in mousepad, and put back in its very place, and taken back', async () => {
    const { editor } = await openNote(`First line.\n${english} ${chinese}\nLast line.`);
    await select(`${english} ${chinese}`, 'ctrl+Home', 'Down', 'Home', 'shift+End');
    const selection = await capture();
    expect(selection).toMatchObject({
      text: `${english} ${chinese}`,
      route: 'accessibility',
      editable: 'in-place',
      fresh: true,
      window: { application: expect.stringMatching(/mousepad/i) },
    });
    if (typeof selection === 'string') return;
    const { targetId } = selection;
    const text = '夜班船停开 (night service ends).';
    expect(await client.call('selection.putBack', { targetId, text, mode: 'replace' })).toMatchObject({
      status: 'done',
    });
    await expectWhole(`First line.\n${text}\nLast line.`);
    expect(await client.call('selection.undo', { targetId })).toMatchObject({ status: 'done' });
    await expectWhole(`First line.\n${english} ${chinese}\nLast line.`);
    // It is waited for while it is busy: what it was asked for it does however late.
    const whileBusy = async <Answer>(ask: () => Promise<Answer>) => {
      process.kill(editor.pid ?? 0, 'SIGSTOP');
      const answer = ask();
      // The time that the case is about: longer than a question waits for its answer.
      await sleep(1000);
      process.kill(editor.pid ?? 0, 'SIGCONT');
      return answer;
    };
    const input = { targetId, text, mode: 'replace' as const };
    expect(await whileBusy(() => client.call('selection.putBack', input))).toMatchObject({ status: 'done' });
    await expectWhole(`First line.\n${text}\nLast line.`);
    expect(await whileBusy(() => client.call('selection.undo', { targetId }))).toMatchObject({ status: 'done' });
    await expectWhole(`First line.\n${english} ${chinese}\nLast line.`);
  });

  it('is pasted over in Chromium, where nothing else works, with the clipboard as it was, 5 times', async () => {
    const page = await openPage('<textarea autofocus style="width:600px;height:300px"></textarea>');
    for (let round = 0; round < 5; round += 1) await pasteOnce(display, page, client, round);
  });

  it('is pasted over with each new answer, and the person pastes what they had copied, in a browser that keeps what it read', async () => {
    const page = await openPage('<textarea autofocus>one</textarea>');
    keep(await ownClipboard(display, 42));
    for (const text of ['two', 'three', 'four']) {
      await page.select('ctrl+a');
      const selection = await capture();
      if (typeof selection === 'string') throw new Error(selection);
      const input = { targetId: selection.targetId, text, mode: 'replace' as const };
      expect(await client.call('selection.putBack', input)).toMatchObject({ status: 'done', route: 'paste' });
      await page.press('End', 'space', 'ctrl+v');
      const pasted = `${text} ${display.selection('clipboard')}`;
      await waitFor('the person has pasted', async () => (await page.value()) === pasted);
      await page.select('ctrl+a');
      expect(await capture()).toMatchObject({ text: pasted });
    }
    expect(display.selection('clipboard')).toMatch(/number 42/);
  });

  it('pasted over is not taken back once something was typed after it, and what was typed stays', async () => {
    const page = await openPage('<textarea autofocus>one two three</textarea>');
    await page.select('ctrl+a');
    const selection = await capture();
    if (typeof selection === 'string') throw new Error(selection);
    const { targetId } = selection;
    const input = { targetId, text: 'It turns at noon.', mode: 'replace' as const };
    expect(await client.call('selection.putBack', input)).toMatchObject({ status: 'done' });
    await page.type(' I know.');
    expect(await client.call('selection.undo', { targetId })).toMatchObject({ cause: { code: 'put-back/changed' } });
    expect(await wholeText(page)).toBe('It turns at noon. I know.');
    await page.press('End', ...Array.from({ length: 8 }, () => 'BackSpace'));
    expect(await client.call('selection.undo', { targetId })).toMatchObject({ status: 'done' });
  });

  it('leaves the clipboard as it was even when the process that had it on loan is killed', async () => {
    // A page that pastes while the owner of the clipboard dies waits for it without an end (seen with Chromium 156).
    const page = await Browser.start(display);
    after(() => page.stop());
    await page.open('<textarea autofocus>one two three</textarea>');
    const owner = keep(await ownClipboard(display, 41));
    await page.select('ctrl+a');
    const selection = await capture();
    if (typeof selection === 'string') throw new Error(selection);
    const answer = client.call('selection.putBack', { targetId: selection.targetId, text: 'four', mode: 'replace' });
    answer.catch(() => {});
    await waitFor('the loan is out', () => display.selection('clipboard') === 'four');
    desktop.kill('SIGKILL');
    await endProgram(owner);
    await desk.startDesktopAgain();
    const reader = new X11Connection(display.env['DISPLAY']);
    await waitFor('somebody has the clipboard', async () => (await reader.selectionOwner('CLIPBOARD')) !== 0);
    await expectClipboard(display, 41);
    // What a person copies since is not overwritten by a later start.
    keep(display.start('xclip', ['-quiet', '-selection', 'clipboard', '-i', write('newer.txt', 'Newer.')]));
    await waitFor('it is copied', () => display.selection('clipboard') === 'Newer.');
    await endProgram(desktop);
    await desk.startDesktopAgain();
    await stays('what was copied is there', 300, () => display.selection('clipboard') === 'Newer.');
    reader.dispose();
  });

  it('that is not selected any more is not pasted over, and no key is pressed', async () => {
    const page = await openPage('<textarea autofocus>one two three</textarea>');
    await page.select('ctrl+a');
    const selection = await capture();
    if (typeof selection === 'string') throw new Error(selection);
    await page.select('End', 'shift+ctrl+Left');
    const input = { targetId: selection.targetId, text: 'lost', mode: 'replace' as const };
    expect(await client.call('selection.putBack', input)).toMatchObject({ cause: { code: 'put-back/changed' } });
    await page.select('ctrl+a');
    expect(await capture()).toMatchObject({ text: 'one two three' });
  });

  it.each([
    ['the caret went elsewhere', 'End', 'one two three'],
    ['the page wrote into its field', 'F8', 'other words'],
  ])(
    'that is selected no longer, with nothing else selected instead, is not pasted over: %s',
    async (_, key, after) => {
      const page = await openPage(
        `<textarea autofocus onkeydown="if (event.key === 'F8') value = 'other words'">one two three</textarea>`,
      );
      await page.select('ctrl+a');
      const selection = await capture();
      if (typeof selection === 'string') throw new Error(selection);
      await page.press(key);
      for (const mode of ['replace', 'insert-below'] as const) {
        const input = { targetId: selection.targetId, text: 'lost', mode };
        expect(await client.call('selection.putBack', input)).toMatchObject({ cause: { code: 'put-back/changed' } });
      }
      await page.select('ctrl+a');
      expect(await capture()).toMatchObject({ text: after });
    },
  );

  it.each(['猫', 'a', '👩‍👩‍👧'])('of one character (%s) is pasted over, in the middle of others', async (character) => {
    const page = await openPage(`<textarea autofocus>x${character}y</textarea>`);
    await page.select('ctrl+Home', 'Right', 'shift+Right');
    const selection = await capture();
    expect(selection).toMatchObject({ text: character });
    if (typeof selection === 'string') return;
    const input = { targetId: selection.targetId, text: 'cat', mode: 'replace' as const };
    expect(await client.call('selection.putBack', input)).toMatchObject({ status: 'done' });
    await page.select('ctrl+a');
    expect(await capture()).toMatchObject({ text: 'xcaty' });
  });

  it('is pasted over by a page that is busy for a while when the key comes', async () => {
    const busy = `if (event.ctrlKey && event.key === 'v') for (const end = Date.now() + 1800; Date.now() < end; );`;
    const page = await openPage(`<textarea autofocus onkeydown="${busy}">one two three</textarea>`);
    const owner = keep(await ownClipboard(display, 78));
    await page.select('ctrl+a');
    const selection = await capture();
    if (typeof selection === 'string') throw new Error(selection);
    const input = { targetId: selection.targetId, text: 'four', mode: 'replace' as const };
    expect(await client.call('selection.putBack', input)).toMatchObject({ status: 'done' });
    await expectClipboard(display, 78);
    await endProgram(owner);
    expect(await wholeText(page)).toBe('four');
  });

  it('is left alone when the window changes while a modifier is held, and no other window gets a key', async () => {
    const page = await openPage('<textarea autofocus>one two three</textarea>');
    const browser = display.xdotool('getwindowfocus');
    const typed = write('typed.txt', '');
    await open('xterm', ['-T', 'typed', '-e', 'sh', '-c', `stty raw -echo; exec cat > ${typed}`], /typed/);
    const terminal = display.xdotool('getwindowfocus');
    display.xdotool('windowactivate', '--sync', browser);
    await page.select('ctrl+a');
    const selection = await capture();
    if (typeof selection === 'string') throw new Error(selection);
    display.xdotool('keydown', 'shift');
    const input = { targetId: selection.targetId, text: 'lost', mode: 'replace' as const };
    const answer = client.call('selection.putBack', input);
    await stays('nothing is pressed while the key is held', 300, async () => (await page.value()) === 'one two three');
    display.xdotool('windowactivate', '--sync', terminal);
    display.xdotool('keyup', 'shift');
    expect(await answer).toMatchObject({ cause: { code: 'put-back/not-in-front' } });
    expect(readFileSync(typed, 'latin1')).toBe('');
    display.xdotool('windowactivate', '--sync', browser);
    expect(await wholeText(page)).toBe('one two three');
  });

  it('of a page is read, and a paste that nothing takes is said', async () => {
    const page = await openPage('<p>The tide turns at noon. 潮水正午转向。</p>');
    await page.select('ctrl+a');
    const selection = await capture();
    if (typeof selection === 'string') throw new Error(selection);
    expect(selection.text.trim()).toBe('The tide turns at noon. 潮水正午转向。');
    const owner = keep(await ownClipboard(display, 77));
    const input = { targetId: selection.targetId, text: 'lost', mode: 'replace' as const };
    expect(await client.call('selection.putBack', input)).toMatchObject({ cause: { code: 'put-back/not-editable' } });
    await expectClipboard(display, 77);
    await endProgram(owner);
  });

  async function wholeText(page: Browser): Promise<string> {
    await page.select('ctrl+a');
    const all = await capture();
    if (typeof all === 'string') throw new Error(all);
    return all.text;
  }

  /** The same in a window that is no page. */
  async function expectWhole(text: string): Promise<void> {
    await select(text, 'ctrl+a');
    expect(await capture()).toMatchObject({ text });
  }
});
