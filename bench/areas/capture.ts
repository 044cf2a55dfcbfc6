import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { XTest } from 'x11';
import { connectToCore, type SocketClient } from '../../core/socket/socket-client.ts';
import { X11Connection } from '../../desktop/x11/x11-connection.ts';
import { BeckonApp } from '../../tests/support/beckon-app.ts';
import { TestDisplay } from '../../tests/support/display.ts';
import { endProgram, sleep, waitFor } from '../../tests/support/processes.ts';
import { goals } from '../goals.ts';
import { judge } from '../results.ts';
import { requireBuild, runtimeName } from '../subjects/electron-subjects.ts';
import { longText } from '../tools/long-text.ts';
import { waitQuiet } from '../tools/machine.ts';
import type { Area } from './area.ts';

/** Keysyms of the default hotkey. */
const hotkey = [0xffe3, 0xffe1, 0x20] as const;
const selectedWords = 300;
const chipLimitMs = 3000;

/**
 * P4: from the hotkey to the selected text of mousepad, as core has it and as the page has it in its chip; the floor is
 * `xclip -o` as a whole process on the same selection. By turns.
 */
export const measureCapture: Area = async ({ runs, say }) => {
  requireBuild();
  const display = await TestDisplay.start({ accessibility: true });
  try {
    const file = join(display.folder, 'selected.txt');
    writeFileSync(file, longText(selectedWords, 1));
    const app = await BeckonApp.launch({ display, env: { BECKON_BUNDLED: '1' }, settings: { hotkeyProvedAt: 1 } });
    const editor = display.start('mousepad', [file]);
    const x = new X11Connection(display.env['DISPLAY']);
    try {
      await app.waitForCore();
      await waitFor('mousepad has the keyboard', () => /selected\.txt/.test(display.focusedTitle()), 30_000);
      await sleep(1500);
      display.press('ctrl+a');
      await app.overlay.evaluate(watchChips);
      const core = await connectToCore(app.profile);
      if (core === null) throw new Error('core does not answer on its socket');
      const nextInCore = watchCore(core.client);
      const press = await chord(x);
      const values: number[] = [];
      const inPage: number[] = [];
      const floors: number[] = [];
      let noisyRuns = 0;
      // The first call wakes what the later ones find awake.
      for (let run = 0; run <= runs; run += 1) {
        if (!(await waitQuiet())) noisyRuns += 1;
        const floor = xclipMs(display);
        const chip = app.overlay.evaluate(nextChip, chipLimitMs);
        const captured = nextInCore();
        await sleep(100);
        const pressedAt = performance.timeOrigin + performance.now();
        await press();
        const at = await chip;
        if (at === null) throw new Error('no selected text came after the hotkey');
        if (run > 0) {
          values.push((await captured) - pressedAt);
          inPage.push(at - pressedAt);
          floors.push(floor);
        }
        await sleep(400);
        display.press('Escape');
        await waitFor('mousepad has the keyboard again', () => /selected\.txt/.test(display.focusedTitle()));
        await sleep(300);
        if (run > 0 && run % 5 === 0) say(`capture: ${run} of ${runs}`);
      }
      core.dispose();
      const shared = { floors, subject: runtimeName(), noisyRuns };
      return [
        judge(goals.hotkeyToText, { ...shared, values }),
        judge(goals.hotkeyToChip, { ...shared, values: inPage }),
      ];
    } finally {
      x.dispose();
      await endProgram(editor);
      await app.close();
    }
  } finally {
    await display.stop();
  }
};

/** Tells when core says, over its socket to this process, that it has the next selection; milliseconds since 1970. */
function watchCore(core: SocketClient): () => Promise<number> {
  const context = core.watch('context');
  const selected = () =>
    context.getSnapshot()?.chips.find(({ kind, status }) => kind === 'selection' && status === 'ready')?.id;
  return () => {
    const before = selected();
    return new Promise((resolve) => {
      const stop = context.subscribe(() => {
        const now = selected();
        if (now === undefined || now === before) return;
        stop();
        resolve(performance.timeOrigin + performance.now());
      });
    });
  };
}

function xclipMs(display: TestDisplay): number {
  const startedAt = performance.now();
  const { stdout } = spawnSync('xclip', ['-o', '-selection', 'primary'], { env: display.env });
  const ms = performance.now() - startedAt;
  if (stdout.length < selectedWords) throw new Error('xclip did not read the selection');
  return ms;
}

/** Presses the hotkey by XTEST from this process, so that no program has to start in between. */
async function chord(x: X11Connection): Promise<() => Promise<void>> {
  const client = await x.client();
  const { min_keycode: first, max_keycode: last } = (await x.ready) as unknown as Record<string, number>;
  const rows = await new Promise<readonly (readonly number[])[]>((resolve, reject) => {
    const [from, to] = [first ?? 8, last ?? 255];
    client.GetKeyboardMapping(from, to - from + 1, (error, list) => (error ? reject(error) : resolve(list)));
  });
  const codes = hotkey.map((keysym) => rows.findIndex((row) => row.includes(keysym)) + (first ?? 8));
  const test = await new Promise<XTest>((resolve, reject) => {
    client.require('xtest', (error, extension) => (error ? reject(error) : resolve(extension)));
  });
  return () => {
    for (const code of codes) test.FakeInput(test.KeyPress, code, 0, 0, 0, 0);
    for (const code of [...codes].reverse()) test.FakeInput(test.KeyRelease, code, 0, 0, 0, 0);
    return new Promise((resolve) => {
      client.QueryKeymap(() => resolve());
    });
  };
}

interface PageGlobals {
  readonly beckon: { onMessage(listener: (message: unknown) => void): () => void };
  beckonChip?: ((at: number | null) => void) | null;
}

/** Runs inside the page: tells when the chip of a selection reaches it. */
function watchChips(): void {
  const page = globalThis as unknown as PageGlobals;
  page.beckon.onMessage((message) => {
    const text = JSON.stringify(message);
    if (!text.includes('"kind":"selection"') || !text.includes('"status":"ready"')) return;
    page.beckonChip?.(performance.timeOrigin + performance.now());
    page.beckonChip = null;
  });
}

/** Runs inside the page: when the next chip came, in milliseconds since 1970; null when none did. */
function nextChip(limitMs: number): Promise<number | null> {
  const page = globalThis as unknown as PageGlobals;
  return new Promise((resolve) => {
    page.beckonChip = resolve;
    setTimeout(() => resolve(null), limitMs);
  });
}
