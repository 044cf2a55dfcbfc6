import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SettingsPatch } from '../../contract/settings.ts';
import { BeckonApp, checkout, readySettings, testModels } from '../support/beckon-app.ts';
import { TestDisplay } from '../support/display.ts';
import { endProgram, run, sleep, waitFor } from '../support/processes.ts';

const media = join(checkout, 'docs', 'media');
const hotkey = 'ctrl+shift+space';
const model = 'qwen2.5-coder-1.5b-instruct-q4_k_m';

/** One person's journey: an application, the hotkey, a question, an answer, and back. */
async function journey(name: string, settings: SettingsPatch, question: string, film: boolean): Promise<void> {
  const display = await TestDisplay.start();
  const app = await BeckonApp.launch({
    display,
    settings: { ...readySettings, modelId: model, ...settings },
    models: testModels,
  });
  const shoot = async (part: string) => {
    await sleep(250);
    display.screenshot(join(media, `${name}-${part}.png`));
  };
  try {
    await app.waitForCore();
    display.start('mousepad', ['--disable-server']);
    await waitFor('the editor is there', () => /Mousepad/i.test(display.focusedTitle()));
    display.type('Minutes, Tuesday. The board met to talk about the ferry line.');
    const recorder = film ? await startFilm(display, name) : null;
    await sleep(600);
    display.press(hotkey);
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
    await shoot('called');
    await app.overlay.locator('.ask-input').pressSequentially(question, { delay: 30 });
    await shoot('typed');
    display.press('Return');
    await waitFor(
      'words appear',
      async () => (await app.overlay.locator('.markdown').allTextContents()).join('').length > 30,
      120_000,
    );
    await shoot('writing');
    await app.overlay.waitForSelector('.receipt', { timeout: 180_000 });
    await shoot('answer');
    display.press('ctrl+k');
    await shoot('actions');
    display.press('Escape');
    display.press('ctrl+o');
    await waitFor('the main window is there', () => app.electron.windows().length > 1);
    await sleep(1200);
    await shoot('chats');
    const window = app.electron.windows().find((page) => page.url().includes('window.html'));
    for (const [index, page] of ['models', 'settings'].entries()) {
      await window
        ?.locator('.rail-button')
        .nth(index + 1)
        .click();
      await sleep(700);
      await shoot(page);
    }
    if (recorder !== null) await endProgram(recorder, 5000);
  } finally {
    await app.close();
    await display.stop();
  }
}

/** Text that was selected in an editor: taken along, corrected, what changed shown, put back in its place. */
async function selection(name: string, settings: SettingsPatch, text: string, filter: string): Promise<void> {
  const display = await TestDisplay.start({ accessibility: true });
  const app = await BeckonApp.launch({
    display,
    settings: { ...readySettings, modelId: model, ...settings },
    models: testModels,
  });
  const shoot = async (part: string) => {
    await sleep(400);
    display.screenshot(join(media, `${name}-${part}.png`));
  };
  const pressInOverlay = async (...keys: readonly string[]) => {
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
    display.press(...keys);
  };
  try {
    await app.waitForCore();
    const note = join(display.folder, 'minutes.txt');
    writeFileSync(note, `${text}\n`);
    display.start('mousepad', ['--disable-server', note]);
    await waitFor('the editor is there', () => /minutes/.test(display.focusedTitle()));
    await sleep(800);
    display.press('ctrl+Home', 'shift+End');
    await sleep(200);
    display.press(hotkey);
    await app.overlay.waitForSelector('.chip.on');
    await shoot('selection');
    await app.overlay.locator('.ask-input').pressSequentially(filter, { delay: 60 });
    await shoot('action');
    await pressInOverlay('Return');
    await app.overlay.waitForSelector('.receipt', { timeout: 180_000 });
    await shoot('changes');
    await pressInOverlay('Return');
    await waitFor('it is put back', () => !display.visibleTitles().includes('Beckon'));
    await shoot('put-back');
  } finally {
    await app.close();
    await display.stop();
  }
}

/** A short film where ffmpeg is there; the screenshots do without. */
async function startFilm(display: TestDisplay, name: string): Promise<ReturnType<typeof spawn> | null> {
  try {
    run('ffmpeg', ['-version']);
  } catch {
    return null;
  }
  const args = [
    '-loglevel',
    'error',
    '-y',
    '-f',
    'x11grab',
    '-framerate',
    '12',
    '-video_size',
    '1280x800',
    '-i',
    display.env['DISPLAY'] ?? '',
    '-pix_fmt',
    'yuv420p',
    '-crf',
    '30',
    join(media, `${name}.mp4`),
  ];
  return spawn('ffmpeg', args, { env: display.env, stdio: 'ignore' });
}

/** The first minute: the box asks for the hotkey and goes on when it was pressed. */
async function firstMinute(name: string, settings: SettingsPatch): Promise<void> {
  const display = await TestDisplay.start();
  const models = mkdtempSync(join(tmpdir(), 'beckon-no-models-'));
  const app = await BeckonApp.launch({
    display,
    settings: { ...settings, firstRunDone: false, modelId: null },
    models,
  });
  try {
    await app.overlay.waitForSelector('.first-run');
    await waitFor('the model arrives', async () => (await app.overlay.locator('.bar').count()) > 0, 40_000).catch(
      () => {},
    );
    await sleep(1500);
    display.screenshot(join(media, `${name}-first.png`));
  } finally {
    await app.close();
    await display.stop();
    rmSync(models, { recursive: true, force: true });
  }
}

mkdirSync(media, { recursive: true });
await journey(
  'en-light',
  { language: 'en', theme: 'light' },
  'Explain in three short bullet points why ferries need night crews, then show a tiny Python function that adds two numbers.',
  true,
);
await journey('zh-dark', { language: 'zh-CN', theme: 'dark' }, '用一个两列的表格列出三种茶和它们的特点。', false);
await selection(
  'en-light',
  { language: 'en', theme: 'light' },
  'The board meet on Tuesday and aproved the budget. Anna will sends the minutes.',
  'corr',
);
await selection(
  'zh-dark',
  { language: 'zh-CN', theme: 'dark' },
  '今天的会议在下午三点开使，请大家按时参加，不要迟道。',
  'jz',
);
await firstMinute('en-light', { language: 'en', theme: 'light' });
await firstMinute('zh-dark', { language: 'zh-CN', theme: 'dark' });
