import { gzipSync } from 'node:zlib';
import { answerOf, type BrokenPlace, type Fault, join, served, whole, words } from './fault.ts';
import { framings, withinStream } from './faults-within.ts';
import { flood, head, json, type Scenario } from './scenario.ts';
import type { Spoken } from './spoken.ts';

/** Twenty megabytes in twenty kilobytes. */
const bomb = gzipSync(Buffer.concat([Buffer.from('data: '), Buffer.alloc(20_000_000, 'a')]));
const never: Scenario['serve'] = () => {};

/** All kinds of faults, in one protocol. */
export function faultsOf(spoken: Spoken): readonly Fault[] {
  return [
    ...cuts(spoken),
    ...breaks(spoken),
    ...silences(spoken),
    ...withinStream(spoken),
    ...framings(spoken),
    ...floods(spoken),
    ...refusals(spoken),
    ...places,
  ];
}

/** Cut after this many bytes: within names, signs, line ends, the end itself, and everywhere between. */
function cuts(spoken: Spoken): readonly Fault[] {
  const said = answerOf(spoken);
  const body = Buffer.from(join(said));
  const at = (text: string, more = 0) => body.indexOf(Buffer.from(text)) + more;
  const [first = '', second = '', third = ''] = words;
  const end = Buffer.byteLength(join([...spoken.opens, ...words.map(spoken.says)]));
  const places: readonly (readonly [string, number])[] = [
    ['before a byte', 0],
    ['within the name of a field', 3],
    ['within the first event', 15],
    ['before the first word', at(first)],
    ['within the first sign', at(first, 1)],
    ['in the last byte of a sign', at(first, 5)],
    ['within the event of the first word', at(first, 7)],
    ['within a sign of two bytes', at('é', 1)],
    ['between two line ends', at(second) + body.subarray(at(second)).indexOf('\n\n') + 1],
    ['within a moon', at('🌙', 1)],
    ['behind half of a moon', at('🌙', 2)],
    ['behind most of a moon', at('🌙', 3)],
    ['behind the third word', at(third, Buffer.byteLength(third))],
    ['before the end', end],
    ['between the signs of a line end', end - 1],
    ['within the end', end + 12],
    ['behind all of it', body.length],
  ];
  return places.map(([name, bytes]) => cutAt(spoken, `cut ${name}`, body, bytes));
}

function cutAt(spoken: Spoken, name: string, body: Buffer, bytes: number): Fault {
  const { text, end } = toldBefore(spoken, bytes);
  return { name, serve: served(body.subarray(0, bytes)), end, text };
}

/** The words whose events had come whole by then, told without reading the protocol. */
export function toldBefore(spoken: Spoken, bytes: number): Pick<Fault, 'text' | 'end'> {
  let [begin, text] = [0, ''];
  let end = bytes === 0 ? 'server/nothing' : 'server/cut';
  const ending = spoken.ends('stop')[0]?.wire;
  for (const said of answerOf(spoken)) {
    if (begin + Buffer.byteLength(said.wire.trimEnd()) > bytes) break;
    begin += Buffer.byteLength(said.wire);
    text += said.text;
    if (said.wire === ending) end = 'stop';
  }
  return { text, end };
}

/** The connection itself breaks, with the words before it already there. */
function breaks(spoken: Spoken): readonly Fault[] {
  const begun = join([...spoken.opens, ...words.slice(0, 2).map(spoken.says)]);
  const text = words.slice(0, 2).join('');
  const resets =
    (said: string): Scenario['serve'] =>
    (socket) => {
      socket.write(said, () => setTimeout(() => socket.resetAndDestroy(), 20));
    };
  const chunk = (said: string) => `${Buffer.byteLength(said).toString(16)}\r\n${said}\r\n`;
  const chunked = head(200, { 'transfer-encoding': 'chunked' });
  return [
    { name: 'reset before the head', serve: (socket) => socket.resetAndDestroy(), end: 'server/unreachable', text: '' },
    { name: 'reset behind the head', serve: resets(head()), end: 'server/cut', text: '' },
    { name: 'reset within an answer', serve: resets(head() + begun), end: 'server/cut', text },
    { name: 'reset behind its end', serve: resets(head() + join(answerOf(spoken))), end: 'stop', text: whole },
    { name: 'reset within a chunk', serve: resets(`${chunked}${chunk(begun)}ff\r\ndata`), end: 'server/cut', text },
    { name: 'fewer bytes than said', serve: served(begun, { 'content-length': 90_000 }), end: 'server/cut', text },
    {
      name: 'a chunk whose length lies',
      serve: (socket) => socket.end(`${chunked}${chunk(begun)}5\r\ndata: {"a":1}\r\n`),
      end: 'server/unreadable',
      text,
    },
    {
      name: 'chunks without their last',
      serve: (socket) => socket.end(`${chunked}${chunk(begun)}`),
      end: 'server/cut',
      text,
    },
  ];
}

