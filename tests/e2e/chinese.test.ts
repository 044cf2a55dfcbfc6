import { expect, it } from 'vitest';
import { smallModel } from '../support/beckon-app.ts';
import { type DesktopOptions, describeOnDesktop } from '../support/on-desktop.ts';
import { answerLimitMs, run, sleep, stays, waitFor } from '../support/processes.ts';

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

const options: DesktopOptions = {
  display: { inputMethod: true },
  models: [smallModel],
  app: { settings: { language: 'zh-CN' } },
  before: async ({ display, app, keep }) => {
    keep((await display.openTerminal()).process);
    display.press('ctrl+shift+space');
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
    await app.overlay.evaluate(watchCompositions);
    await waitFor('pinyin is chosen for the box', () => {
      run('fcitx5-remote', ['-s', 'pinyin'], display.env);
      return run('fcitx5-remote', ['-n'], display.env).trim() === 'pinyin';
    });
  },
};

describeOnDesktop('Chinese through a real input method', options, ({ display, app }) => {
  const seen = () => app.overlay.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
  const box = () => app.overlay.inputValue('.ask-input');
  const chats = async () => ((await app.ask('conversation.list', { query: '', limit: 10 })).value as unknown[]).length;

  /** Until the input method shows all of it in the box, as what is being composed. */
  async function typePinyin(letters: string): Promise<void> {
    const before = (await box()).length;
    display.type(letters, 80);
    await waitFor('all of it is composed', async () => (await box()).slice(before).replaceAll(' ', '') === letters);
  }

  it('is typed into the overlay, where Enter on a candidate never sends', async () => {
    display.type('nihao', 80);
    await waitFor('a composition began', async () =>
      (await seen()).compositions.some((line) => line.startsWith('compositionstart')),
    );
    display.press('Return');
    await waitFor('Enter ended the composition', async () =>
      (await seen()).compositions.some((line) => line.startsWith('compositionend')),
    );
    await waitFor('the letters are in the box', async () => (await box()) === 'nihao');
    await stays('nothing is asked', 500, async () => (await chats()) === 0);
    expect(await box()).toBe('nihao');
    expect((await seen()).keys).toContainEqual(expect.stringMatching(/229/));

    display.press('ctrl+a', 'BackSpace');
    await typePinyin('nihao');
    display.press('space');
    await waitFor('the candidate was taken', async () => (await box()) === '你好');
    expect(await chats()).toBe(0);
  });

  it('is answered in Chinese once Enter is pressed outside a composition', async () => {
    for (const taken of ['你好', '你好你好']) {
      await typePinyin('nihao');
      display.press('space');
      await waitFor('the candidate was taken', async () => (await box()) === taken);
    }
    await waitFor(
      'the composition has ended',
      async () => (await seen()).compositions.at(-1) === 'compositionend 你好',
    );
    // Right after its end Enter counts as the key that ended the composition, sent once more.
    await sleep(100);
    display.press('Return');
    await waitFor('the question is stored', async () => (await chats()) === 1);
    await app.overlay.waitForSelector('.receipt', { timeout: answerLimitMs });
    expect(await app.overlay.locator('.markdown').textContent()).toMatch(/\p{Script=Han}/u);
    expect(await app.overlay.locator('.receipt').textContent()).toContain('在本机运行');
    expect(await app.overlay.locator('.question').getAttribute('lang')).toBe('zh-CN');
    display.press('Escape');
    await waitFor('the first application has the keyboard', () => display.focusedTitle() === 'first-application');
  });
});
