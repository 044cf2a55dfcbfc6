import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Conversation } from '../../contract/conversation.ts';
import type { ServerRow } from '../../contract/model.ts';
import { findViolations } from '../support/accessibility.ts';
import { smallModel } from '../support/beckon-app.ts';
import { Cloud } from '../support/cloud.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { waitFor } from '../support/processes.ts';

const key = 'sk-ant-canary-0123456789';
const host = 'api.anthropic.com';
const models = ['claude-haiku-5-5', 'claude-sonnet-5-5'];
const cloud = await Cloud.start({ host, header: 'x-api-key', key, models });
const answer = 'The night ferry ends on 3 November, since fewer people take it and fuel costs more.';
const text = 'The ferry line ends its night service on 3 November. Passengers fell from 41,200 to 28,600 last year.';
cloud.mock.onMessage(/./, { content: answer, usage: { input_tokens: 2000, output_tokens: 100 } }, { chunkSize: 12 });
const shots = process.env['BECKON_SHOTS'];

const options = {
  display: { accessibility: true },
  app: { env: cloud.env },
  models: [smallModel],
} as const;

describeOnDesktop('a provider', options, (desk) => {
  const { app, display, steps, write, keep, openNote, select } = desk;

  afterAll(() => cloud.stop());

  const window = () =>
    waitFor('the main window', () => app.electron.windows().find((one) => one.url().includes('window.html')));
  const agree = async () => {
    await waitFor('the question has the keyboard', () => display.focusedTitle() === 'Use a server');
    display.press('Tab', 'Return');
    await waitFor('the question is gone', () => !display.visibleTitles().includes('Use a server'));
  };
  const shot = async (name: string, page = app.overlay) => {
    if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.png`) });
  };
  const openModels = async () => {
    await app.ask('window.open', { page: 'models', conversationId: null });
    const page = await window();
    await page.waitForSelector('.providers li');
    return page;
  };
  const lastMessage = async () => {
    const [chat] = (await app.ask('conversation.list', { query: '', limit: 1 })).value as { id: string }[];
    return ((await app.ask('conversation.get', { conversationId: chat?.id })).value as Conversation).messages.at(-1);
  };

  it('takes a pasted key, answers about a selection with a receipt and its price, puts it back, and is refused by the lock', async () => {
    // A server and the lock stay behind.
    desk.startAnew();
    const page = await openModels();
    await shot('providers-en', page);
    await page.locator('.providers input[type=search]').fill('claude');
    expect(await page.locator('.providers li').count()).toBe(1);
    await page.locator('.provider-row button').click();
    keep(display.start('xclip', ['-quiet', '-selection', 'clipboard', '-i', write('key.txt', key)]));
    await waitFor('the key is copied', () => display.selection('clipboard') === key);
    await page.locator('.provider-key input[type=password]').focus();
    display.press('ctrl+v');
    await agree();
    await page.waitForSelector('.provider-key fieldset');
    expect(await findViolations(page)).toEqual([]);
    await shot('provider-key-en', page);
    await page.locator('.provider-key .primary').click();
    await page.waitForSelector('.provider-key', { state: 'detached' });
    const [server] = (await app.ask('server.list', {})).value as readonly ServerRow[];
    expect(server).toMatchObject({ host, models, label: 'Anthropic (Claude)' });
    // A main window that stays open would be taken for the overlay, which has the same title.
    await app.electron.evaluate(({ BrowserWindow }) => {
      for (const one of BrowserWindow.getAllWindows())
        if (one.webContents.getURL().includes('window.html')) one.close();
    });
    await app.ask('model.choose', { modelId: `server:${server?.id}:${models[0]}` });

    const { file } = await openNote(`Before.\n${text}\nAfter.\n`);
    await select(text, 'ctrl+Home', 'Down', 'Home', 'shift+End');
    await steps.call();
    await app.overlay.waitForSelector('.chip.on');
    expect(await steps.use('summ', /^Summarise/)).toBe(answer);
    // By hand: 2,000 tokens at 0.10 and 100 at 0.50 for a million.
    expect(await app.overlay.locator('.receipt').innerText()).toContain('$0.00025');
    await shot('answer-en');
    expect((await lastMessage())?.receipt?.entries).toMatchObject([
      {
        where: 'server',
        host,
        promptTokens: 2000,
        outputTokens: 100,
        cost: { currency: 'USD', low: 0.00025, high: 0.00025 },
      },
    ]);
    const sent = JSON.parse(cloud.asked.at(-1)?.body ?? '{}') as Record<string, unknown>;
    expect(sent['max_tokens']).toBeGreaterThan(0);
    expect(JSON.stringify(sent)).not.toContain(key);
    await steps.putBack();
    await waitFor('it is in the file', () => {
      if (/note\.txt/.test(display.focusedTitle())) display.press('ctrl+s');
      return readFileSync(file, 'utf8') === `Before.\n${answer}\nAfter.\n`;
    });

    const before = cloud.asked.length;
    await app.ask('settings.set', { offline: true });
    await select(answer, 'ctrl+Home', 'Down', 'Home', 'shift+End');
    await steps.call();
    display.press('ctrl+n');
    display.type('summ');
    await waitFor('Summarise is first', async () =>
      /^Summarise/.test(await app.overlay.locator('.row.at').innerText()),
    );
    display.press('Return');
    await waitFor('the lock is named', async () => /offline/i.test(await steps.text()));
    await shot('locked-en');
    expect(cloud.asked.length).toBe(before);
    expect((await lastMessage())?.error?.code).toBe('offline/locked');
    await steps.hide();
  });
});
