import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AppError } from '../../../contract/errors.ts';
import { LateConnection } from '../../../core/egress/connection-clock.ts';
import { Egress } from '../../../core/egress/egress.ts';
import { createHttpFetch } from '../../../core/egress/http-fetch.ts';
import { failureOf } from '../../../core/egress/transport-failures.ts';
import { Certificates } from '../../support/certificates.ts';

const fetchFrom = new Egress({ isOffline: () => false, log: { write: () => {} } }).fetchFor('answer', () => {});
const ends: (() => void)[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function listen(server: Server, sockets = new Set<Socket>()): Promise<number> {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** What a request ends with that is answered by these bytes. */
async function told(answer: string | Buffer): Promise<string> {
  const port = await listen(createServer((socket) => socket.once('data', () => socket.end(answer))));
  const request = fetchFrom(`http://127.0.0.1:${port}/v1`).then((response) => response.text());
  return causeOf(request);
}

async function causeOf(request: Promise<string>): Promise<string> {
  const error = await request.then(
    (text) => `an answer: ${text}`,
    (thrown: AppError) => thrown,
  );
  if (typeof error === 'string') return error;
  const { context, status } = error.detail?.values ?? {};
  return [error.code, context, status].filter((part) => part !== undefined && part !== '').join(' ');
}

const ok = 'HTTP/1.1 200 OK\r\n';

describe('an answer that came and cannot be read', () => {
  it.each<[string, string | Buffer, string]>([
    ['gzip that is none', `${ok}content-encoding: gzip\r\n\r\nhello`, 'server/unreadable packing'],
    [
      'br that is none',
      `${ok}content-encoding: br\r\n\r\ndata: {"choices":[{"delta":{"content":"Hello"}}]}`,
      'server/unreadable packing',
    ],
    ['zstd that is none', `${ok}content-encoding: zstd\r\n\r\nhello`, 'server/unreadable packing'],
    ['deflate that is none', `${ok}content-encoding: deflate\r\n\r\nhello`, 'server/unreadable packing'],
    [
      'gzip with a byte turned over',
      Buffer.concat([Buffer.from(`${ok}content-encoding: gzip\r\n\r\n`), broken(gzipSync('hello '.repeat(900)))]),
      'server/unreadable packing',
    ],
    ['a packing nobody knows', `${ok}content-encoding: lzma\r\n\r\nhello`, 'server/unreadable packing'],
    ['a chunk without a length', `${ok}transfer-encoding: chunked\r\n\r\nzz\r\nhello`, 'server/unreadable other'],
    ['a status above all', 'HTTP/1.1 999 What\r\n\r\n', 'server/unreadable status 999'],
    ['a status of letters', 'HTTP/1.1 abc What\r\n\r\n', 'server/unreadable status abc'],
    ['a status of nothing', 'HTTP/1.1 000 What\r\n\r\n', 'server/unreadable status 0'],
    [
      'another protocol, switched to',
      'HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
      'server/unreadable switched',
    ],
    ['a header of a megabyte', `${ok}x: ${'y'.repeat(1_000_000)}\r\n\r\n`, 'server/unreadable headers'],
    ['ten thousand headers', `${ok}${'x: y\r\n'.repeat(10_000)}\r\n`, 'server/unreadable headers'],
    ['a length below nothing', `${ok}content-length: -5\r\n\r\nhello`, 'server/unreadable length'],
    ['two lengths', `${ok}content-length: 5\r\ncontent-length: 900\r\n\r\nhello`, 'server/unreadable length'],
    [
      'announcements alone',
      'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'.repeat(3000),
      'server/unreadable announced',
    ],
    ['a name of a header that is none', `${ok}x y: z\r\n\r\nhello`, 'server/unreadable other'],
  ])('says what of it: %s', async (_what, answer, cause) => expect(await told(answer)).toBe(cause));

  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a page without a head', '<html>hi</html>'],
    ['the beginning of HTTP/2', '\0\0\u0006\u0004\0\0\0\0\0'],
    ['mail', '220 mail.example ESMTP\r\n'],
  ])('is told from what is no web server: %s', async (_what, answer) =>
    expect(await told(answer)).toBe('server/unreachable garbled'),
  );

  it('keeps the words of the transport where a model is downloaded, which goes on with another source', async () => {
    const port = await listen(
      createServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 999 What\r\n\r\n'))),
    );
    const download = new Egress({ isOffline: () => false, log: { write: () => {} } }).fetchFor('download', () => {});
    await expect(download(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ what: 'status' });
  });

  it('is told from a connection that only ended', async () => {
    expect(await told('')).toBe('server/unreachable reset');
    const port = await listen(
      createServer((socket) => socket.once('data', () => socket.end(`${ok}content-length: 100\r\n\r\nhello`))),
    );
    const body = fetchFrom(`http://127.0.0.1:${port}/v1`).then((response) => response.text());
    await expect(body).rejects.toThrow('fetch failed');
  });
});

