import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { desktopContract } from '../../contract/desktop.ts';
import { SelectionReader } from '../../desktop/x11/read-selection.ts';
import { SelectionOwner } from '../../desktop/x11/selection-owner.ts';
import { X11Connection } from '../../desktop/x11/x11-connection.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { nodeEntry, nodeExecutable } from '../support/beckon-app.ts';
import { type FakeWindow, openWindow } from '../support/copying-window.ts';
import type { TestDisplay } from '../support/display.ts';
import { type DesktopOptions, describeOnDesktop } from '../support/on-desktop.ts';
import { expectClipboard, ownClipboard, untilAnswered } from '../support/paste-rounds.ts';
import { endProgram, sleep, stays, waitFor } from '../support/processes.ts';

const selected = 'The tide turns at noon. 潮水正午转向。';
/** In real applications and more often: in the long tests. */
const rounds = 5;

/**
 * The copy that is asked for while Beckon's own window has the keyboard, in windows that do every thing an application might.
 * Real applications that need it are in the long tests.
 */
let x: X11Connection;
let overlay: FakeWindow;
let desktop: ChildProcess;
let client: WireClient<typeof desktopContract>;

const options: DesktopOptions = {
  display: { accessibility: true },
  stage: async (display, ends) => {
    x = ends.adopt(new X11Connection(display.env['DISPLAY']), (connection) => connection.dispose());
    overlay = await openWindow(display, 'beckon', 'overlay', 'ignores', selected);
    ends.defer(() => endProgram(overlay.process));
    await startDesktop(display);
    // It is another one after a case that killed it.
    ends.defer(() => endProgram(desktop));
  },
};

