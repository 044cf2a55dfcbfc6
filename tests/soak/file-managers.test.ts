import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Conversation, Message } from '../../contract/conversation.ts';
import { smallModel } from '../support/beckon-app.ts';
import { factFolder } from '../support/fact-files.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { waitFor } from '../support/processes.ts';
import { Thunar } from '../support/thunar.ts';

const fact = (name: string) => join(factFolder, name);

describeOnDesktop('“Ask Beckon” in Thunar', { models: [smallModel], app: {} }, ({ display, app, keep }) => {
  const isVisible = () => display.visibleTitles().includes('Beckon');
  const chips = () => app.overlay.locator('.chip.file[data-status=ready]');

  /** For whoever wants to look. */
  const look = (name: string) => {
    const shots = process.env['BECKON_SHOTS'];
    if (shots !== undefined) display.screenshot(join(shots, `${name}.png`));
  };

  async function ask(question: string): Promise<Message> {
    const before = await app.overlay.locator('.receipt').count();
    await app.overlay.fill('.ask-input', question);
    await app.overlay.press('.ask-input', 'Enter');
    await waitFor('the answer', async () => (await app.overlay.locator('.receipt').count()) > before, 240_000);
    const [chat] = (await app.ask('conversation.list', { query: '', limit: 1 })).value as { id: string }[];
    const { messages } = (await app.ask('conversation.get', { conversationId: chat?.id })).value as Conversation;
    return messages.at(-1) as Message;
  }

  async function openThunar(name: string, files: readonly string[]): Promise<Thunar> {
    const thunar = await Thunar.open(display, app.profile, name, files);
    keep(thunar.process);
    return thunar;
  }

  it('comes by a setting, brings a mail and a table as chips, and a question about them is answered at its place', async () => {
    const entries = join(display.folder, 'home', '.local', 'share', 'Thunar', 'sendto', 'beckon-ask.desktop');
    expect(existsSync(entries)).toBe(false);
    await app.ask('settings.set', { fileMenus: true });
    await waitFor('the entries are there', () => existsSync(entries));
    const thunar = await openThunar('of-mail', [fact('eml-python-en.eml'), fact('tsv-python-zh.tsv')]);
    await thunar.askBeckon();
    await waitFor('the overlay is shown', isVisible, 60_000);
    await waitFor('both are read', async () => (await chips().count()) === 2, 60_000);
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
    look('ask-beckon');
    const answer = await ask('What weight of eels was discovered by the customs?');
    look('ask-beckon-answer');
    expect(answer.text).toMatch(/76/);
    if (answer.receipt?.basis.type === 'passages') expect(JSON.stringify(answer.receipt.basis)).toMatch(/eml-python/);
    await app.ask('settings.set', { fileMenus: false });
    await waitFor('the entries are gone', () => !existsSync(entries));
  }, 600_000);

  it('is not needed to drag a workbook from there, whose sheet and row are told', async () => {
    const thunar = await openThunar('of-book', [fact('xlsx-openpyxl-en.xlsx')]);
    display.press('ctrl+shift+space');
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
    await thunar.take();
    for (let step = 0; step < 24; step += 1) display.xdotool('mousemove_relative', '--sync', '--', '2', '-16');
    await app.overlay.waitForSelector('.drop-zone');
    display.xdotool('mouseup', '1');
    await waitFor('it is read', async () => (await chips().count()) === 1, 60_000);
    look('dropped-book');
    const answer = await ask('How long did ice keep the basin closed?');
    look('dropped-book-answer');
    expect(answer.text).toMatch(/43/);
  }, 600_000);

  it('a presentation is pasted, and the slide of the answer is told', async () => {
    const thunar = await openThunar('of-show', [fact('pptx-python-zh.pptx')]);
    thunar.copy();
    await waitFor('it is copied', () => display.selection('clipboard', 'text/uri-list').includes('pptx'), 20_000);
    display.press('ctrl+shift+space');
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
    display.press('ctrl+v');
    await waitFor('it is read', async () => (await chips().count()) === 1, 60_000);
    const answer = await ask('揉捻机一小时能处理多少叶子？');
    look('pasted-show-answer');
    expect(answer.text).toMatch(/五十五|55/);
  }, 600_000);
});