function silences(spoken: Spoken): readonly Fault[] {
  const begun = head() + join(spoken.opens);
  const stay =
    (said: string | Buffer): Scenario['serve'] =>
    (socket) => {
      socket.write(said);
    };
  const half = Buffer.from(begun + spoken.says(words[0]).wire + spoken.says(words[2]).wire);
  const moon = half.indexOf(Buffer.from('🌙'));
  const text = words[0] ?? '';
  return [
    { name: 'never a first byte', serve: never, end: 'server/stalled', text: '' },
    { name: 'silence behind the head', serve: stay(head()), end: 'server/stalled', text: '' },
    { name: 'silence within an answer', serve: stay(begun + spoken.says(text).wire), end: 'server/stalled', text },
    {
      name: 'its end, on a connection that stays',
      serve: stay(head() + join(answerOf(spoken))),
      end: 'stop',
      text: whole,
    },
    {
      name: 'why it ends, and then silence',
      serve: stay(head() + join(answerOf(spoken).slice(0, -(spoken.ends('stop').length - 1) || undefined))),
      end: 'stop',
      text: whole,
    },
    { name: 'silence within a sign', serve: stay(half.subarray(0, moon + 2)), end: 'server/stalled', text },
    {
      name: 'nothing but signs of life',
      serve: (socket) => {
        socket.write(begun);
        const timer = setInterval(() => socket.write(': alive\n\n'), 40);
        socket.on('close', () => clearInterval(timer));
      },
      end: 'server/stalled',
      text: '',
    },
  ];
}

/** More than anybody wants. */
function floods(spoken: Spoken): readonly Fault[] {
  const begun = head() + join(spoken.opens);
  const packed = (status: number) =>
    served(bomb, { 'content-encoding': 'gzip', 'content-length': bomb.length }, status);
  return [
    { name: 'words without end', serve: flood(begun, spoken.says('word ').wire), end: 'length', text: 'some' },
    { name: 'comments without end', serve: flood(begun, ': alive\n\n'), end: 'server/too-much', text: '' },
    { name: 'one line without end', serve: flood(`${begun}data: {"a":"`, 'a'), end: 'server/too-much', text: '' },
    {
      name: 'headers without end',
      serve: flood('HTTP/1.1 200 OK\r\n', 'x-a: b\r\n'),
      end: 'server/unreadable',
      text: '',
    },
    { name: 'a bomb', serve: packed(200), end: 'server/too-much', text: '' },
    { name: 'a bomb as a refusal', serve: packed(500), end: 'server/failed', text: '' },
  ];
}

function refusals(spoken: Spoken): readonly Fault[] {
  const refused = (
    status: number,
    kind: string,
    end: string,
    headers: Readonly<Record<string, string>> = {},
  ): Fault => ({
    name: `${status} ${[kind, ...Object.values(headers)].join(' ')}`,
    serve: json(status, spoken.refuses('No.', kind, status), headers),
    ...{ end, text: '' },
  });
  const other = 'http://127.0.0.2:9/v1/elsewhere';
  const sent = (status: number, location: string): Fault => ({
    name: `${status} to ${location.startsWith('/') ? 'the same host' : 'another host'}`,
    serve: json(status, '', { location }),
    ...{ end: 'server/moved', text: '' },
  });
  const later = new Date(Date.now() + 30_000).toUTCString();
  return [
    refused(429, 'rate_limit_error', 'server/busy'),
    refused(429, 'rate_limit_error', 'server/busy', { 'retry-after': '7' }),
    { ...refused(429, 'rate_limit_error', 'server/busy', { 'retry-after': later }), name: '429 until a day' },
    refused(500, 'api_error', 'server/failed'),
    refused(502, 'bad_gateway', 'server/failed'),
    refused(503, 'overloaded_error', 'server/busy'),
    { name: '404 of a retired model', serve: json(404, spoken.retired), end: 'server/model-missing', text: '' },
    sent(307, other),
    sent(301, other),
    sent(308, '/v2/elsewhere'),
    sent(302, '/v2/elsewhere'),
  ];
}

const place = (at: BrokenPlace, end: string): Fault => ({ name: at, serve: never, at, end, text: '' });

const places: readonly Fault[] = [
  place('port-closed', 'server/unreachable'),
  place('name-unknown', 'server/unreachable'),
  place('name-unanswered', 'server/unreachable'),
  place('certificate-expired', 'server/certificate'),
  place('certificate-of-another', 'server/certificate'),
  place('certificate-own', 'server/certificate'),
  place('plain-behind-https', 'server/wrong-scheme'),
  place('proxy-refuses', 'server/proxy'),
  place('proxy-asks-who', 'server/proxy'),
  place('proxy-closes', 'server/proxy'),
  place('proxy-away', 'server/proxy'),
];
