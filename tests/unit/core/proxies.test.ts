import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Egress } from '../../../core/egress/egress.ts';
import { type ProxySources, routeTo } from '../../../core/egress/proxies.ts';
import type { EgressPurpose } from '../../../core/egress/purposes.ts';
import { FakeProxy, type ProxyRules } from '../../fakes/proxy.ts';
import { checkout, nodeExecutable } from '../../support/beckon-app.ts';
import { Certificates } from '../../support/certificates.ts';

type Env = Readonly<Record<string, string>>;
const log = { write: () => {} };
const nothing = () => Promise.resolve('DIRECT');

async function wayTo(url: string, env: Env, system = 'DIRECT'): Promise<string> {
  try {
    const route = await routeTo(new URL(url), { env, askSystem: () => Promise.resolve(system) });
    return route.kind === 'direct' ? 'direct' : `${route.from} ${route.proxy.href}`;
  } catch (error) {
    const { code, detail } = error as { code: string; detail: { values: { context: string } } };
    return `${code} ${detail.values.context}`;
  }
}

const chat = 'https://api.example.com/v1';
const set = { HTTPS_PROXY: 'http://one:3128' };
const one = 'environment http://one:3128/';
type Case = readonly [url: string, env: Env, way: string, system?: string];
const exempt = (list: string, url = chat): Case => [url, { ...set, NO_PROXY: list }, 'direct'];
const kept = (list: string, url = chat): Case => [url, { ...set, NO_PROXY: list }, one];

describe('the way to a host outside', () => {
  const cases: readonly Case[] = [
    [chat, {}, 'direct'],
    [chat, set, one],
    [chat, { https_proxy: 'http://one:3128' }, one],
    [chat, { https_proxy: 'http://one:3128', HTTPS_PROXY: 'http://two:1' }, one],
    [chat, { ALL_PROXY: 'http://one:3128' }, one],
    [chat, { all_proxy: 'http://two:1', HTTPS_PROXY: 'http://one:3128' }, one],
    [chat, { HTTP_PROXY: 'http://one:3128' }, 'direct'],
    ['http://mirror.example/x', { HTTP_PROXY: 'http://one:3128' }, one],
    ['http://mirror.example/x', { http_proxy: 'one:3128' }, one],
    [chat, { HTTPS_PROXY: ' one:3128 ' }, one],
    [chat, { HTTPS_PROXY: 'https://one:3128' }, 'environment https://one:3128/'],
    [chat, { HTTPS_PROXY: 'http://us%20er:p%40ss@one:3128' }, 'environment http://us%20er:p%40ss@one:3128/'],
    [chat, { HTTPS_PROXY: 'socks5://one:1080' }, 'server/proxy socks'],
    [chat, { ALL_PROXY: 'socks5h://one:1080' }, 'server/proxy socks'],
    [chat, { HTTPS_PROXY: 'http://' }, 'server/proxy unreadable'],
    [chat, { HTTPS_PROXY: 'ftp://one' }, 'server/proxy unreadable'],
    [chat, { HTTPS_PROXY: 'one two' }, 'server/proxy unreadable'],
    [chat, { HTTPS_PROXY: 'http://user:100%@one:3128' }, 'server/proxy unreadable'],
    [chat, { https_proxy: '', HTTPS_PROXY: 'http://one:3128' }, 'direct'],
    exempt('*'),
    exempt('api.example.com'),
    exempt('example.com'),
    exempt('.example.com'),
    exempt('*.example.com'),
    exempt('EXAMPLE.com'),
    exempt('other.org, example.com'),
    exempt('other.org example.com'),
    exempt('example.com:443'),
    exempt('api.example.com:8443', 'https://api.example.com:8443/v1'),
    exempt('203.0.113.7', 'https://203.0.113.7/v1'),
    exempt('2001:db8::1', 'https://[2001:db8::1]/v1'),
    exempt('[2001:db8::1]', 'https://[2001:db8::1]/v1'),
    exempt('[2001:db8::1]:443', 'https://[2001:db8::1]/v1'),
    kept(''),
    kept(','),
    kept('ample.com'),
    kept('example.co'),
    kept('api.example.com.evil.org'),
    kept('example.com:8443'),
    kept('2001:db8::2', 'https://[2001:db8::1]/v1'),
    [chat, { NO_PROXY: 'example.com' }, 'direct', 'PROXY sys:8080'],
    [chat, {}, 'system http://sys:8080/', 'PROXY sys:8080'],
    [chat, {}, 'system http://sys:8080/', 'PROXY sys:8080; DIRECT'],
    [chat, {}, 'system https://sys:8443/', 'HTTPS sys:8443'],
    [chat, {}, 'system http://sys:8080/', 'SOCKS5 sys:1080; PROXY sys:8080'],
    [chat, {}, 'direct', 'SOCKS sys:1080; DIRECT'],
    [chat, {}, 'server/proxy socks', 'SOCKS5 sys:1080'],
    [chat, {}, 'direct', ''],
    [chat, {}, 'direct', 'DIRECT; PROXY sys:8080'],
    [chat, set, one, 'PROXY sys:8080'],
  ];
  it.each(cases.map((each) => ({ each })))('$each', async ({ each: [url, env, way, system] }) =>
    expect(await wayTo(url, env, system)).toBe(way),
  );
});