function broken(packed: Buffer): Buffer {
  const turned = Buffer.from(packed);
  turned[Math.floor(turned.length / 2)] = (turned[Math.floor(turned.length / 2)] ?? 0) ^ 0xff;
  return turned;
}

describe('an encrypted connection that does not come about', () => {
  let made: Certificates;
  beforeAll(() => {
    made = new Certificates();
  });
  afterAll(() => made.dispose());

  const within = (options: TlsOptions) => {
    const server = createTlsServer({ ...made.own('127.0.0.1'), ...options }, (socket) => socket.end(`${ok}\r\nhi`));
    server.on('tlsClientError', () => {});
    return listen(server);
  };
  /** As the way out would do it, for a system that trusts the certificate. */
  const describeBy = (url: string) => (error: unknown) => failureOf(error, new URL(url), { kind: 'direct' });
  async function tried(port: number, connectMs = 5000): Promise<string> {
    const url = `https://127.0.0.1:${port}/v1`;
    const { Agent } = await import('node:https');
    const agent = new Agent({ rejectUnauthorized: false });
    ends.push(() => agent.destroy());
    const trusting = createHttpFetch({
      connectMs,
      wayFor: async () => ({ agent, lookup: undefined, describe: describeBy(url), refusalOf: () => null }),
    });
    return causeOf(trusting(url, { method: 'POST', body: 'hi' }).then((response) => response.text()));
  }

  it('says that a certificate of one’s own is wanted', async () =>
    expect(await tried(await within({ requestCert: true, rejectUnauthorized: true }))).toBe(
      'server/certificate wanted',
    ));

  it('says that its encryption is out of date', async () =>
    expect(await tried(await within({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1' }))).toBe('server/old-encryption'));

  it('says so where neither can speak as the other does', async () =>
    expect(await tried(await within({ maxVersion: 'TLSv1.2', ciphers: 'PSK-AES128-GCM-SHA256' }))).toBe(
      'server/no-encryption',
    ));

  it('ends where the other side takes the connection and never greets, long before a model would be loaded', async () => {
    const silent = await listen(createServer(() => {}));
    expect(await tried(silent, 150)).toBe('server/unreachable connecting');
    expect(failureOf(new LateConnection(20_000), new URL('https://h/'), { kind: 'direct' }).detail.values).toEqual({
      host: 'h',
      context: 'connecting',
      seconds: 20,
    });
  });

  it('does not end a server that has taken up the connection and thinks for longer', async () => {
    const slow = await listen(
      createServer((socket) => socket.once('data', () => setTimeout(() => socket.end(`${ok}\r\nhi`), 400))),
    );
    const patient = createHttpFetch({ connectMs: 150 });
    expect(await (await patient(`http://127.0.0.1:${slow}/`)).text()).toBe('hi');
  });
});
