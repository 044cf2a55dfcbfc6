import { createServer as createTlsHttpServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, createServer as createTlsServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../contract/errors.ts';
import { Egress } from '../../../core/egress/egress.ts';
import { createHttpFetch } from '../../../core/egress/http-fetch.ts';
import { failureOf } from '../../../core/egress/transport-failures.ts';
import { ProxyFailure, TunnelAgent } from '../../../core/egress/tunnel-agent.ts';
import { FakeProxy } from '../../fakes/proxy.ts';
import { Certificates } from '../../support/certificates.ts';

const log = { write: () => {} };
const chat = 'https://api.example.com/v1';
const ends: (() => unknown)[] = [];
let made: Certificates;

beforeAll(() => {
  made = new Certificates();
});
afterEach(() => {
  for (const end of ends.splice(0)) end();
});
afterAll(() => made.dispose());

async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})));
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function told(request: Promise<unknown>): Promise<string> {
  try {
    await request;
    return 'an answer';
  } catch (error) {
    return error instanceof AppError
      ? `${error.code} ${String(error.detail.values?.['context'] ?? '')}`.trim()
      : String(error);
  }
}

const by = (proxy: string) =>
  new Egress({
    ...{ isOffline: () => false, log },
    proxies: { env: { HTTPS_PROXY: proxy }, askSystem: () => Promise.resolve('DIRECT') },
  }).fetchFor('answer', () => {});