describe('a proxy', () => {
  const open: { stop(): unknown }[] = [];
  let made: Certificates;
  beforeAll(() => {
    made = new Certificates();
  });
  afterEach(() => {
    for (const each of open.splice(0)) each.stop();
  });
  afterAll(() => made.dispose());

  async function listen(server: Server): Promise<number> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push({ stop: () => server.close() });
    return (server.address() as AddressInfo).port;
  }
  const plain = () =>
    listen(createServer((request, response) => response.end(`${request.url} ${request.headers.host}`)));
  async function start(rules?: ProxyRules): Promise<FakeProxy> {
    const proxy = await FakeProxy.start(rules);
    open.push(proxy);
    return proxy;
  }
  const by = (sources: Partial<ProxySources>, isOffline = false, purpose: EgressPurpose = 'answer') =>
    new Egress({ isOffline: () => isOffline, log, proxies: { env: {}, askSystem: nothing, ...sources } }).fetchFor(
      purpose,
      () => {},
    );
  const refused = (promise: Promise<unknown>) =>
    promise.then(
      () => 'an answer',
      (error: Error) => error,
    );

  it('is given whole addresses for http, and its user and password', async () => {
    const proxy = await start({ wants: 'us er:p@ss', hosts: { 'mirror.example': await plain() } });
    const send = by({ env: { http_proxy: `http://us%20er:p%40ss@${proxy.host}` } }, false, 'download');
    expect(await (await send('http://mirror.example/file?a=1')).text()).toBe('/file?a=1 mirror.example');
    expect(proxy.asked).toEqual(['GET http://mirror.example/file?a=1']);
  });

  it('is asked for a tunnel for https, within which the certificate is the server’s own', async () => {
    const port = await listen(
      createTlsServer(made.signed('api.example.com'), (request, response) => response.end(`via ${request.url}`)),
    );
    const proxy = await start({ wants: 'u:p', hosts: { 'api.example.com': port, 'other.example.com': port } });
    const script = `
      import { Egress } from ${JSON.stringify(join(checkout, 'core', 'egress', 'egress.ts'))};
      const proxies = { env: process.env, askSystem: async () => 'DIRECT' };
      const send = new Egress({ isOffline: () => false, log: { write() {} }, proxies }).fetchFor('answer', () => {});
      for (const host of ['api', 'other']) {
        const told = await send('https://' + host + '.example.com/v1').then((answer) => answer.text(), (error) => error.code + ' ' + error.detail.values.context);
        console.log(told);
      }`;
    const env = {
      ...process.env,
      NODE_EXTRA_CA_CERTS: made.authorityFile,
      HTTPS_PROXY: `http://u:p@${proxy.host}`,
      NO_PROXY: '',
    };
    const said = await new Promise<string>((resolve) => {
      execFile(nodeExecutable, ['--input-type=module', '-e', script], { env }, (_error, out, err) =>
        resolve(out + err),
      );
    });
    expect(said.trim().split('\n')).toEqual(['via /v1', 'server/certificate name']);
    expect(proxy.asked).toEqual(['CONNECT api.example.com:443', 'CONNECT other.example.com:443']);
  });

  it('of the system is used where the environment names none', async () => {
    const proxy = await start({ refuses: 403 });
    const asked: string[] = [];
    const askSystem = async (url: string) => {
      asked.push(url);
      return `PROXY ${proxy.host}; DIRECT`;
    };
    await refused(by({ askSystem })(chat));
    expect(asked).toEqual(['https://api.example.com/']);
    expect(proxy.asked).toEqual(['CONNECT api.example.com:443']);
  });

  it('that refuses, or is not there, is named instead of the server, without its password', async () => {
    const silent = await start();
    await silent.stop();
    const ask = (url: string, host: string, purpose?: EgressPurpose) =>
      refused(by({ env: { ALL_PROXY: `http://user:secret@${host}` } }, false, purpose)(url));
    const locked = await start({ wants: 'someone:else' });
    const closed = await start({ refuses: 403 });
    const download = 'http://mirror.example/file';
    const found = [
      [await ask(chat, locked.host), 'wrong-password'],
      [await ask(download, locked.host, 'download'), 'wrong-password'],
      [await ask(chat, closed.host), 'refused'],
      [await ask(chat, silent.host), 'unreachable'],
      [await ask(download, silent.host, 'download'), 'unreachable'],
      [await ask(chat, 'no-such-proxy.invalid:1'), 'unreachable'],
    ] as const;
    for (const [error, context] of found) {
      expect(error).toMatchObject({ code: 'server/proxy', detail: { values: { context } } });
      expect(JSON.stringify(error) + String(error instanceof Error && error.message)).not.toMatch(/secret/);
    }
    expect(found[0][0]).toMatchObject({ detail: { values: { proxy: locked.host, host: 'api.example.com' } } });
  });

  it('is never asked for this machine or the local network', async () => {
    const proxy = await start();
    const port = await plain();
    const env = { ALL_PROXY: `http://${proxy.host}`, HTTP_PROXY: `http://${proxy.host}` };
    const asked: string[] = [];
    const askSystem = async (url: string) => {
      asked.push(url);
      return `PROXY ${proxy.host}`;
    };
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    for (const proxies of [
      { env, askSystem },
      { env: {}, askSystem },
    ]) {
      const egress = new Egress({ isOffline: () => false, log, proxies, resolve });
      for (const host of ['localhost', '127.0.0.1', 'nas.lan', 'homeserver', 'box.fritz.box', 'host.docker.internal'])
        expect(await (await egress.fetchFor('answer', () => {})(`http://${host}:${port}/v1`)).text()).toContain('/v1');
    }
    expect([...proxy.asked, ...asked]).toEqual([]);
  });

  it('is not asked while the offline lock is closed, nor is the system', async () => {
    const proxy = await start();
    const asked: string[] = [];
    const askSystem = async (url: string) => {
      asked.push(url);
      return `PROXY ${proxy.host}`;
    };
    for (const env of [{ HTTPS_PROXY: `http://${proxy.host}` }, {}] as Env[])
      expect(await refused(by({ env, askSystem }, true)(chat))).toMatchObject({ code: 'offline/locked' });
    expect([...proxy.asked, ...asked]).toEqual([]);
  });

  it('that cannot be used closes the way instead of being gone round', async () => {
    const env = { HTTPS_PROXY: 'socks5://127.0.0.1:1080' };
    expect(await refused(by({ env })(chat))).toMatchObject({
      code: 'server/proxy',
      detail: { values: { context: 'socks' } },
    });
  });
});
