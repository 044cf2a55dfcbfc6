import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectToCore } from '../../core/socket/socket-client.ts';
import { X11Connection } from '../../desktop/x11/x11-connection.ts';
import { BeckonApp } from '../../tests/support/beckon-app.ts';
import { TestDisplay } from '../../tests/support/display.ts';
import { endProgram, sleep, waitFor } from '../../tests/support/processes.ts';
import { goals } from '../goals.ts';
import { judge } from '../results.ts';
import { requireBuild, runtimeName } from '../subjects/electron-subjects.ts';
import { longText } from '../tools/long-text.ts';
import { waitQuiet } from '../tools/machine.ts';
import { chord } from '../tools/real-keys.ts';
import { watchSelections } from '../tools/watch-core.ts';
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
      const nextInCore = watchSelections(core.client);
      const press = await chord(x, hotkey);
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

function xclipMs(display: TestDisplay): number {
  const startedAt = performance.now();
  const { stdout } = spawnSync('xclip', ['-o', '-selection', 'primary'], { env: display.env });
  const ms = performance.now() - startedAt;
  if (stdout.length < selectedWords) throw new Error('xclip did not read the selection');
  return ms;
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
