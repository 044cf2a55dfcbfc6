import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Conversation, Message } from '../../contract/conversation.ts';
import { checkout, smallModel, tinyModel } from '../support/beckon-app.ts';
import { FileManager } from '../support/file-manager.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { answerLimitMs, sleep, stays, waitFor } from '../support/processes.ts';
import { expectWithinMemory, printPages } from '../support/whole-texts.ts';

const corpus = join(checkout, 'tests', 'corpus', 'documents');

describeOnDesktop('a file', { models: [smallModel, tinyModel], app: {} }, ({ display, app, keep, write }) => {
  const isVisible = () => display.visibleTitles().includes('Beckon');
  const chip = (status: string) => app.overlay.waitForSelector(`.chip.file[data-status=${status}]`);

  async function openManager(file: string): Promise<FileManager> {
    const manager = await FileManager.open(display, file);
    keep(manager.process);
    return manager;
  }

  async function call(): Promise<void> {
    display.press('ctrl+shift+space');
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
  }

  /** Moves a held mouse up to the overlay, as a hand does. */
  async function dragToOverlay(): Promise<void> {
    for (let step = 0; step < 20; step += 1) {
      display.xdotool('mousemove_relative', '--', '2', '-16');
      await sleep(15);
    }
  }

  async function drop(file: string): Promise<void> {
    const manager = await openManager(file);
    await call();
    await manager.take();
    await dragToOverlay();
    await app.overlay.waitForSelector('.drop-zone');
    expect(isVisible()).toBe(true);
    display.xdotool('mouseup', '1');
  }

  async function lastAnswer(): Promise<Message> {
    const [chat] = (await app.ask('conversation.list', { query: '', limit: 1 })).value as { id: string }[];
    const { messages } = (await app.ask('conversation.get', { conversationId: chat?.id })).value as Conversation;
    const last = messages.at(-1);
    if (last === undefined) throw new Error('there is no answer');
    return last;
  }

  function placesOf({ receipt }: Message) {
    return receipt?.basis.type === 'passages' ? receipt.basis.texts : [];
  }

  async function ask(question: string): Promise<Message> {
    const before = await app.overlay.locator('.receipt').count();
    await app.overlay.fill('.ask-input', question);
    await app.overlay.press('.ask-input', 'Enter');
    await waitFor('the answer', async () => (await app.overlay.locator('.receipt').count()) > before, answerLimitMs);
    return lastAnswer();
  }

  // Beside other work an engine takes many times longer; nothing was promised of the time.
  it('of 30 pages is dragged from a file manager, summarised whole, and asked about page 17 in two languages', async () => {
    await app.ask('model.choose', { modelId: tinyModel });
    await drop(printPages(display));
    await chip('ready');
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
    expect(await app.overlay.locator('.chip.file').innerText()).toMatch(/report\.pdf\s*30 pages · [\d,]+ words/);
    display.type('summ');
    await waitFor('Summarise is first', async () => /^Summ/.test(await app.overlay.locator('.row.at').innerText()));
    display.press('Return');
    const { parts, read } = await expectWithinMemory(app, tinyModel, 600_000);
    const basis = (await lastAnswer()).receipt?.basis;
    if (basis?.type !== 'parts') throw new Error(`it was made from ${basis?.type}`);
    expect(basis.total).toBeGreaterThan(1);
    expect(basis.read).toBe(basis.total);
    expect([read, parts]).toEqual([basis.read, basis.total]);
    expect(await app.overlay.locator('.question').innerText()).toBe('Summarise · report.pdf, 30 pages');
    expect(await app.overlay.locator('.chip.file').count()).toBe(0);

    await app.ask('model.choose', { modelId: smallModel });
    const english = await ask('How many puffins nested on the northern cliff?');
    expect(english.text).toMatch(/4,?117/);
    expect(placesOf(english)).toEqual([{ name: null, places: [{ unit: 'page', first: 17, last: 17 }], total: 30 }]);
    expect(await app.overlay.locator('.receipt').last().innerText()).toContain('from page 17 of 30');
    const chinese = await ask('第十七页说，悬崖上有多少只海鹦？');
    expect(chinese.text).toMatch(/4,?117/);
    expect(placesOf(chinese)[0]?.places).toEqual([{ unit: 'page', first: 17, last: 17 }]);
    display.press('ctrl+n');
  }, 900_000);

  it('stays through another call, goes by Delete, and a click elsewhere hides the overlay at its release', async () => {
    await drop(join(corpus, 'lighthouse-zh.pdf'));
    await chip('ready');
    display.press('Escape');
    await waitFor('the overlay is hidden', () => !isVisible());
    await call();
    await chip('ready');
    await app.overlay.focus('.chip-main');
    display.press('Delete');
    await waitFor('the chip is gone', async () => (await app.overlay.locator('.chip.file').count()) === 0);
    expect(await app.overlay.evaluate(() => document.activeElement?.className)).toBe('ask-input');
    const manager = await openManager(join(corpus, 'gb18030.txt'));
    await call();
    await manager.holdElsewhere();
    await stays('the overlay is there until the button is let go', 300, isVisible);
    display.xdotool('mouseup', '1');
    await waitFor('the overlay is hidden', () => !isVisible());
  });

  it('is pasted, and one that cannot be read says why, with what to do', async () => {
    const manager = await openManager(join(corpus, 'locked.pdf'));
    await manager.copy();
    await call();
    display.press('ctrl+v');
    await app.overlay.waitForSelector('.chip.bad');
    await app.overlay.focus('.chip.bad .chip-main');
    const cause = await app.overlay.waitForSelector('.chip-why');
    expect(await cause.innerText()).toMatch(/“locked\.pdf” is locked with a password\. Save a copy without it/);
    expect(await app.overlay.inputValue('.ask-input')).toBe('');
    await app.overlay.click('.chip.bad .chip-remove');
    await waitFor('it is gone', async () => (await app.overlay.locator('.chip.bad').count()) === 0);
  });

  it('cannot be named by a page: neither by a made-up event nor over the bridge', async () => {
    await call();
    const secret = write('secret.txt', 'the secret');
    await app.overlay.evaluate((path) => {
      const file = new File(['x'], 'secret.txt');
      Object.defineProperty(file, 'path', { value: path });
      const transfer = new DataTransfer();
      transfer.items.add(file);
      for (const target of [window, document.body])
        target.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true }));
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true }));
    }, secret);
    const refused = await app.ask('file.add', { paths: [secret], shown: true });
    expect(refused).toMatchObject({ ok: false, error: { code: 'app/unknown-route' } });
    const chips = () => app.overlay.locator('.chip.file').count();
    await stays('no file is there', 1000, async () => (await chips()) === 0);
  });
});
