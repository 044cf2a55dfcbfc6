import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createRawServer, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpFetch } from '../../../core/egress/http-fetch.ts';
import { readBoundedText } from '../../../models/openai-compatible/bounded-body.ts';

const fetchFrom = createHttpFetch();
const ends: (() => void)[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** Address of a server that answers as told. */
async function serve(answer: (response: ServerResponse, request: IncomingMessage) => void): Promise<string> {
  const server = createServer((request, response) => {
    response.on('error', () => {});
    answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Address of a server that writes these bytes to whoever connects, and ends unless told to stay. */
async function serveBytes(write: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createRawServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => write(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function textOf(address: string): Promise<string> {
  return (await (await fetchFrom(address)).text()).slice(0, 1000);
}

describe('a request', () => {
  it('sends its method, headers and body, and asks for nothing packed', async () => {
    let seen = '';
    const address = await serve(async (response, request) => {
      let body = '';
      for await (const piece of request as AsyncIterable<Buffer>) body += piece.toString();
      const { 'accept-encoding': encoding, 'content-length': length, authorization } = request.headers;
      seen = [request.method, encoding, length, authorization, body].join(' | ');
      response.end('ok');
    });
    await fetchFrom(address, { method: 'POST', headers: { authorization: 'Bearer k' }, body: '你好' });
    expect(seen).toBe('POST | identity | 6 | Bearer k | 你好');
  });

  it('follows where it may, without the key to another origin, and not round for ever', async () => {
    const keys: (string | undefined)[] = [];
    const other = await serve((response, request) => {
      keys.push(request.headers.authorization);
      response.end('there');
    });
    const round = await serve((response, request) => {
      const location = request.url === '/other' ? other : `${request.url}x`;
      response.writeHead(302, { location }).end();
    });
    const headers = { authorization: 'Bearer k' };
    expect((await fetchFrom(`${round}other`, { headers, redirect: 'manual' })).status).toBe(302);
    expect(await (await fetchFrom(`${round}other`, { headers })).text()).toBe('there');
    expect(keys).toEqual([undefined]);
    await expect(fetchFrom(round)).rejects.toThrow('fetch failed');
  });

  it('is asked once more where the connection that was kept open had been closed meanwhile', async () => {
    let connections = 0;
    const address = await serveBytes((socket) => {
      connections += 1;
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: keep-alive\r\n\r\nok');
      // The next question on it is cut off unread.
      socket.once('data', () => socket.resetAndDestroy());
    });
    expect(await textOf(address)).toBe('ok');
    expect(await textOf(address)).toBe('ok');
    expect(connections).toBe(2);
  });

  it('ends with the reason of its signal, before an answer and within one', async () => {
    const address = await serve((response, { url }) => {
      if (url === '/body') response.write('begin');
    });
    const stop = new AbortController();
    const before = fetchFrom(address, { signal: stop.signal });
    const body = await fetchFrom(`${address}body`, { signal: stop.signal });
    const rest = body.text();
    const outcomes = Promise.allSettled([before, rest]);
    stop.abort(new Error('enough'));
    for (const outcome of await outcomes) expect(outcome).toMatchObject({ reason: { message: 'enough' } });
    await expect(fetchFrom(address, { signal: stop.signal })).rejects.toThrow('enough');
  });

  it('fails alone, with a cause, for whatever is no HTTP', async () => {
    const rough: Record<string, string | null> = {
      'another protocol': 'SSH-2.0-OpenSSH_9.2\r\n',
      nothing: '',
      'a status that is none': 'HTTP/1.1 999 What\r\ncontent-length: 0\r\n\r\n',
      'headers without end': `HTTP/1.1 200 OK\r\n${'x-a: b\r\n'.repeat(20_000)}`,
      'one header of a megabyte': `HTTP/1.1 200 OK\r\nx-a: ${'b'.repeat(1_000_000)}\r\n\r\n`,
      'an upgrade nobody asked for': 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
      'a packing nobody knows': 'HTTP/1.1 200 OK\r\ncontent-encoding: lzma\r\n\r\nx',
      'a packing ten times over': `HTTP/1.1 200 OK\r\ncontent-encoding: ${'gzip,'.repeat(10)}gzip\r\n\r\nx`,
      'gzip that is none': 'HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\nhello',
      'a chunk without a length': 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhello',
      'a body shorter than said': 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhello',
      'a location that is no web address': null,
    };
    for (const [name, bytes] of Object.entries(rough)) {
      const address = await serveBytes((socket) =>
        socket.end(bytes ?? 'HTTP/1.1 302 Found\r\nlocation: file:///etc/passwd\r\ncontent-length: 0\r\n\r\n'),
      );
      const failure = await textOf(address).then(
        (text) => text,
        (error: unknown) => error,
      );
      expect(failure, name).toBeInstanceOf(TypeError);
      expect((failure as TypeError).cause, name).toBeInstanceOf(Error);
    }
  });
});

describe('a packed body, though none was asked for', () => {
  const text = '{"answer":"二十一 °C"}'.repeat(50);
  const packers: Record<string, (text: string) => Buffer> = {
    gzip: zlib.gzipSync,
    'x-gzip': zlib.gzipSync,
    deflate: zlib.deflateSync,
    'deflate ': zlib.deflateRawSync,
    br: (whole) => zlib.brotliCompressSync(whole, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } }),
    zstd: zlib.zstdCompressSync,
    'gzip, br': (whole) => zlib.brotliCompressSync(zlib.gzipSync(whole)),
    'gzip, gzip': (whole) => zlib.gzipSync(zlib.gzipSync(whole)),
    identity: Buffer.from,
  };

  it.each(Object.entries(packers))('is read as it was before: %s', async (encoding, pack) => {
    const address = await serve((response) => {
      response.writeHead(200, { 'content-encoding': encoding });
      response.end(pack(text));
    });
    expect(await (await fetchFrom(address)).text()).toBe(text);
  });

  it('is read up to where it breaks off', async () => {
    const packed = zlib.gzipSync(text);
    const address = await serve((response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(packed.subarray(0, packed.length - 8));
    });
    expect((await readBoundedText(await fetchFrom(address), { mostBytes: 10_000 })).text).toBe(text);
  });

  it.each(['gzip', 'br', 'zstd', 'deflate'])('never unpacks further than it is read: %s', async (encoding) => {
    const packed = packers[encoding]?.('a'.repeat(200_000_000)) ?? Buffer.alloc(0);
    const address = await serve((response) => {
      response.writeHead(200, { 'content-encoding': encoding, connection: 'close' });
      response.end(packed);
    });
    const before = process.memoryUsage().rss;
    const { text: read, end } = await readBoundedText(await fetchFrom(address), { mostBytes: 65_536 });
    expect({ length: read.length, end }).toEqual({ length: 65_536, end: 'too-long' });
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  it('that unpacks to nothing for ever is given up', async () => {
    // Empty stored blocks, five bytes each.
    const nothing = Buffer.concat([zlib.gzipSync('').subarray(0, 10), Buffer.from('000000ffff'.repeat(20_000), 'hex')]);
    const address = await serve((response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.write(nothing);
      const more = () => {
        while (response.writable && response.write(nothing.subarray(10)));
      };
      response.on('drain', more);
      more();
    });
    await expect(textOf(address)).rejects.toThrow('fetch failed');
  });
});

describe('a reader that lags behind', () => {
  // The built-in fetch ends the process in the plain one: the connection ends while its reader is busy with other things.
  it.each([
    ['plain', 'content-length'],
    ['plain', 'close'],
    ['gzip', 'content-length'],
    ['gzip', 'close'],
    ['gzip', 'chunked'],
  ])('gets all of a long %s answer whose end is told by %s', async (encoding, way) => {
    const frame = 'data: {"choices":[{"index":0,"delta":{"content":"ten chars "}}]}\n\n';
    const whole = Buffer.from(frame.repeat(20_000));
    const sent = encoding === 'gzip' ? zlib.gzipSync(whole) : whole;
    const address = await serve((response) => {
      response.writeHead(200, {
        ...(encoding === 'gzip' ? { 'content-encoding': encoding } : {}),
        ...(way === 'chunked' ? {} : { connection: 'close' }),
        ...(way === 'content-length' ? { 'content-length': sent.length } : {}),
      });
      response.end(sent);
    });
    let bytes = 0;
    for await (const piece of (await fetchFrom(address)).body as unknown as AsyncIterable<Uint8Array>) {
      bytes += piece.byteLength;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(bytes).toBe(whole.length);
  });
});

describe('a request that is given up', () => {
  it.each([
    ['whole at once', (response: ServerResponse) => response.end('x'.repeat(100))],
    ['in chunks', (response: ServerResponse) => Readable.from(['one', 'two']).pipe(response)],
    ['empty', (response: ServerResponse) => response.end()],
    ['long', (response: ServerResponse) => response.end('x'.repeat(200_000))],
  ])('ends itself alone, however much was read of an answer that came %s', async (_, answer) => {
    const uncaught: unknown[] = [];
    const take = (error: unknown) => void uncaught.push(error);
    process.prependListener('uncaughtException', take);
    const address = await serve((response) => answer(response));
    const whole = await textOf(address);
    for (const pieces of [0, 1, 2, 3, 10])
      for (const waitMs of [0, 2]) {
        const abort = new AbortController();
        const { body } = await fetchFrom(address, { method: 'POST', body: 'x', signal: abort.signal });
        const reader = (body as ReadableStream<Uint8Array>).getReader();
        for (let at = 0; at < pieces; at += 1) await reader.read();
        if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
        abort.abort();
        await new Promise((resolve) => setImmediate(resolve));
        // The next one does not find its connection broken.
        expect(await textOf(address)).toBe(whole);
      }
    process.off('uncaughtException', take);
    expect(uncaught).toEqual([]);
  });
});

describe('a bounded body', () => {
  it('is read to its bound, its time or its break, and says which', async () => {
    const flood = await serve((response) => {
      const more = () => {
        while (response.writable && response.write('x'.repeat(50_000)));
      };
      response.on('drain', more);
      more();
    });
    const slow = await serve((response) => response.write('slow'));
    const broken = await serve((response) => {
      response.write('broken', () => response.destroy());
    });
    const long = await readBoundedText(await fetchFrom(flood), { mostBytes: 1001 });
    expect({ ...long, text: long.text.length }).toEqual({ text: 1001, end: 'too-long' });
    expect(await readBoundedText(await fetchFrom(slow), { mostBytes: 100, withinMs: 60 })).toEqual({
      text: 'slow',
      end: 'too-slow',
    });
    expect(await readBoundedText(await fetchFrom(broken), { mostBytes: 100 })).toEqual({ text: 'broken', end: 'cut' });
    const signal = AbortSignal.abort(new Error('left'));
    const response = await fetchFrom(slow);
    await expect(readBoundedText(response, { mostBytes: 100 }, signal)).rejects.toThrow('left');
  });
});
