import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toErrorShape } from '../../../contract/errors.ts';
import type { ServerSetting } from '../../../contract/settings.ts';
import { Egress } from '../../../core/egress/egress.ts';
import { admitAccount } from '../../../core/egress/purposes.ts';
import { Accounts } from '../../../core/servers/accounts.ts';
import { createTranslator, sayError } from '../../../locales/translator.ts';
import { type Provider, providerOf } from '../../../models/providers/provider.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const says =
  (status: number, body: unknown): Answer =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
const info = (currency: string, total_balance: unknown) => ({ currency, total_balance, granted_balance: '0.00' });

describe('what a provider says of an account', () => {
  const asked: string[] = [];
  let answer: Answer;
  let key: string | null;
  let server: ReturnType<typeof createServer>;
  let origin: string;

  beforeEach(async () => {
    asked.length = 0;
    key = 'sk-test';
    server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`);
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });

  /** A provider of that id whose region is the server here. */
  function accounts(id: string, region = 'cn', path = '/v1', own = true): Accounts {
    const provider = providerOf(id) as Provider;
    const [first] = provider.regions;
    if (first === undefined) throw new Error('a provider without a region');
    const address = `${origin}${path}`;
    const regions = own ? [{ ...first, id: region, address, alternates: [`${address}/v9`], plan: false }] : [first];
    const setting: ServerSetting = {
      id: 's-1',
      address,
      label: '',
      models: ['m'],
      keyKept: 'none',
      provider: id,
      region,
    };
    const egress = new Egress({ isOffline: () => false, log: { write: () => {} } });
    return new Accounts({
      servers: () => [setting, { ...setting, id: 's-2', address: `${address}/v9` }],
      withKey: (serverId, use) => use(serverId === 's-2' ? { ...setting, address: `${address}/v9` } : setting, key),
      open: (place) => egress.fetchFor('account', admitAccount(place)),
      providerOf: () => ({ ...provider, regions }),
    });
  }

  it.each<[string, string, unknown, string, readonly (readonly [string, string, number])[]]>([
    [
      ...(['deepseek', 'global'] as const),
      { is_available: true, balance_infos: [info('CNY', '110.00'), info('USD', '3.5')] },
      'GET /v1/user/balance Bearer sk-test',
      [
        ['left', 'CNY', 110],
        ['left', 'USD', 3.5],
      ],
    ],
    [
      ...(['openrouter', 'global'] as const),
      { data: { label: 'k', usage: 25.5, usage_monthly: 4.25, limit: null, limit_remaining: null } },
      'GET /v1/key Bearer sk-test',
      [['spent-month', 'USD', 4.25]],
    ],
    [
      ...(['openrouter', 'global'] as const),
      { data: { usage_monthly: 0, limit_remaining: 74.5 } },
      'GET /v1/key Bearer sk-test',
      [
        ['spent-month', 'USD', 0],
        ['left', 'USD', 74.5],
      ],
    ],
    [
      ...(['kimi', 'cn'] as const),
      { code: 0, data: { available_balance: 49.58894, voucher_balance: 46, cash_balance: 3 }, status: true },
      'GET /v1/users/me/balance Bearer sk-test',
      [['left', 'CNY', 49.58894]],
    ],
    [
      ...(['kimi', 'intl'] as const),
      { data: { available_balance: -0.5 } },
      'GET /v1/users/me/balance Bearer sk-test',
      [['left', 'USD', -0.5]],
    ],
    [
      ...(['siliconflow', 'cn'] as const),
      { code: 20000, data: { balance: '0.88', chargeBalance: '88.00', totalBalance: '88.88' } },
      'GET /v1/user/info Bearer sk-test',
      [['left', 'CNY', 88.88]],
    ],
  ])('%s (%s) is read, at its one address, with the key', async (id, region, body, request, figures) => {
    answer = says(200, body);
    const read = await accounts(id, region).read('s-1');
    expect(read.figures.map(({ what, currency, amount }) => [what, currency, amount])).toEqual(figures);
    expect(asked).toEqual([request]);
  });

  it('is asked for only when somebody wants it, and of no address but a provider’s own', async () => {
    answer = says(200, {});
    expect(
      accounts('deepseek')
        .list()
        .map(({ serverId }) => serverId),
    ).toEqual(['s-1', 's-2']);
    expect(accounts('anthropic').list()).toEqual([]);
    expect(accounts('deepseek', 'cn', '/v1', false).list()).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('is asked for beside the version that an address has', async () => {
    answer = says(200, { balance_infos: [info('CNY', '1')] });
    await accounts('deepseek').read('s-2');
    expect(asked).toEqual(['GET /v1/user/balance Bearer sk-test']);
  });

  it.each<[string, Answer, string]>([
    ['a wrong key', says(401, { error: { message: 'Invalid key' } }), 'server/wrong-key'],
    ['a wrong key told with 200', says(200, { code: 30014, message: 'Token is invalid.', data: null }), 'server/'],
    ['no such address', says(404, { error: 'not found' }), 'server/not-found'],
    ['a page', (_, response) => void response.end('<!doctype html><title>Hi</title>'), 'server/not-an-api'],
    ['another address', (_, response) => void response.writeHead(302, { location: '/there' }).end(), 'server/moved'],
    ['a figure that is none', says(200, { balance_infos: [info('CNY', 'lots')] }), 'server/'],
    ['a currency of its own', says(200, { balance_infos: [info('EUR', '3')] }), 'server/'],
    ['a number beyond all', says(200, { balance_infos: [info('CNY', 1e300)] }), 'server/'],
    ['nothing', (_, response) => void response.end(), 'server/'],
    ['a flood', (_, response) => void response.end(`{"balance_infos":"${'x'.repeat(900_000)}"}`), 'server/'],
    ['a connection that breaks', (request) => void request.socket.destroy(), 'server/'],
  ])('that is %s is an error in words, in both languages', async (_, told, code) => {
    answer = told;
    const error = await accounts('deepseek')
      .read('s-1')
      .then(() => null, toErrorShape);
    expect(error?.code).toContain(code);
    if (error === null) throw new Error('it was read');
    for (const language of ['en', 'zh-CN'] as const)
      expect(sayError(createTranslator(language), error)).not.toMatch(/\{\{|server\./);
    expect(asked.every((request) => request.startsWith('GET /v1/user/balance '))).toBe(true);
  });

  it('is shown as far as it goes where a server says a thousand currencies', async () => {
    answer = says(200, { balance_infos: Array.from({ length: 1000 }, () => info('CNY', '1')) });
    expect((await accounts('deepseek').read('s-1')).figures.length).toBe(6);
  });
});
