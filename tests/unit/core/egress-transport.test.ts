import { execFile } from 'node:child_process';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createRawServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Egress } from '../../../core/egress/egress.ts';
import { checkout, nodeExecutable } from '../../support/beckon-app.ts';
import { type Certificate, Certificates } from '../../support/certificates.ts';

const log = { write: () => {} };
const send = (resolve?: (name: string) => readonly string[]) =>
  new Egress({
    isOffline: () => false,
    log,
    ...(resolve === undefined
      ? {}
      : {
          resolve: async (name) => resolve(name).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        }),
  }).fetchFor('answer', () => {});

const open: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

async function listen(server: Server | ReturnType<typeof createRawServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return (server.address() as AddressInfo).port;
}
const serve = (answer: RequestListener) => listen(createServer(answer));
const serveRaw = (answer: (socket: Socket) => void) =>
  listen(createRawServer((socket) => answer(socket.on('error', () => {}))));
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'an answer',
    (error: { code: string; detail?: { values?: { context?: string } } }) =>
      `${error.code} ${error.detail?.values?.context ?? ''}`.trim(),
  );

describe('a connection that does not come about', () => {
  it('says how far it got', async () => {
    const closed = await serve(() => {});
    open.pop()?.close();
    const reset = await serveRaw((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const silent = await serveRaw((socket) => socket.once('data', () => socket.end()));
    const ssh = await serveRaw((socket) => socket.write('SSH-2.0-OpenSSH_9.2p1\r\n'));
    const endless = await serveRaw((socket) =>
      socket.once('data', () => socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}`)),
    );
    const at = (port: number) => failure(send()(`http://127.0.0.1:${port}/v1`));
    expect(await at(closed)).toBe('server/unreachable refused');
    expect(await at(reset)).toBe('server/unreachable reset');
    expect(await at(silent)).toBe('server/unreachable reset');
    expect(await at(ssh)).toBe('server/unreachable garbled');
    expect(await at(endless)).toBe('server/unreadable headers');
    const unknown = new Egress({
      isOffline: () => false,
      log,
      resolve: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })),
    });
    expect(await failure(unknown.fetchFor('answer', () => {})('http://nas.home/v1'))).toBe('server/unreachable name');
  });

  it('keeps the words of the transport where a model is downloaded, which goes on by itself', async () => {
    const port = await serve(() => {});
    open.pop()?.close();
    const egress = new Egress({ isOffline: () => false, log });
    await expect(egress.fetchFor('download', () => {})(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });
});

describe('plain http', () => {
  it('goes to a name that is private alone, at each connection', async () => {
    const port = await serve((_request, response) => response.setHeader('connection', 'close').end('here'));
    let leadsTo: readonly string[] = ['127.0.0.1'];
    const one = send(() => leadsTo);
    const ask = () => failure(one(`http://box.fritz.box:${port}/v1`).then((answer) => answer.text()));
    expect(await ask()).toBe('an answer');
    // The same name leads elsewhere a moment later, or there as well.
    for (const elsewhere of [
      ['203.0.113.7'],
      ['127.0.0.1', '203.0.113.7'],
      ['192.168.0.9', '2001:db8::1'],
      ['198.18.0.3'],
      ['::ffff:8.8.8.8'],
    ]) {
      leadsTo = elsewhere;
      expect(await ask()).toBe('server/not-encrypted');
    }
    leadsTo = ['127.0.0.1'];
    expect(await ask()).toBe('an answer');
  });

  it('goes nowhere outside by a name that only sounds like home', async () => {
    const one = send(() => ['203.0.113.7']);
    for (const host of [
      'nas.lan',
      'homeserver',
      'x.local',
      'x.home.arpa',
      'x.internal',
      'box.tail1234.ts.net',
      'api.example.com',
    ])
      expect(await failure(one(`http://${host}/v1`))).toBe('server/not-encrypted');
    expect(await failure(one('http://203.0.113.7/v1'))).toBe('server/not-encrypted');
  });

  it('to a name of this machine asks no resolver, which could answer anything', async () => {
    const port = await serve((_request, response) => response.end('here'));
    const asked: string[] = [];
    const one = new Egress({
      isOffline: () => true,
      log,
      resolve: async (name) => {
        asked.push(name);
        return [{ address: '203.0.113.7', family: 4 }];
      },
    }).fetchFor('answer', () => {});
    for (const host of ['localhost', 'api.localhost', 'LOCALHOST.', '127.0.0.1', '0.0.0.0'])
      expect(await (await one(`http://${host}:${port}/`)).text()).toBe('here');
    expect(asked).toEqual([]);
  });
});

describe('a certificate', () => {
  let made: Certificates;
  beforeAll(() => {
    made = new Certificates();
  });
  afterAll(() => made.dispose());
  const secure = (certificate: Certificate) =>
    listen(createTlsServer(certificate, (_request, response) => response.end('here')));

  it('that is not trusted is named with why, and nothing is sent', async () => {
    let requests = 0;
    const kinds: readonly (readonly [why: string, certificate: Certificate])[] = [
      ['issuer', made.signed('localhost')],
      ['self-signed', made.own('localhost')],
      ['self-signed', made.own('127.0.0.1')],
    ];
    for (const [why, certificate] of kinds) {
      const server = createTlsServer(certificate, (_request, response) => {
        requests += 1;
        response.end();
      });
      const port = await listen(server);
      expect(await failure(send()(`https://localhost:${port}/v1`))).toBe(`server/certificate ${why}`);
    }
    expect(requests).toBe(0);
  });

  it('is trusted by NODE_EXTRA_CA_CERTS, and then its name and time count', async () => {
    const ports = [
      await secure(made.signed('localhost')),
      await secure(made.signed('other.example')),
      await secure(made.signed('localhost', -1)),
    ];
    const script = `
      import { Egress } from ${JSON.stringify(join(checkout, 'core', 'egress', 'egress.ts'))};
      const send = new Egress({ isOffline: () => false, log: { write() {} } }).fetchFor('answer', () => {});
      for (const port of ${JSON.stringify(ports)}) {
        const told = await send('https://localhost:' + port).then((answer) => answer.text(), (error) => error.code + ' ' + error.detail.values.context);
        console.log(told);
      }`;
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: made.authorityFile };
    const said = await new Promise<string>((resolve) => {
      execFile(nodeExecutable, ['--input-type=module', '-e', script], { env }, (_error, out, err) =>
        resolve(out + err),
      );
    });
    expect(said.trim().split('\n')).toEqual(['here', 'server/certificate name', 'server/certificate expired']);
  });

  it('is not looked for where the other side speaks plain http, and the other way round', async () => {
    const plain = await serve((_request, response) => response.end('here'));
    expect(await failure(send()(`https://127.0.0.1:${plain}/v1`))).toBe('server/wrong-scheme http');
    const tls = await serveRaw((socket) => socket.once('data', () => socket.end(Buffer.from('15030300020246', 'hex'))));
    expect(await failure(send()(`http://127.0.0.1:${tls}/v1`))).toBe('server/wrong-scheme https');
  });
});
