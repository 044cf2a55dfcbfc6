import * as zlib from 'node:zlib';
import { done, drip, event, flood, head, kept, type Scenario, says, stop } from './scenario.ts';

const packedHead = (encoding: string, status = 200, more: object = {}) =>
  head(status, { 'content-encoding': encoding, ...more });
const good = `${says(kept)}${stop}${done}`;
const quick = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } };
const packers = {
  gzip: zlib.gzipSync,
  deflate: zlib.deflateSync,
  br: (text: string | Buffer) => zlib.brotliCompressSync(text, quick),
  zstd: zlib.zstdCompressSync,
};

/** Far more than fits into memory, packed small: the same small piece unpacked for ever. */
function bomb(encoding: keyof typeof packers, begin: string, megabytes: number): Buffer {
  return packers[encoding](Buffer.concat([Buffer.from(begin), Buffer.alloc(megabytes * 1_000_000, 'a')]));
}

const sized =
  (status: number, encoding: string, pack: Buffer | (() => Buffer)): Scenario['serve'] =>
  (socket) => {
    const body = typeof pack === 'function' ? pack() : pack;
    socket.write(packedHead(encoding, status, { 'content-length': body.length }));
    socket.end(body);
  };

/** Packed bodies, though none was asked for. */
export const packed: readonly Scenario[] = [
  ...Object.entries(packers).map(
    ([encoding, pack]): Scenario => ({
      name: `packed: ${encoding}`,
      serve: sized(200, encoding, pack(good)),
      end: 'stop',
      text: kept,
    }),
  ),
  {
    name: 'packed twice',
    serve: sized(200, 'gzip, gzip', zlib.gzipSync(zlib.gzipSync(good))),
    end: 'stop',
    text: kept,
  },
  {
    name: 'packed in two members',
    serve: sized(200, 'gzip', Buffer.concat([zlib.gzipSync(says(kept)), zlib.gzipSync(stop + done)])),
    end: 'stop',
    text: kept,
  },
  {
    name: 'packed a byte at a time',
    serve: drip(
      [...zlib.gzipSync(good)].map((byte) => Buffer.from([byte])),
      packedHead('gzip'),
    ),
    end: 'stop',
    text: kept,
  },
  {
    name: 'packed, and broken off behind the end',
    serve: sized(200, 'gzip', zlib.gzipSync(good).subarray(0, -8)),
    end: 'stop',
    text: kept,
  },
  { name: 'packed in no way', serve: sized(200, 'gzip', Buffer.from(good)), end: 'server/unreadable' },
  { name: 'packed in a way nobody knows', serve: sized(200, 'lzma', Buffer.from(good)), end: 'server/unreadable' },
  {
    name: 'packed nine times',
    serve: sized(200, Array.from({ length: 9 }, () => 'gzip').join(), Buffer.from(good)),
    end: 'server/unreadable',
  },
];

