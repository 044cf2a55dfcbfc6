import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BeckonApp, requireModel, smallModel } from '../support/beckon-app.ts';
import { TestDisplay } from '../support/display.ts';
import { run, sleep, waitFor } from '../support/processes.ts';

interface Seen {
  compositions: string[];
  keys: string[];
}

/** Notes in the page what the input method sends, so that the test knows that a real composition went on. */
function watchCompositions(): void {
  const seen: Seen = { compositions: [], keys: [] };
  Object.assign(globalThis, { seen });
  for (const name of ['compositionstart', 'compositionend'] as const) {
    document.addEventListener(name, (event) => seen.compositions.push(`${name} ${event.data}`), true);
  }
  document.addEventListener(
    'keydown',
    (event) => seen.keys.push(`${event.key} ${event.keyCode} ${event.isComposing}`),
    true,
  );
}

describe('Chinese through a real input method', () => {
  let display: TestDisplay;
  let app: BeckonApp;

  beforeAll(async () => {
    requireModel(smallModel);
    display = await TestDisplay.start({ inputMethod: true });
    app = await BeckonApp.launch({ display, settings: { language: 'zh-CN' } });
    await app.waitForCore();
    await app.overlay.evaluate(watchCompositions);
  });

  afterAll(async () => {
    await app?.close();
    await display?.stop();
  });

  const seen = () => app.overlay.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
  const box = () => app.overlay.inputValue('.ask-input');
  const chats = async () => ((await app.ask('conversation.list', { query: '', limit: 10 })).value as unknown[]).length;

  it('is typed into the overlay, where Enter on a candidate never sends', async () => {
    await display.openTerminal();
    display.press('ctrl+shift+space');
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
    await waitFor('pinyin is chosen for the box', () => {
      run('fcitx5-remote', ['-s', 'pinyin'], display.env);
      return run('fcitx5-remote', ['-n'], display.env).trim() === 'pinyin';
    });
    await sleep(500);

    display.type('nihao', 80);
    await waitFor('a composition began', async () =>
      (await seen()).compositions.some((line) => line.startsWith('compositionstart')),
    );
    display.press('Return');
    await waitFor('Enter ended the composition', async () =>
      (await seen()).compositions.some((line) => line.startsWith('compositionend')),
    );
    await sleep(500);
    expect(await box()).toBe('nihao');
    expect(await chats()).toBe(0);
    expect((await seen()).keys).toContainEqual(expect.stringMatching(/229/));

    display.press('ctrl+a', 'BackSpace');
    display.type('nihao', 80);
    await sleep(200);
    display.press('space');
    await waitFor('the candidate was taken', async () => (await box()) === '你好');
    expect(await chats()).toBe(0);
  });

  it('is answered in Chinese once Enter is pressed outside a composition', async () => {
    display.type('nihao', 80);
    await sleep(200);
    display.press('space');
    await waitFor('the second candidate was taken', async () => (await box()) === '你好你好');
    await sleep(100);
    display.press('Return');
    await waitFor('the question is stored', async () => (await chats()) === 1);
    await app.overlay.waitForSelector('.receipt', { timeout: 90_000 });
    expect(await app.overlay.locator('.markdown').textContent()).toMatch(/\p{Script=Han}/u);
    expect(await app.overlay.locator('.receipt').textContent()).toContain('在本机运行');
    expect(await app.overlay.locator('.question').getAttribute('lang')).toBe('zh-CN');
    display.press('Escape');
    await waitFor('the first application has the keyboard', () => display.focusedTitle() === 'first-application');
  });
});
