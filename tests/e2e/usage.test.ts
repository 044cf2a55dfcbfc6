import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import type { Conversation } from '../../contract/conversation.ts';
import type { Settings } from '../../contract/settings.ts';
import { findViolations } from '../support/accessibility.ts';
import { smallModel } from '../support/beckon-app.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { waitFor } from '../support/processes.ts';

const shots = process.env['BECKON_SHOTS'];
let asked = 0;
/** Answers in a word, and tells what it counted. */
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    asked += 1;
    const say = (chunk: object) => response.write(`data: ${JSON.stringify(chunk)}\n\n`);
    response.setHeader('content-type', 'text/event-stream');
    say({ choices: [{ index: 0, delta: { content: 'Paris.' } }] });
    say({
      choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
      usage: { prompt_tokens: 2000, completion_tokens: 100 },
    });
    response.end('data: [DONE]\n\n');
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
const tier = { upToInput: null, input: 10, cached: null, cacheWrite: null, output: 10, thinking: null };
const price = { provider: host, model: 'big', currency: 'CNY', tiers: [tier], source: 'a test', on: '2026-11-20' };

const options = {
  models: [smallModel],
  app: {
    settings: {
      servers: [{ id: 's-1', address: `http://${host}/v1`, label: '', models: ['big'], keyKept: 'none' as const }],
      modelId: 'server:s-1:big',
    },
    fill: (profile: string) => writeFileSync(join(profile, 'prices.json'), JSON.stringify({ prices: [price] })),
  },
} as const;

describeOnDesktop('usage', options, (desk) => {
  const { app, display } = desk;

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  async function openUsage(): Promise<Page> {
    await app.ask('window.open', { page: 'usage', conversationId: null });
    const page = await waitFor('the main window', () =>
      app.electron.windows().find((one) => one.url().includes('window.html')),
    );
    await page.waitForSelector('.page-usage:not([hidden]) h1');
    return page;
  }
  async function ask(text: string) {
    const started = await app.ask('run.start', { conversationId: null, text, modelId: null, editsMessageId: null });
    const { conversationId } = started.value as { conversationId: string };
    return waitFor(
      'the answer has ended',
      async () => {
        const { value } = await app.ask('conversation.get', { conversationId });
        const last = (value as Conversation).messages.at(-1);
        return last?.role === 'assistant' && last.state !== 'growing' ? last : null;
      },
      90_000,
    );
  }
  const shot = async (page: Page, name: string) => {
    if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.png`) });
  };
  const budgetNow = async () => ((await app.ask('settings.set', {})).value as Settings).budget;

  it('shows what an answer cost, holds the next one by a budget, and is not raised by a page alone', async () => {
    // A budget and receipts stay behind.
    desk.startAnew();
    const page = await openUsage();
    await page.waitForSelector('.usage-empty');
    expect(await findViolations(page)).toEqual([]);
    await shot(page, 'usage-empty');

    expect(await ask('What is the capital of France?')).toMatchObject({ state: 'complete', text: 'Paris.' });
    await page.waitForSelector('.usage-table >> text=big');
    // By hand: 2,100 tokens at 10 for a million.
    await waitFor('its cost', async () => (await page.locator('.figure b').first().innerText()) === '¥0.021');
    expect(await page.locator('.usage-table').last().innerText()).toContain('Questions of your own');
    await page.locator('.plot').first().focus();
    await page.keyboard.press('End');
    expect(await page.locator('.plot').first().getAttribute('aria-valuetext')).toContain('¥0.021');
    await page.locator('.log-check button').click();
    await page.waitForSelector('.log-check >> text=Unbroken: 2 lines');

    await page.locator('.budget-head button').click();
    await page.locator('.budget-form .segment', { hasText: '¥' }).click();
    await page.locator('.budget-fields input').first().fill('0.05');
    expect(await findViolations(page)).toEqual([]);
    await shot(page, 'usage-form');
    await page.locator('.budget-form .primary').click();
    await page.waitForSelector('.bar-meter');
    expect(await budgetNow()).toMatchObject({ currency: 'CNY', day: 0.05, month: null });

    const before = asked;
    // The model on this machine answers instead, and that is told.
    const instead = await ask('Say hello.');
    expect(instead.receipt?.entries.map(({ where }) => where)).toEqual(['device']);
    expect(asked).toBe(before);
    const notices = (await app.ask('notice.list', {})).value;
    expect(notices).toMatchObject([{ code: 'budget/answered-here', values: { context: 'day', limit: '¥0.05' } }]);
    await page.waitForSelector('.usage-table >> text=this device');
    await shot(page, 'usage-budget');

    await page.locator('.budget-head button').click();
    await page.locator('.budget-fields input').first().fill('5');
    await page.locator('.budget-form .primary').click();
    await waitFor('main asks', () => display.focusedTitle() === 'Budget');
    display.press('Escape');
    await page.waitForSelector('.budget-form .refusal');
    expect(await budgetNow()).toMatchObject({ day: 0.05 });
  });
});