/** What has no end, or is far more than an answer may be. `megabytes` is how large a bomb is when unpacked. */
export function floods(megabytes: number): readonly Scenario[] {
  const word = says('word ');
  const all: readonly Omit<Scenario, 'flood'>[] = [
    { name: 'text without end', serve: flood(head(), word), end: 'length' },
    { name: 'text without end, in large pieces', serve: flood(head(), says('word '.repeat(5000))), end: 'length' },
    {
      name: 'thinking without end',
      serve: flood(head(), event({ choices: [{ delta: { reasoning_content: 'hm ' } }] })),
      end: 'length',
    },
    { name: 'a thought in the text without end', serve: flood(head() + says('<think>'), word), end: 'length' },
    { name: 'a mark of thinking without end', serve: flood(head(), says('<thi')), end: 'length' },
    { name: 'comments without end', serve: flood(head(), ': keep-alive\n\n'), end: 'server/too-much' },
    { name: 'line ends without end', serve: flood(head(), '\n'), end: 'server/too-much' },
    {
      name: 'events without a word, without end',
      serve: flood(head(), event({ choices: [] })),
      end: 'server/too-much',
    },
    { name: 'events that are none, without end', serve: flood(head(), event('{"choices":[')), end: 'server/garbled' },
    { name: 'words that are no events, without end', serve: flood(head(), 'hello there\n'), end: 'server/garbled' },
    {
      name: 'words among events, without end',
      serve: flood(head() + says('a'), 'hello there\n'),
      end: 'server/too-much',
    },
    {
      name: 'one line without end',
      serve: flood(`${head()}data: {"choices":[{"delta":{"content":"`, 'a'),
      end: 'server/too-much',
    },
    { name: 'lines of one event without end', serve: flood(head(), 'data: {"choices":[\n'), end: 'server/too-much' },
    {
      name: 'JSON without end',
      serve: flood(`${head(200, { 'content-type': 'application/json' })}{"choices":[`, '{"message":{"content":"a"}},'),
      end: 'server/too-much',
    },
    { name: 'JSON over lines without end', serve: flood(`${head()}{\n`, '"a": {\n}\n'), end: 'server/too-much' },
    { name: 'lists of lists without end', serve: flood(`${head()}[`, '['), end: 'server/too-much' },
    {
      name: 'a page without end',
      serve: flood(`${head(200, { 'content-type': 'text/html' })}<html>`, '<p>hello</p>'),
      end: 'server/not-an-api',
    },
    { name: 'white space without end', serve: flood(head(), ' '), end: 'server/too-much' },
    { name: 'a refusal without end', serve: flood(head(500), 'oops '), end: 'server/failed' },
    {
      name: 'a page of refusal without end',
      serve: flood(`${head(404, { 'content-type': 'text/html' })}<html>`, '<p>hello</p>'),
      end: 'server/not-an-api',
    },
    { name: 'headers without end', serve: flood('HTTP/1.1 200 OK\r\n', 'x-a: b\r\n'), end: 'server/unreadable' },
    { name: 'one header without end', serve: flood('HTTP/1.1 200 OK\r\nx-a: ', 'b'), end: 'server/unreadable' },
    { name: 'announcements without end', serve: flood('', 'HTTP/1.1 100 Continue\r\n\r\n'), end: 'server/unreadable' },
    {
      name: 'chunks of a byte without end',
      serve: flood(head(200, { 'transfer-encoding': 'chunked' }), '1\r\n \r\n'),
      end: 'server/too-much',
    },
    ...(['gzip', 'deflate', 'br', 'zstd'] as const).flatMap((encoding) => [
      {
        name: `a bomb as an answer: ${encoding}`,
        serve: sized(200, encoding, () => bomb(encoding, 'data: ', megabytes)),
        end: 'server/too-much',
      },
      {
        name: `a bomb as a refusal: ${encoding}`,
        serve: sized(500, encoding, () => bomb(encoding, '', megabytes)),
        end: 'server/failed',
      },
    ]),
    {
      name: 'a bomb of words',
      serve: sized(200, 'gzip', () => zlib.gzipSync(word.repeat(Math.min(megabytes, 400) * 8000))),
      end: 'length',
    },
    {
      name: 'packed bytes that come to nothing, without end',
      serve: (socket) => {
        socket.write(packedHead('gzip'));
        socket.write(zlib.gzipSync('').subarray(0, 10));
        flood('', Buffer.from('000000ffff', 'hex'))(socket);
      },
      end: 'server/unreadable',
    },
  ];
  return all.map((scenario) => ({ ...scenario, flood: true }));
}

/** Silence, at each stage. */
export const silences: readonly Scenario[] = [
  { name: 'silence', serve: () => {}, end: 'server/stalled' },
  {
    name: 'silence within the head',
    serve: (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-'),
    end: 'server/stalled',
  },
  { name: 'silence behind the head', serve: (socket) => socket.write(head()), end: 'server/stalled' },
  {
    name: 'silence within an event',
    serve: (socket) => socket.write(`${head()}${says(kept)}data: {"cho`),
    end: 'server/stalled',
    text: kept,
  },
  {
    name: 'silence within an answer',
    serve: (socket) => socket.write(head() + says(kept)),
    end: 'server/stalled',
    text: kept,
  },
  {
    name: 'silence within a refusal',
    serve: (socket) => socket.write(`${head(400)}{"error":"Invalid API key`),
    end: 'server/wrong-key',
  },
  { name: 'silence within packed bytes', serve: (socket) => socket.write(packedHead('gzip')), end: 'server/stalled' },
  { name: 'a head drop by drop', serve: drip(head().split(/(?<=\n)/), ''), end: 'server/nothing' },
  { name: 'a connection that is closed', serve: (socket) => socket.destroy(), end: 'server/unreachable' },
  { name: 'a connection that is reset', serve: (socket) => socket.resetAndDestroy(), end: 'server/unreachable' },
  {
    name: 'a connection that is reset within the head',
    serve: (socket) => socket.write('HTTP/1.1 200 OK\r\n', () => socket.resetAndDestroy()),
    end: 'server/unreachable',
  },
  {
    name: 'a connection that ends within the head',
    serve: (socket) => socket.end('HTTP/1.1 200 OK\r\n'),
    end: 'server/unreachable',
  },
  { name: 'another protocol', serve: (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'), end: 'server/unreachable' },
  { name: 'a status that is none', serve: (socket) => socket.end(head(999)), end: 'server/unreadable' },
  {
    name: 'an upgrade',
    serve: (socket) => socket.end('HTTP/1.1 101 Switch\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    end: 'server/unreadable',
  },
];
