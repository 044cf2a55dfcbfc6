import { mkdirSync, writeFileSync } from 'node:fs';
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
import { watchCalls, watchPutBacks, watchSelections } from '../tools/watch-core.ts';
import type { Area } from './area.ts';

/** Keysyms of the default hotkey, of the action's, and of Enter. */
const keys = { hotkey: [0xffe3, 0xffe1, 0x20], action: [0xffe3, 0xffe9, 0x6a], enter: [0xff0d] } as const;
const selectedWords = 300;
const limitMs = 20_000;
const selected = longText(selectedWords, 1);
/** Nothing but the answer has them in capitals. */
const shownWords = selected.slice(0, 24).toUpperCase();
const capitals = {
  ...{ atom: 2, id: 'capitals', name: { en: 'Capitals', 'zh-CN': '大写' }, input: 'selection', output: 'replace' },
  steps: [{ do: 'case', to: 'upper' }],
};

/**
 * P19: from the key of an action without a model to its answer, and from Enter to the answer in mousepad, as core has read it there
 * again. The floor is what none of it can do without: from the hotkey to the selected text in core (P4) by turns, and that
 * same way from Enter on.
 */
export const measureAction: Area = async ({ runs, say }) => {
  requireBuild();
  const display = await TestDisplay.start({ accessibility: true });
  try {
    const file = join(display.folder, 'selected.txt');
    writeFileSync(file, selected);
    const app = await launch(display);
    const editor = display.start('mousepad', ['--disable-server', file]);
    const x = new X11Connection(display.env['DISPLAY']);
    const core = await connectToCore(app.profile);
    try {
      if (core === null) throw new Error('core does not answer on its socket');
      await waitFor('mousepad has the keyboard', () => /selected\.txt/.test(display.focusedTitle()), 30_000);
      await sleep(1500);
      const [hotkey, action, enter] = [
        await chord(x, keys.hotkey),
        await chord(x, keys.action),
        await chord(x, keys.enter),
      ];
      const [selection, putBack] = [watchSelections(core.client), watchPutBacks(core.client)];
      const begun = watchCalls(core.client);
      const timed = { display, app, selection, begun, putBack, hotkey, action, enter };
      const values: number[] = [];
      const floors: number[] = [];
      let noisyRuns = 0;
      // The first round wakes what the later ones find awake.
      for (let run = 0; run <= runs; run += 1) {
        if (!(await waitQuiet())) noisyRuns += 1;
        const capturing = await captureMs(timed);
        const { beginning, answering, writing } = await actionMs(timed);
        const ms = [capturing, beginning, answering, writing].map((one) => Math.round(one)).join(', ');
        say(`action: ${run} of ${runs}: to the selected text, to an answer begun, to it shown, from Enter on ${ms} ms`);
        if (run > 0) {
          values.push(answering + writing);
          floors.push(capturing + writing);
        }
      }
      return [judge(goals.plainAction, { values, floors, subject: runtimeName(), noisyRuns })];
    } finally {
      core?.dispose();
      x.dispose();
      await endProgram(editor);
      await app.close();
    }
  } finally {
    await display.stop();
  }
};

interface Timed {
  readonly display: TestDisplay;
  readonly app: BeckonApp;
  readonly selection: () => Promise<number>;
  readonly begun: () => Promise<number>;
  readonly putBack: () => Promise<number>;
  readonly hotkey: () => Promise<void>;
  readonly action: () => Promise<void>;
  readonly enter: () => Promise<void>;
}

async function launch(display: TestDisplay): Promise<BeckonApp> {
  const app = await BeckonApp.launch({
    ...{ display, env: { BECKON_BUNDLED: '1' } },
    settings: { hotkeyProvedAt: 1, actionHotkeys: { capitals: 'Control+Alt+J' }, modelId: null, offline: true },
    fill: (profile) => writeAtom(profile),
  });
  await app.waitForCore();
  await app.waitForDesktop();
  return app;
}

function writeAtom(profile: string): void {
  const folder = join(profile, 'atoms');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'capitals.json'), JSON.stringify(capitals));
}

async function captureMs({ display, selection, hotkey }: Timed): Promise<number> {
  display.press('ctrl+a');
  await sleep(300);
  const captured = selection();
  const pressedAt = now();
  await hotkey();
  const ms = (await within(captured, 'selected text')) - pressedAt;
  await sleep(400);
  // The answer of the round before goes.
  display.press('ctrl+n', 'Escape');
  await inEditor(display);
  return ms;
}

/** From the key to the answer in the page, and from Enter to the answer in the editor; it is undone afterwards. */
async function actionMs({
  display,
  app,
  begun,
  putBack,
  action,
  enter,
}: Timed): Promise<Readonly<Record<'beginning' | 'answering' | 'writing', number>>> {
  display.press('ctrl+a');
  await sleep(300);
  const answered = app.overlay.evaluate(whenShown, { words: shownWords, limit: limitMs });
  await sleep(100);
  const began = begun();
  const pressedAt = now();
  await action();
  const at = await answered;
  if (at === null) throw new Error('no answer came after the key');
  const beganAt = await within(began, 'answer begun');
  await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
  const back = putBack();
  const enteredAt = now();
  await enter();
  const writing = (await within(back, 'text in place')) - enteredAt;
  await inEditor(display);
  display.press('ctrl+z', 'ctrl+z');
  await sleep(400);
  return { beginning: beganAt - pressedAt, answering: at - pressedAt, writing };
}

async function inEditor(display: TestDisplay): Promise<void> {
  await waitFor('mousepad has the keyboard again', () => /selected\.txt/.test(display.focusedTitle()));
  await sleep(300);
}

async function within(told: Promise<number>, what: string): Promise<number> {
  const given = sleep(limitMs).then(() => Promise.reject(new Error(`no ${what} after the key`)));
  return Promise.race([told, given]);
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

/** Runs inside the page: when it shows these words, in milliseconds since 1970; null when it never does. */
function whenShown({ words, limit }: { readonly words: string; readonly limit: number }): Promise<number | null> {
  const { body } = document;
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (body.textContent?.includes(words) !== true) return;
      observer.disconnect();
      resolve(performance.timeOrigin + performance.now());
    });
    observer.observe(body, { childList: true, subtree: true, characterData: true });
    setTimeout(() => resolve(null), limit);
  });
}
