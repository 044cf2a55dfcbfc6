import { delta, done, drip, event, head, json, kept, type Scenario, says, stayOpen, stop, stream } from './scenario.ts';

const whole = says('The tide ', 'turns at noon.');
const good = `${whole}${stop}${done}`;
const bytes = Buffer.from(`${says('二十一 °C 🌙')}${stop}${done}`);
const chunked = (text: string, trailer = '') =>
  `${[...text.matchAll(/.{1,50}/gs)].map(([part]) => `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`).join('')}0\r\n${trailer}\r\n`;

/** The same answer, cut up and written in all ways that streams of events, lines and JSON have. */
export const framing: readonly Scenario[] = [
  { name: 'a plain stream', serve: stream(good), end: 'stop', text: kept },
  {
    name: 'a byte at a time',
    serve: drip([...bytes].map((byte) => Buffer.from([byte]))),
    end: 'stop',
    text: '二十一 °C 🌙',
  },
  ...Array.from({ length: 8 }, (_, at): Scenario => {
    const cut = bytes.indexOf(Buffer.from('二')) + at;
    const pieces = [bytes.subarray(0, cut), bytes.subarray(cut)];
    return { name: `cut within a character, at byte ${at}`, serve: drip(pieces), end: 'stop', text: '二十一 °C 🌙' };
  }),
  { name: 'a byte order mark', serve: stream(`\ufeff${good}`), end: 'stop', text: kept },
  { name: 'lines that end with both signs', serve: stream(good.replaceAll('\n', '\r\n')), end: 'stop', text: kept },
  { name: 'lines that end with a return', serve: stream(good.replaceAll('\n', '\r')), end: 'stop', text: kept },
  {
    name: 'lines that end with a return, on a connection that stays',
    serve: stayOpen(good.replaceAll('\n', '\r')),
    end: 'stop',
    text: kept,
  },
  {
    name: 'both signs, cut between them',
    serve: drip(good.replaceAll('\n', '\r\n').split(/(?<=\r)/)),
    end: 'stop',
    text: kept,
  },
  { name: 'no space after data', serve: stream(good.replaceAll('data: ', 'data:')), end: 'stop', text: kept },
  {
    name: 'ids, times and names',
    serve: stream(good.replaceAll('data:', 'id: 1\nretry: 10\nevent: message\ndata:')),
    end: 'stop',
    text: kept,
  },
  { name: 'comments between', serve: stream(good.replaceAll('data:', ': wait\n\ndata:')), end: 'stop', text: kept },
  {
    name: 'JSON over several lines of data',
    serve: stream(
      `data: ${JSON.stringify(JSON.parse(delta({ content: kept })), null, 1).replaceAll('\n', '\ndata: ')}\n\n`,
      stop,
    ),
    end: 'stop',
    text: kept,
  },
  { name: 'nothing between events', serve: stream(good.replaceAll('\n\n', '\n')), end: 'stop', text: kept },
  { name: 'no line end after the last event', serve: stream(`${whole}${stop}`.trimEnd()), end: 'stop', text: kept },
  {
    name: 'lines of JSON instead of events',
    serve: stream(good.replaceAll('data: ', '').replaceAll('\n\n', '\n')),
    end: 'stop',
    text: kept,
  },
  {
    name: 'lines of JSON under names of fields nobody knows',
    serve: stream(good.replaceAll('data: ', 'data : ')),
    end: 'server/garbled',
  },
  {
    name: "Ollama's own lines",
    serve: stream(
      ...['The tide ', 'turns at noon.'].map(
        (content) => `${JSON.stringify({ model: 'm', message: { role: 'assistant', content }, done: false })}\n`,
      ),
      `${JSON.stringify({ model: 'm', message: { content: '' }, done: true, done_reason: 'stop', eval_count: 3 })}\n`,
    ),
    end: 'stop',
    text: kept,
  },
  {
    name: "Ollama's own lines with a thought, cut by length",
    serve: stream(
      `${JSON.stringify({ message: { thinking: 'Hm.', content: '' }, done: false })}\n`,
      `${JSON.stringify({ response: kept, done: true, done_reason: 'length' })}\n`,
    ),
    end: 'length',
    text: kept,
    thinking: 'Hm.',
  },
  {
    name: 'a whole answer instead of a stream',
    serve: json(200, {
      object: 'chat.completion',
      choices: [{ index: 0, message: { role: 'assistant', content: kept }, finish_reason: 'stop' }],
    }),
    end: 'stop',
    text: kept,
  },
  {
    name: 'a whole answer over many lines, without a reason',
    serve: json(200, JSON.stringify({ choices: [{ message: { content: kept } }] }, null, 2)),
    end: 'stop',
    text: kept,
  },
  {
    name: 'a whole answer as a list, said to be events',
    serve: stream(JSON.stringify([{ choices: [{ message: { content: kept }, finish_reason: 'length' }] }])),
    end: 'length',
    text: kept,
  },
  {
    name: 'chunks with signs and trailers',
    serve: (socket) => socket.end(`${head(200, { 'transfer-encoding': 'chunked' })}${chunked(good, 'x-sum: 1\r\n')}`),
    end: 'stop',
    text: kept,
  },
  {
    name: 'chunks with extensions',
    serve: (socket) =>
      socket.end(`${head(200, { 'transfer-encoding': 'chunked' })}${chunked(good).replaceAll(/^32\r/gm, '32;a=b\r')}`),
    end: 'stop',
    text: kept,
  },
  {
    name: 'a hundred lines that it goes on first',
    serve: (socket) => socket.end(`${'HTTP/1.1 102 Processing\r\n\r\n'.repeat(100)}${head()}${good}`),
    end: 'stop',
    text: kept,
  },
  {
    name: 'half a sign at the end',
    serve: stream(says(kept), stop, Buffer.from([0xe4, 0xba])),
    end: 'stop',
    text: kept,
  },
  {
    name: 'a broken sign in the middle',
    serve: stream('data: {"choices":[{"delta":{"content":"a', Buffer.from([0xff, 0xfe]), 'b"}}]}\n\n', stop),
    end: 'stop',
    text: 'a\ufffd\ufffdb',
  },
  {
    name: 'one bad event among good ones',
    serve: stream(says('The tide '), event('{"choices":[{'), says('turns at noon.'), stop),
    end: 'server/unreadable',
    text: kept,
  },
  { name: 'the mark of the end in quotes', serve: stayOpen(says(kept), event('"[DONE]"')), end: 'stop', text: kept },
  {
    name: 'a named event for the end',
    serve: stayOpen(says(kept), 'event: done\ndata: \n\n', 'event: done\ndata: ok\n\n'),
    end: 'stop',
    text: kept,
  },
  {
    name: 'JSON that is deep',
    serve: stream(event(`${'['.repeat(5000)}${']'.repeat(5000)}`), good),
    end: 'stop',
    text: kept,
  },
  {
    name: 'names that change objects',
    serve: stream(event('{"__proto__":{"error":"x"},"choices":[]}'), event('{"constructor":1}'), good),
    end: 'stop',
    text: kept,
  },
];