describe('a proxy that is spoken to in https', () => {
  it('is named for what is wrong with itself, and not the server', async () => {
    const selfSigned = await listen(createTlsServer(made.own('127.0.0.1')));
    const unknown = await listen(createTlsServer(made.signed('127.0.0.1')));
    const plain = await listen(
      createServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 No\r\n\r\n'))),
    );
    const closes = await listen(createServer((socket) => socket.destroy()));
    const found = [selfSigned, unknown, plain, closes].map((host) => told(by(`https://${host}`)(chat)));
    expect(await Promise.all(found)).toEqual([
      'server/proxy certificate',
      'server/proxy certificate',
      'server/proxy plain',
      'server/proxy unreachable',
    ]);
  });

  it('opens a tunnel where this machine trusts it', async () => {
    const proxy = await FakeProxy.start({
      hosts: { 'api.example.com': Number((await listen(createTlsServer(made.own('api.example.com')))).split(':')[1]) },
    });
    ends.push(() => proxy.stop());
    const [, port] = proxy.host.split(':');
    const shown = made.own('127.0.0.1');
    const front = await listen(
      createTlsServer(shown, (socket) => {
        const inner = connect(Number(port), '127.0.0.1').on('error', () => {});
        socket.on('error', () => {});
        socket.pipe(inner).pipe(socket);
      }),
    );
    const trusted = createSecureContext({ ca: [shown.cert] });
    const agent = new TunnelAgent({ proxy: new URL(`https://${front}`), secureContext: trusted });
    ends.push(() => agent.destroy());
    // The tunnel stands; the server within it is one whom this context does not trust.
    expect(await told(through(agent)(chat))).toBe('server/certificate self-signed');
    expect(proxy.asked).toEqual(['CONNECT api.example.com:443']);
  });

  it.each([
    ['CERT_HAS_EXPIRED', 'certificate-time'],
    ['CERT_NOT_YET_VALID', 'certificate-time'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-name'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
    ['ECONNRESET', 'unreachable'],
  ])('says of %s what it is', (code, context) => {
    const error = new ProxyFailure(Object.assign(new Error('x'), { code }));
    const route = { kind: 'proxy', proxy: new URL('https://proxy.example'), from: 'environment' } as const;
    expect(failureOf(error, new URL(chat), route)).toMatchObject({
      code: 'server/proxy',
      detail: { values: { context, proxy: 'proxy.example', host: 'api.example.com' } },
    });
  });
});

describe('a proxy that wants to know who asks', () => {
  it('is said to refuse a password only where one was given', async () => {
    const proxy = await FakeProxy.start({ wants: 'someone:else' });
    ends.push(() => proxy.stop());
    expect(await told(by(`http://${proxy.host}`)(chat))).toBe('server/proxy password');
    expect(await told(by(`http://u:p@${proxy.host}`)(chat))).toBe('server/proxy wrong-password');
    expect(await told(by(`http://u@${proxy.host}`)(chat))).toBe('server/proxy wrong-password');
  });
});

describe('a tunnel', () => {
  it.each<[string, (socket: Socket) => void, string]>([
    ['no answer at all', () => {}, 'server/proxy unreachable'],
    ['half an answer', (socket) => socket.write('HTTP/1.1 200 OK\r\nx: '), 'server/proxy unreachable'],
    [
      'a tunnel in which nobody greets',
      (socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n'),
      'server/unreachable connecting',
    ],
    [
      'an answer without end',
      (socket) => socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(60_000)}`),
      'server/proxy unreachable',
    ],
    ['its end', (socket) => socket.end(), 'server/proxy unreachable'],
    ['something else', (socket) => socket.end('SSH-2.0-x\r\n\r\n'), 'server/proxy'],
  ])('is waited for no longer than any connection, and then all of it is closed: %s', async (_what, answer, cause) => {
    let open = 0;
    const host = await listen(
      createServer((socket) => {
        open += 1;
        socket.once('data', () => answer(socket));
        socket.once('close', () => {
          open -= 1;
        });
      }),
    );
    const agent = agentFor(host, 200);
    expect(await told(through(agent)(chat, { signal: AbortSignal.timeout(4000) }))).toBe(cause);
    await expect.poll(() => open).toBe(0);
  });

  it('that is still to come is closed when the request is given up', async () => {
    let [open, greeted] = [0, 0];
    const host = await listen(
      createServer((socket) => {
        open += 1;
        socket.once('data', () => {
          greeted += 1;
        });
        socket.once('close', () => {
          open -= 1;
        });
      }),
    );
    const leave = new AbortController();
    const request = told(through(agentFor(host, 20_000))(chat, { signal: leave.signal }));
    await expect.poll(() => greeted).toBe(1);
    leave.abort(new AppError('job/not-found', 'left'));
    expect(await request).toBe('job/not-found');
    await expect.poll(() => open).toBe(0);
  });
});

it('a variable that would have Node take any certificate is not heard, neither straight on nor in a tunnel', async () => {
  let requests = 0;
  const server = createTlsHttpServer(made.own('api.example.com'), (_request, response) => {
    requests += 1;
    response.end();
  });
  const host = await listen(server);
  const port = Number(host.split(':')[1]);
  const proxy = await FakeProxy.start({ hosts: { 'api.example.com': port } });
  ends.push(() => proxy.stop());
  const secureProxy = await listen(
    createTlsServer(made.own('127.0.0.1'), (socket) => socket.on('error', () => {}).end()),
  );
  const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  try {
    const direct = new Egress({ isOffline: () => false, log }).fetchFor('answer', () => {});
    expect(await told(direct(`https://${host}/v1`))).toBe('server/certificate self-signed');
    expect(await told(by(`http://${proxy.host}`)(chat))).toBe('server/certificate self-signed');
    expect(await told(by(`https://${secureProxy}`)(chat))).toBe('server/proxy certificate');
  } finally {
    if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
  }
  expect(requests).toBe(0);
});

function agentFor(host: string, connectMs: number): TunnelAgent {
  const agent = new TunnelAgent({ proxy: new URL(`http://${host}`), secureContext: createSecureContext(), connectMs });
  ends.push(() => agent.destroy());
  return agent;
}

function through(agent: TunnelAgent): typeof fetch {
  const route = { kind: 'proxy', proxy: new URL('http://proxy.example'), from: 'environment' } as const;
  const describeBy = (error: unknown) => failureOf(error, new URL(chat), route);
  return createHttpFetch({
    wayFor: async () => ({ agent, lookup: undefined, describe: describeBy, refusalOf: () => null }),
  });
}
