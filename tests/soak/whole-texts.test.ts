import { expect, it } from 'vitest';
import type { Conversation } from '../../contract/conversation.ts';
import { tinyModel } from '../support/beckon-app.ts';
import { FileManager } from '../support/file-manager.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { sleep, waitFor } from '../support/processes.ts';
import { expectWithinMemory, keeperDays, printPages } from '../support/whole-texts.ts';

const options = {
  display: { accessibility: true },
  models: [tinyModel],
  app: { settings: { modelId: tinyModel } },
};

/** Shorter texts of the same kind are in `npm test`. */
describeOnDesktop('a long text that is summarised', options, ({ display, app, steps, keep, openNote, select }) => {
  async function summarise(): Promise<void> {
    display.type('summ');
    await waitFor('Summarise is first', async () => /^Summ/.test(await app.overlay.locator('.row.at').innerText()));
    display.press('Return');
  }

  it('is read whole, within the memory that the model list states: 6,000 words', async () => {
    const text = keeperDays(500);
    await openNote(text);
    await select(text, 'ctrl+a');
    await steps.call();
    await app.overlay.waitForSelector('.chip.on', { timeout: 6000 });
    await summarise();
    const { parts, read } = await expectWithinMemory(app, tinyModel, 600_000);
    expect(parts).toBeGreaterThan(3);
    expect(read).toBe(parts);
    expect((await steps.lastAnswer()).length).toBeGreaterThan(20);
  });

  it('is read whole: 30 pages of print, dragged from a file manager', async () => {
    const manager = await FileManager.open(display, printPages(display, 'whole'));
    keep(manager.process);
    await steps.call();
    await manager.take();
    for (let step = 0; step < 20; step += 1) {
      display.xdotool('mousemove_relative', '--', '2', '-16');
      // At the speed of a hand.
      await sleep(15);
    }
    await app.overlay.waitForSelector('.drop-zone');
    display.xdotool('mouseup', '1');
    await app.overlay.waitForSelector('.chip.file[data-status=ready]', { timeout: 20_000 });
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
    await summarise();
    await app.overlay.waitForSelector('.receipt', { timeout: 600_000 });
    const [chat] = (await app.ask('conversation.list', { query: '', limit: 1 })).value as { id: string }[];
    const { messages } = (await app.ask('conversation.get', { conversationId: chat?.id })).value as Conversation;
    const { coverage } = messages.at(-1)?.receipt ?? {};
    expect(coverage?.total).toBeGreaterThan(1);
    expect(coverage?.read).toBe(coverage?.total);
  });
});
