import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Conversation } from '../../contract/conversation.ts';
import type { ServerRow } from '../../contract/model.ts';
import { sha256Of } from '../../core/receipt-chain.ts';
import { findViolations } from '../support/accessibility.ts';
import { requireModel, smallModel } from '../support/beckon-app.ts';
import { Cloud } from '../support/cloud.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { waitFor } from '../support/processes.ts';

const key = 'sk-ant-canary-0123456789';
const host = 'api.anthropic.com';
const models = ['claude-haiku-5-5'];
const cloud = await Cloud.start({ host, header: 'x-api-key', key, models });
const answer = 'The night ferry ends on 3 November.';
const text = 'The ferry line ends its night service on 3 November. Ask li.hua@example.com, or call 13800138000.';
cloud.mock.onMessage(/./, { content: answer, usage: { input_tokens: 200, output_tokens: 10 } }, { chunkSize: 12 });
const shots = process.env['BECKON_SHOTS'];

// The best that is here answers what stays: of several that would be a large one, which takes minutes beside other work.
const folder = mkdtempSync(join(tmpdir(), 'beckon-one-model-'));
symlinkSync(requireModel(smallModel), join(folder, `${smallModel}.gguf`));

const options = {
  display: { accessibility: true },
  app: { env: cloud.env, models: folder },
  models: [smallModel],
} as const;

describeOnDesktop('what is sent to a cloud', options, (desk) => {
  const { app, display, steps, openNote, select } = desk;

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
    return cloud.stop();
  });

  const agree = async (title: string) => {
    await waitFor('the question has the keyboard', () => display.focusedTitle() === title);
    display.press('Tab', 'Return');
    await waitFor('the question is gone', () => !display.visibleTitles().includes(title));
  };
  const shot = async (name: string) => {
    if (shots !== undefined) await app.overlay.screenshot({ path: join(shots, `${name}.png`) });
  };
  const type = async (typed: string, name: RegExp) => {
    display.type(typed);
    const first = app.overlay.locator('.row.at');
    await waitFor(`${name} is first`, async () => name.test(await first.innerText()));
  };
  const lastMessage = async () => {
    const [chat] = (await app.ask('conversation.list', { query: '', limit: 1 })).value as { id: string }[];
    return ((await app.ask('conversation.get', { conversationId: chat?.id })).value as Conversation).messages.at(-1);
  };
  const look = async () => {
    await app.overlay.waitForSelector('.hint-name >> text=What is sent');
    display.press('ctrl+b');
    await app.overlay.waitForSelector('.sending');
  };

  it('is shown before, is what was shown byte for byte, and is nothing once a rule keeps that application here', async () => {
    desk.startAnew();
    const connect = { provider: 'anthropic', address: `https://${host}`, key, models };
    const connected = app.ask('providers.connect', connect);
    await agree('Use a server');
    const { id } = (await connected).value as ServerRow;
    await app.ask('model.choose', { modelId: `server:${id}:${models[0]}` });
    await openNote(`Before.\n${text}\nAfter.\n`);
    await select(text, 'ctrl+Home', 'Down', 'Home', 'shift+End');
    await steps.call();
    await app.overlay.waitForSelector('.chip.on');
    const { chips } = await steps.context();
    await type('summ', /^Summarise/);
    const before = cloud.asked.length;

    await look();
    await shot('before-sending');
    expect(await findViolations(app.overlay)).toEqual([]);
    const shown = await app.overlay.locator('.sending').innerText();
    for (const said of ['li.hua@example.com', '13800138000', 'Anthropic', host, '$']) expect(shown).toContain(said);
    expect(await app.overlay.locator('.sending-text').innerText()).not.toContain('li.hua');
    display.press('Escape');
    await app.overlay.waitForSelector('.sending', { state: 'detached' });
    // Nothing was asked, and what was typed is there as it was.
    expect([cloud.asked.length, await app.overlay.locator('textarea').inputValue()]).toEqual([before, 'summ']);

    await look();
    await app.overlay.locator('.sending-raw').click();
    const bytes = await app.overlay.locator('.sending-bytes').evaluate((element) => element.textContent);
    await app.overlay.locator('textarea').focus();
    display.press('Return');
    await app.overlay.waitForSelector('.receipt');
    await shot('sent');
    expect(cloud.asked.at(-1)?.body).toBe(bytes);
    expect(await app.overlay.locator('.receipt').innerText()).toContain('you chose it');
    display.press('ctrl+i');
    const card = app.overlay.locator('.receipt-card');
    await card.getByText('Copy as JSON').waitFor();
    const told = await card.innerText();
    // What it stands for is said here, beside the pseudonym, and what left is said by its very hash.
    for (const said of [
      'Anthropic',
      host,
      'li.hua@example.com',
      sha256Of(bytes ?? ''),
      '200 in · 0 cached · 10 out',
      '$0.000025',
    ])
      expect(told).toContain(said);
    expect(await findViolations(app.overlay)).toEqual([]);
    await shot('receipt-card');
    display.press('Escape');
    await card.waitFor({ state: 'detached' });
    // It was the card alone that went.
    expect(await app.overlay.locator('.receipt').count()).toBe(1);
    await app.overlay.locator('textarea').focus();

    const from = chips.find(({ kind }) => kind === 'selection')?.application ?? '';
    expect(from).not.toBe('');
    await app.ask('rules.refresh', {});
    const added = await app.ask('rules.change', { revision: 1, list: [{ from, does: 'never-leaves' }] });
    expect(added.ok).toBe(true);
    const sent = cloud.asked.length;
    display.press('ctrl+n');
    await waitFor('the chat is new', async () => (await app.overlay.locator('.receipt').count()) === 0);
    await steps.hide();
    await select(text, 'ctrl+Home', 'Down', 'Home', 'shift+End');
    await steps.call();
    // The server is still the chosen one, and the text goes nowhere.
    await waitFor('the footer says so', async () =>
      /On this device/.test(await app.overlay.locator('.foot').innerText()),
    );
    await steps.use('summ', /^Summarise/);
    await shot('kept-here');
    expect(await app.overlay.locator('.receipt').innerText()).toContain(`rule: from ${from} never leaves`);
    expect(await lastMessage()).toMatchObject({
      receipt: { entries: [{ where: 'device' }], reason: { type: 'rule', rule: { from, does: 'never-leaves' } } },
    });
    expect(cloud.asked.length).toBe(sent);
    await steps.hide();
  });
});
