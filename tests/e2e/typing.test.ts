import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import type { Conversation, ConversationSummary } from '../../contract/conversation.ts';
import { type DesktopOptions, describeOnDesktop } from '../support/on-desktop.ts';
import { stays, waitFor } from '../support/processes.ts';

const question = 'Which lake is the deepest of all';

const options: DesktopOptions = {
  app: {},
  parrot: true,
  before: async ({ display, app }) => {
    display.press('ctrl+shift+space');
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
    await app.ask('overlay.pin', { pinned: true });
  },
};

describeOnDesktop('what is typed', options, ({ display, app, server, after }) => {
  /** None while core is away. */
  const chats = async () =>
    ((await app.ask('conversation.list', { query: '', limit: 40 })).value ?? []) as readonly ConversationSummary[];

  async function questionsOf(chat: ConversationSummary | undefined): Promise<readonly string[]> {
    const { messages } = (await app.ask('conversation.get', { conversationId: chat?.id })).value as Conversation;
    return messages.filter(({ role }) => role === 'user').map(({ text }) => text);
  }

  /** Old chats with the same words come up as rows, below the question itself. */
  async function askBefore(times: number): Promise<void> {
    for (let count = 0; count < times; count += 1) {
      server.answers.push('Baikal.');
      display.press('ctrl+n');
      display.type(question, 4);
      display.press('Return');
      await waitFor('a chat more', async () => (await chats()).length === count + 1);
      await app.overlay.waitForSelector('.receipt');
    }
  }

  /** Until the display has moved the pointer there. */
  async function restsAt(x: number, y: number): Promise<void> {
    await waitFor('the pointer is there', () => display.xdotool('getmouselocation').startsWith(`x:${x} y:${y} `));
  }

  it('stands in the box whole where a program types it, much faster than a hand', async () => {
    const long = 'What came in with the morning tide? '.repeat(6).trim();
    display.press('ctrl+n');
    display.type(long, 2);
    await waitFor('all of it is there', async () => (await app.overlay.inputValue('.ask-input')) === long);
  });

  it('is asked on Enter, wherever the mouse rests while rows come up under it', async () => {
    await askBefore(4);
    for (let row = 1; row < 5; row += 1) {
      const before = (await chats()).length;
      server.answers.push('Baikal.');
      display.press('ctrl+n');
      const { x, y } = await placeOfRow(row);
      display.xdotool('mousemove', String(x), String(y));
      await restsAt(x, y);
      display.type(question, 4);
      await waitFor('old chats are found', async () => (await app.overlay.locator('.row').count()) >= 5);
      const chosen = () => app.overlay.locator('.row.at').getAttribute('id');
      await stays('the question itself is chosen', 200, async () => (await chosen()) === 'row-0');
      expect(await chosen()).toBe('row-0');
      display.press('Return');
      await waitFor('a chat more', async () => (await chats()).length === before + 1);
      await app.overlay.waitForSelector('.receipt');
    }
  });

  it('chooses a row when the mouse really moves over it', async () => {
    await askBefore(4);
    display.press('ctrl+n');
    display.type(question, 4);
    await waitFor('old chats are found', async () => (await app.overlay.locator('.row').count()) >= 5);
    const { x, y } = await placeOfRow(3);
    display.xdotool('mousemove', String(x + 6), String(y));
    await restsAt(x + 6, y);
    display.xdotool('mousemove', String(x), String(y));
    await waitFor('it is chosen', async () => (await app.overlay.locator('.row.at').getAttribute('id')) === 'row-3');
    display.press('ctrl+a', 'BackSpace');
  });

  it('with Ctrl is a command by its place on keyboards without Latin letters', async () => {
    server.answers.push('Paris.');
    display.press('ctrl+n');
    display.type('What is the capital of France?', 4);
    display.press('Return');
    await app.overlay.waitForSelector('.receipt');
    // Codes of the keys C and K, which stay where they are.
    const pressWithControl = (key: '54' | '45') => display.xdotool('keydown', 'ctrl', 'key', key, 'keyup', 'ctrl');
    const clipboard = () => app.electron.evaluate((electron) => electron.clipboard.readText());
    after(() => spawnSync('setxkbmap', ['us'], { env: display.env }));
    for (const layout of ['ru', 'gr', 'il', 'ara', 'th']) {
      spawnSync('setxkbmap', [layout], { env: display.env });
      await app.electron.evaluate((electron) => electron.clipboard.writeText('before'));
      pressWithControl('54');
      await waitFor(`it is copied with ${layout}`, async () => (await clipboard()) === 'Paris.');
      pressWithControl('45');
      await waitFor(
        `the commands are listed with ${layout}`,
        async () => (await app.overlay.locator('.row').count()) > 3,
      );
      display.press('Escape');
      await waitFor('they are gone', async () => (await app.overlay.locator('.row').count()) === 0);
    }
  });

  it.each([
    ['sent with Enter', `${question}\n`, true],
    ['only typed', 'Half a ques', false],
  ])('before the page had its scripts and was %s is not lost', async (_, early, sent) => {
    const before = (await chats()).length;
    server.answers.push('Baikal.');
    // What the keys had put into the bare box by the time the scripts run, in the next page and in none after it.
    await app.overlay.addInitScript((text) => {
      if (sessionStorage.getItem('early') !== text) return;
      sessionStorage.removeItem('early');
      document.addEventListener('readystatechange', () => {
        const box = document.querySelector<HTMLTextAreaElement>('#early');
        if (box !== null && document.readyState === 'interactive') box.value = text;
      });
    }, early);
    await app.overlay.evaluate((text) => sessionStorage.setItem('early', text), early);
    await app.overlay.reload();
    if (sent) {
      await waitFor('it is asked', async () => (await chats()).length === before + 1);
      expect(await questionsOf((await chats())[0])).toEqual([question]);
      expect(await app.overlay.inputValue('.ask-input')).toBe('');
    } else {
      await waitFor('it is there', async () => (await app.overlay.inputValue('.ask-input')) === early);
      expect((await chats()).length).toBe(before);
    }
  });

  it('and sent while core is coming back is asked by the next core', async () => {
    const before = (await chats()).length;
    server.answers.push('Baikal.');
    display.press('ctrl+n');
    display.type(question, 4);
    process.kill(app.corePid() ?? 0, 'SIGKILL');
    display.press('Return');
    await waitFor('it is asked', async () => (await chats()).length === before + 1);
    expect(await questionsOf((await chats())[0])).toEqual([question]);
    await app.overlay.waitForSelector('.receipt');
  });

  async function placeOfRow(index: number): Promise<{ readonly x: number; readonly y: number }> {
    const window = await app.electron.evaluate(({ BrowserWindow }) => {
      const overlay = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().includes('overlay'));
      return overlay?.getContentBounds() ?? { x: 0, y: 0 };
    });
    // The list begins below the line that is typed into; its rows are 40 px high.
    const top = await app.overlay.evaluate(() => document.querySelector('.ask')?.getBoundingClientRect().bottom ?? 0);
    return { x: Math.round(window.x + 300), y: Math.round(window.y + top + 6 + index * 40 + 20) };
  }
});
