import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { desktopContract } from '../../contract/desktop.ts';
import { X11Connection } from '../../desktop/x11/x11-connection.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { TestDisplay } from '../support/display.ts';
import { expectClipboard, ownClipboard } from '../support/paste-rounds.ts';
import { makePdf } from '../support/pdf.ts';
import { endProgram, sleep, waitFor } from '../support/processes.ts';

const text = 'The tide turns at noon. 潮水正午转向。';
const rounds = 20;

interface Application {
  readonly name: string;
  readonly command: string;
  readonly file: string;
  readonly content: string | Buffer;
  readonly select: readonly string[];
  /** With every kind of white space taken for one space. */
  readonly captured: string;
  readonly settleMs: number;
  /** Where it is told by accessibility otherwise: as on a desktop without that. */
  readonly withoutAccessibility?: true;
}

/** What docs/applications.md says of each. */
const applications: readonly Application[] = [
  {
    name: 'Gnumeric (GTK 3), cells',
    command: 'gnumeric',
    file: 'note.csv',
    content: 'one,two\nthree,潮水\n',
    select: ['ctrl+Home', 'shift+ctrl+End'],
    captured: 'one two three 潮水',
    settleMs: 4000,
  },
  {
    name: 'Evince (GTK 3), PDF',
    command: 'evince',
    file: 'note.pdf',
    content: makePdf([text]),
    select: ['ctrl+a'],
    captured: text,
    settleMs: 3000,
  },
  {
    name: 'FeatherPad (Qt 5) without accessibility',
    command: 'featherpad',
    file: 'note.txt',
    content: text,
    select: ['ctrl+a'],
    captured: text,
    settleMs: 2000,
    withoutAccessibility: true,
  },
];

/** The key is held down as it is when a person presses it, and a window over the application has the keyboard. */
describe('what only a copy gives', () => {
  let display: TestDisplay;
  let x: X11Connection;
  let overlay: ChildProcess;
  let client: WireClient<typeof desktopContract>;
  const opened: ChildProcess[] = [];

  beforeAll(async () => {
    display = await TestDisplay.start({ accessibility: true });
    x = new X11Connection(display.env['DISPLAY']);
    const script = join(checkout, 'tests', 'fakes', 'copying-window.ts');
    overlay = spawn(nodeExecutable, [script, 'beckon', 'overlay', 'ignores'], {
      env: display.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await waitFor('the overlay is there', () => display.focusedTitle() === 'overlay');
  });

  async function startDesktop({ withoutAccessibility }: Application): Promise<void> {
    const noBus = withoutAccessibility ? { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' } : {};
    const desktop = spawn(nodeExecutable, [join(checkout, 'desktop', 'entry.ts')], {
      env: { ...display.env, ...noBus, BECKON_SHELL_PID: String(overlay.pid) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    opened.push(desktop);
    client = new WireClient(createProcessChannel(desktop), desktopContract);
    await client.call('desktop.describe', {});
  }

  afterEach(async () => {
    for (const child of opened.splice(0)) await endProgram(child);
  });

  afterAll(async () => {
    x?.dispose();
    if (overlay) await endProgram(overlay);
    await display?.stop();
  });

  async function open(application: Application): Promise<ChildProcess> {
    const { command, file, content, settleMs, select } = application;
    await startDesktop(application);
    const folder = join(display.folder, 'files');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, file), content);
    const child = display.start(command, [join(folder, file)]);
    opened.push(child);
    await waitFor(`${command} has the keyboard`, () => /note/.test(display.focusedTitle()), 60_000);
    await sleep(settleMs);
    display.press(...select);
    await sleep(500);
    return child;
  }

  it.each(applications)(
    `$name: read, with the clipboard and the focus as they were, ${rounds} times`,
    async (application) => {
      await open(application);
      for (let round = 0; round < rounds; round += 1) {
        const owner = await ownClipboard(display, round);
        display.xdotool('search', '--name', '^overlay$', 'windowactivate', '--sync');
        display.xdotool('keydown', 'ctrl', 'keydown', 'shift');
        const answer = await client.call('selection.capture', {});
        display.xdotool('keyup', 'shift', 'keyup', 'ctrl');
        expect(answer).toMatchObject({ status: 'captured', selection: { route: 'copy', editable: 'no', fresh: true } });
        if (answer.status !== 'captured') return;
        expect(answer.selection.text.trim().replaceAll(/\s+/g, ' ')).toBe(application.captured);
        expect(display.focusedTitle()).toBe('overlay');
        await expectClipboard(display, round);
        await endProgram(owner);
      }
    },
  );

  it.each(applications)(
    '$name: copies late when it was stopped, and the clipboard stays as it was',
    async (application) => {
      const child = await open(application);
      const owner = await ownClipboard(display, 50);
      const stopped = child.pid ?? 0;
      process.kill(stopped, 'SIGSTOP');
      const answer = await client.call('selection.capture', {});
      process.kill(stopped, 'SIGCONT');
      expect(answer).toMatchObject({ status: 'failed', cause: { code: 'capture/not-answering' } });
      await sleep(1500);
      await expectClipboard(display, 50);
      await endProgram(owner);
    },
  );
});