describeOnDesktop('text that only a copy gives', options, ({ display, keep, write }) => {
  /** An application in front, with Beckon's own window over it, which has the keyboard. */
  async function openApplication(application: string, does: string, text = selected): Promise<FakeWindow> {
    const window = await openWindow(display, application, 'document', does, text);
    keep(window.process);
    display.xdotool('search', '--name', '^overlay$', 'windowactivate', '--sync');
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'overlay');
    return window;
  }

  async function capture() {
    const answer = await client.call('selection.capture', {});
    return answer.status === 'captured' ? answer.selection : answer.cause.code;
  }

  /** The same of an application that copies, asked again while it did not have its turn in the time that a person waits. */
  async function captureInTurn() {
    return waitFor('it had its turn', async () => {
      const answer = await capture();
      return answer !== 'capture/not-answering' && answer;
    });
  }

  /**
   * The capture, begun, of which a window was sent the key. On a busy machine saving the clipboard may take so long that a capture
   * ends without having asked at all, which is another case.
   */
  function asked(window: FakeWindow) {
    const isAsked = () => window.said().includes('key');
    return waitFor('it was asked', async () => {
      const answer = capture();
      let ended = false;
      const end = () => {
        ended = true;
      };
      void answer.then(end, end);
      await waitFor('it was asked, or it will not be', () => ended || isAsked());
      return (isAsked() || (await waitFor('it was asked after all', isAsked, 2000).catch(() => false))) && { answer };
    });
  }

  const leaseFiles = () => readdirSync(display.env['XDG_RUNTIME_DIR'] ?? '').filter((name) => /clipboard/.test(name));

  it(`is read without a change of the focus, and all four formats of the clipboard stay as they were, ${rounds} times`, async () => {
    const window = await openApplication('gnumeric', 'copies');
    for (let round = 0; round < rounds; round += 1) {
      const owner = keep(await ownClipboard(display, round));
      expect(await captureInTurn()).toMatchObject({ text: selected, route: 'copy', editable: 'no', fresh: true });
      await expectClipboard(display, round);
      await endProgram(owner);
      await expectClipboard(display, round);
    }
    expect(display.focusedTitle()).toBe('overlay');
    expect(overlay.said()).toBe('');
    expect(window.said()).toMatch(/^(key \d+\ncopied\nlost\n)+$/);
  });

  it('is given back when the process that asked for it is killed in the middle', async () => {
    for (const does of ['copies-and-is-silent', 'copies-late']) {
      const window = await openApplication('gnumeric', does);
      const owner = keep(await ownClipboard(display, 61));
      const { answer } = await asked(window);
      // The moment of the death, which is what the case is about.
      await sleep(30);
      desktop.kill('SIGKILL');
      await answer.catch(() => {});
      await endProgram(owner);
      await endProgram(window.process);
      await startDesktop(display);
      await waitFor('somebody has the clipboard', async () => (await x.selectionOwner('CLIPBOARD')) !== 0);
      await expectClipboard(display, 61);
    }
  });

  it('is taken out of the clipboard by the next process when the one that asked for it was killed', async () => {
    const window = await openApplication('gnumeric', 'copies', '4000000');
    const owner = keep(await ownClipboard(display, 62));
    const { answer } = await asked(window);
    await waitFor('it was copied', () => window.said().includes('copied'));
    desktop.kill('SIGKILL');
    await answer.catch(() => {});
    await endProgram(owner);
    await startDesktop(display);
    await waitFor('it is taken out', () => window.said().includes('lost'));
    await expectClipboard(display, 62);
  });

  it('is not there in an application that ignores the copy, and one that copies late is refused', async () => {
    const owner = keep(await ownClipboard(display, 63));
    await openApplication('gnumeric', 'ignores');
    expect(await captureInTurn()).toBe('capture/nothing-selected');
    await expectClipboard(display, 63);
    const window = await openApplication('gnumeric', 'copies-late');
    expect(await (await asked(window)).answer).toBe('capture/not-answering');
    window.goOn();
    await waitFor('it has tried', () => /copied|refused/.test(window.said()));
    expect(window.said()).toMatch(/refused/);
    await expectClipboard(display, 63);
    await endProgram(owner);
  });

  it('of one that copies late as of then is taken out again, and what a person copies there later is not', async () => {
    const owner = keep(await ownClipboard(display, 68));
    const window = await openApplication('gnumeric', 'copies-late-as-of-now');
    expect(await (await asked(window)).answer).toBe('capture/not-answering');
    window.goOn();
    await waitFor('it has copied, and lost it', () => /copied\nlost/.test(window.said()));
    await expectClipboard(display, 68);
    display.xdotool('search', '--name', '^document$', 'windowactivate', '--sync');
    display.press('x');
    await waitFor('a person has copied', () => /copied\nlost\nkey \d+\ncopied/.test(window.said()));
    await stays('what the person copied is there', 200, () => window.said().endsWith('copied\n'));
    expect(window.said()).toMatch(/copied\n$/);
    await waitFor('nothing is kept on the disk', () => leaseFiles().length === 0);
    await endProgram(owner);
  });

  it('is taken out again from one that copies as of now, and in pieces', async () => {
    const owner = keep(await ownClipboard(display, 64));
    await openApplication('gnumeric', 'copies-as-of-now', '400000');
    expect(await captureInTurn()).toMatchObject({
      text: expect.stringMatching(/^(潮水 tide ){50000}$/),
      route: 'copy',
    });
    await expectClipboard(display, 64);
    await endProgram(owner);
  });

  it('is taken out again from one that copies as of now and is too busy then to say when', async () => {
    const owner = keep(await ownClipboard(display, 66));
    const window = await openApplication('gnumeric', 'copies-as-of-now-and-is-silent');
    expect(await (await asked(window)).answer).toBe('capture/not-answering');
    await waitFor('it is taken out', () => window.said().includes('lost'));
    await expectClipboard(display, 66);
    await endProgram(owner);
  });

  it('is not taken for what a third program copies at the same moment, which stays', async () => {
    for (const does of ['ignores', 'copies-and-is-silent']) {
      const window = await openApplication('gnumeric', does);
      const owner = keep(await ownClipboard(display, 65));
      const { answer } = await asked(window);
      const utf8 = await x.atom('UTF8_STRING');
      const formats = [{ target: utf8, type: utf8, units: 8, data: Buffer.from('Of a third.') }];
      const nobody = { onRequest: () => {}, onLost: () => {} };
      const third = await SelectionOwner.own(x, await new SelectionReader(x).window(), 'CLIPBOARD', formats, nobody);
      expect(await answer).toMatch(/^capture\/(nothing-selected|not-answering)$/);
      expect(third.owns).toBe(true);
      await waitFor('nothing is kept on the disk', () => leaseFiles().length === 0);
      await third.release();
      await endProgram(owner);
    }
  });

  it('leaves the selection of another window as it was where an application takes that along', async () => {
    const held = write('selected', 'Selected elsewhere.');
    keep(display.start('xclip', ['-quiet', '-selection', 'primary', '-i', held]));
    const reader = new SelectionReader(x);
    const primary = async () =>
      (await untilAnswered('it is told', () => reader.read('PRIMARY', 'UTF8_STRING')))?.toString();
    await waitFor('it is selected', async () => (await primary()) === 'Selected elsewhere.');
    await openApplication('gnumeric', 'copies-both');
    expect(await captureInTurn()).toMatchObject({ text: selected, route: 'copy' });
    expect(await primary()).toBe('Selected elsewhere.');
    expect(await captureInTurn()).toMatchObject({ text: selected, route: 'copy' });
    expect(await primary()).toBe('Selected elsewhere.');
  });

  it('leaves an empty clipboard empty', async () => {
    await endProgram(desktop);
    await startDesktop(display);
    expect(await x.selectionOwner('CLIPBOARD')).toBe(0);
    await openApplication('gnumeric', 'copies');
    expect(await captureInTurn()).toMatchObject({ text: selected, route: 'copy' });
    expect(await x.selectionOwner('CLIPBOARD')).toBe(0);
  });

  it('is not asked for in any application that is not known to need it, and no key is sent to a terminal', async () => {
    const owner = keep(await ownClipboard(display, 66));
    for (const application of ['emacs', 'xterm', 'libreoffice-calc', 'some-program']) {
      const window = await openApplication(application, 'copies');
      expect(await captureInTurn()).toMatch(/not-shown|terminal-protected/);
      expect(window.said()).toBe('');
    }
    // Even one that calls itself something else is sent none: a process of it holds a terminal.
    const typed = write('typed', '');
    const catching = `stty -echo -isig; exec cat > '${typed}'`;
    keep(display.start('xterm', ['-class', 'gnumeric', '-T', 'disguised', '-e', 'sh', '-c', catching]));
    await waitFor('it has the keyboard', () => display.focusedTitle() === 'disguised');
    expect(await captureInTurn()).toBe('capture/nothing-selected');
    await stays('nothing is typed', 200, () => readFileSync(typed, 'utf8') === '');
    await expectClipboard(display, 66);
    await endProgram(owner);
  });

  it('is never asked for where the focus is in a password field', async () => {
    const owner = keep(await ownClipboard(display, 67));
    const before = await x.selectionOwner('CLIPBOARD');
    keep(display.start('zenity', ['--password', '--class=gnumeric', '--title=secret-box']));
    await waitFor('it has the keyboard', () => display.focusedTitle() === 'secret-box', 20_000);
    display.type('hunter2');
    display.press('ctrl+a');
    expect(await captureInTurn()).toBe('capture/password-field');
    expect(await x.selectionOwner('CLIPBOARD')).toBe(before);
    await endProgram(owner);
  });

  it('writes no secret to the disk, and gives it back', async () => {
    await openApplication('gnumeric', 'copies-and-is-silent');
    const held = write('held', 'secret');
    const manager = ['-quiet', '-selection', 'clipboard', '-t', 'x-kde-passwordManagerHint', '-i', held];
    keep(display.start('xclip', manager));
    await waitFor('it is held', async () => (await x.selectionOwner('CLIPBOARD')) !== 0);
    const answer = capture();
    const seen: string[] = [];
    let ended = false;
    void answer.then(() => {
      ended = true;
    });
    while (!ended) {
      seen.push(...leaseFiles());
      await sleep(5);
    }
    expect(await answer).toBe('capture/not-answering');
    expect(seen).toEqual([]);
    const reader = new SelectionReader(x);
    const hint = await untilAnswered('it is told', () => reader.read('CLIPBOARD', 'x-kde-passwordManagerHint'));
    expect(hint?.toString()).toBe('secret');
    expect(existsSync(held)).toBe(true);
  });
});

async function startDesktop(display: TestDisplay): Promise<void> {
  desktop = spawn(nodeExecutable, [nodeEntry('desktop')], {
    env: { ...display.env, BECKON_SHELL_PID: String(overlay.process.pid) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  client = new WireClient(createProcessChannel(desktop), desktopContract);
  await client.call('desktop.describe', {});
}
