import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Egress } from '../../../core/egress/egress.ts';
import { admitModelList } from '../../../core/egress/purposes.ts';
import { testProvider } from '../../../core/servers/test-provider.ts';
import { type Provider, providerOf } from '../../../models/providers/provider.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A provider whose regions are servers here. */
class Regions {
  readonly asked: string[] = [];
  readonly #servers: ReturnType<typeof createServer>[] = [];

  async add(answer: Answer): Promise<string> {
    const server = createServer((request, response) => {
      request.resume();
      this.asked.push(`${request.method} ${request.headers.host} ${request.url} ${keyOf(request)}`);
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#servers.push(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  }

  stop(): Promise<unknown> {
    for (const server of this.#servers) server.closeAllConnections();
    return Promise.all(this.#servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

const keyOf = ({ headers }: IncomingMessage) =>
  String(headers['x-api-key'] ?? headers['x-goog-api-key'] ?? headers.authorization ?? '');
const says =
  (status: number, body: unknown): Answer =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
const refusing = says(401, { error: { message: 'Invalid Authentication', type: 'invalid_authentication_error' } });
const listing = says(200, { data: [{ id: 'kimi-k3' }, { id: 'kimi-k2.6' }, { id: 'kimi-new' }] });

const egress = new Egress({ isOffline: () => false, log: { write: () => {} } });
const openAt = (address: string) => egress.fetchFor('model-list', admitModelList(new URL(address).hostname));

describe('a key of a provider', () => {
  let regions: Regions;
  const questions: string[] = [];

  beforeEach(() => {
    regions = new Regions();
    questions.length = 0;
  });
  afterEach(() => regions.stop());

  const providerAt = (id: string, addresses: readonly string[]): Provider => {
    const provider = providerOf(id) as Provider;
    const [region] = provider.regions;
    if (region === undefined) throw new Error('a provider without a region');
    const own = addresses.map((address, at) => ({ ...region, id: `r${at}`, address, alternates: [], plan: false }));
    return { ...provider, regions: own };
  };
  const tried = (provider: Provider, address: string, key: string | null = 'sk-test', onlyHere = false) =>
    testProvider(
      { provider, address, key, onlyHere },
      {
        openAt,
        ask: async (_, model) => {
          questions.push(model);
          return null;
        },
      },
    );

  it('that its region refuses is tried in the others, and taken where it belongs', async () => {
    const addresses = [await regions.add(refusing), await regions.add(refusing), await regions.add(listing)];
    const { error, address, models } = await tried(providerAt('kimi', addresses), addresses[0] ?? '');
    expect({ error, address }).toEqual({ error: null, address: addresses[2] });
    // What is known comes first, what the account has besides after it, and what it has not is left out.
    expect(models).toEqual(['kimi-k3', 'kimi-k2.6', 'kimi-new']);
    expect(regions.asked).toHaveLength(3);
    expect(questions).toEqual([]);
  });

  it('that all regions refuse is wrong, which says where it was tried', async () => {
    const addresses = [await regions.add(refusing), await regions.add(refusing)];
    const { error } = await tried(providerAt('kimi', addresses), addresses[0] ?? '');
    const other = new URL(addresses[1] ?? '').host;
    expect(error).toMatchObject({ code: 'server/wrong-key', values: { context: 'everywhere', others: other } });
  });

  it('is tried nowhere else for another cause, and at an address of the person’s own for none', async () => {
    const broke = says(429, { error: { message: 'no', type: 'exceeded_current_quota_error' } });
    const addresses = [await regions.add(broke), await regions.add(listing)];
    const provider = providerAt('kimi', addresses);
    expect((await tried(provider, addresses[0] ?? '')).error?.code).toBe('server/no-balance');
    expect(regions.asked).toHaveLength(1);
    const own = await regions.add(refusing);
    const { error } = await tried(provider, own);
    expect(error?.code).toBe('server/wrong-key');
    expect(error?.values?.['context']).toBeUndefined();
    expect(regions.asked).toHaveLength(2);
  });

  it('that is kept is tried at the address it is kept for, and nowhere else', async () => {
    const addresses = [await regions.add(refusing), await regions.add(listing)];
    const { error } = await tried(providerAt('kimi', addresses), addresses[0] ?? '', 'sk-test', true);
    expect(error?.code).toBe('server/wrong-key');
    expect(regions.asked).toHaveLength(1);
  });

  it('of a subscription is told from a wrong one, and tried at no metered address besides', async () => {
    const addresses = [await regions.add(refusing), await regions.add(listing)];
    const { error } = await tried(providerAt('kimi', addresses), addresses[0] ?? '', 'sk-kimi-abc');
    expect(error).toMatchObject({ code: 'server/wrong-key', values: { context: 'plan' } });
    expect(regions.asked).toHaveLength(1);
  });

  it.each([
    ['anthropic', 'sk-test'],
    ['gemini', 'sk-test'],
    ['deepseek', 'Bearer sk-test'],
  ])('goes into the header that the protocol has for it: %s', async (id, header) => {
    const address = await regions.add(says(200, { models: [{ name: 'models/gemini-3.8-flash' }] }));
    const { models } = await tried(providerAt(id, [address]), address);
    expect(regions.asked).toEqual([`GET ${new URL(address).host} /v1/models ${header}`]);
    expect(models).toContain('gemini-3.8-flash');
  });

  it('is tried by a short question where there is no list, and by nothing else', async () => {
    const address = await regions.add(says(404, { error: { message: 'no such route' } }));
    const { error, models } = await tried(providerAt('doubao', [address]), address);
    expect({ error, questions }).toEqual({ error: null, questions: [models[0]] });
  });

  it('is asked about where the list of models needs none', async () => {
    const address = await regions.add((request, response) =>
      request.url?.endsWith('/key')
        ? refusing(request, response)
        : says(200, { data: [{ id: 'm' }] })(request, response),
    );
    expect((await tried(providerAt('openrouter', [address]), address)).error?.code).toBe('server/wrong-key');
  });
});
