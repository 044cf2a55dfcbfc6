import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ServerRow, ServerTest } from '../../contract/model.ts';
import { FakeProxy } from '../fakes/proxy.ts';
import { findViolations } from '../support/accessibility.ts';
import { type DesktopOptions, describeOnDesktop } from '../support/on-desktop.ts';
import { waitFor } from '../support/processes.ts';

const models: string[] = [];
// It lists nothing, as many do, and knows one model.
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (piece: Buffer) => {
    body += piece.toString();
  });
  request.on('end', () => {
    if (request.url !== '/v1/chat/completions') return void response.writeHead(404).end('{}');
    models.push((JSON.parse(body) as { model: string }).model);
    response.end(JSON.stringify({ choices: [{ message: { content: 'Hello' } }] }));
  });
});

const options: DesktopOptions = {
  app: { env: { HTTPS_PROXY: '', https_proxy: '', ALL_PROXY: '', all_proxy: '' } },
  before: async ({ display }) => {
    display.press('ctrl+shift+space');
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
    display.press('ctrl+o');
  },
};

describeOnDesktop('the form of a server', options, (desk) => {
  const { app, display, after } = desk;
  let page: Page;

  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));

  beforeEach(async () => {
    models.length = 0;
    page = await waitFor('the main window', () =>
      app.electron.windows().find((one) => one.url().includes('window.html')),
    );
    await page.locator('.rail-button').nth(1).click();
  });

  afterAll(() => void server.close());

  const servers = async () => (await app.ask('server.list', {})).value as readonly ServerRow[];

  /** The person agrees in main's own window. */
  const agree = async () => {
    await waitFor('the question has the keyboard', () => display.focusedTitle() === 'Use a server');
    display.press('Tab', 'Return');
    await waitFor('the question is gone', () => !display.visibleTitles().includes('Use a server'));
  };

  it('takes a server without a list by keys alone, and another model of it later', async () => {
    const { port } = server.address() as AddressInfo;
    await page.locator('.more button').last().click();
    await page.locator('.server-form .field').first().focus();
    await page.keyboard.type(`http：//127。0。0。1：${port}`);
    await page.keyboard.press('Enter');
    await agree();
    // The cause puts the keyboard where a name is typed.
    await waitFor('the field of the name', () =>
      page.evaluate(
        () =>
          (document.activeElement as HTMLInputElement | null)?.getAttribute('list') !== null &&
          document.querySelector('.server-form .note') !== null,
      ),
    );
    expect(await findViolations(page)).toEqual([]);
    await page.keyboard.type('first');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.server-form fieldset');
    await page.keyboard.press('Enter');
    // The address as it was typed was agreed to, and this is the mended one.
    await agree();
    await page.waitForSelector('.servers li');
    expect(await servers()).toMatchObject([{ address: `http://127.0.0.1:${port}/v1`, models: ['first'] }]);
    await page.locator('.server-row button').first().click();
    await page.locator('.server-form input[list]').fill('second');
    await page.locator('.server-form fieldset button').click();
    await waitFor('it was tried', () => models.includes('second'));
    await page.locator('.server-form fieldset button').click();
    await waitFor('it is kept', async () => (await servers())[0]?.models.includes('second'));
    await page.waitForSelector('.server-form', { state: 'detached' });
  });

  it('reaches a host outside through the proxy that the system names', async () => {
    const proxy = await FakeProxy.start({ refuses: 403 });
    after(() => proxy.stop());
    desk.startAnew();
    await app.electron.evaluate(
      ({ session }, proxyRules) => session.defaultSession.setProxy({ proxyRules }),
      proxy.host,
    );
    const input = { address: 'https://api.example.com/v1', key: null };
    const asked = app.ask('server.test', input);
    await agree();
    const { error } = (await asked).value as ServerTest;
    expect(error).toMatchObject({ code: 'server/proxy', values: { context: 'refused', proxy: proxy.host } });
    expect(proxy.asked).toEqual(['CONNECT api.example.com:443']);
  });
});
