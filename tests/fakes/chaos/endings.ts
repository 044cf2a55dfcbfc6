import { delta, done, event, head, json, kept, type Scenario, says, stayOpen, stop, stream } from './scenario.ts';

const text = kept;
const withReason = (reason: string) => event(delta({}, reason));
const usage = event({
  choices: [],
  usage: { prompt_tokens: 5, completion_tokens: 7 },
  timings: { note: 'x'.repeat(5000) },
});
const wrong = { error: { message: 'the GPU fell over', type: 'server_error' } };
const tooLong = { error: { message: "This model's maximum context length is 4096 tokens.", code: 400 } };

/** How an answer ends, and how it only seems to. */
export const endings: readonly Scenario[] = [
  {
    name: 'the mark of the end, on a connection that stays',
    serve: stayOpen(says(text), stop, done),
    end: 'stop',
    text,
  },
  { name: 'the mark of the end without a reason', serve: stream(says(text), done), end: 'stop', text },
  { name: 'a reason, then counts, then nothing', serve: stream(says(text), stop, usage), end: 'stop', text },
  {
    name: 'a reason, then counts, on a connection that stays',
    serve: stayOpen(says(text), stop, usage),
    end: 'stop',
    text,
  },
  { name: 'a reason alone', serve: stream(says(text), stop), end: 'stop', text },
  {
    name: 'the mark of the end, half written, after a reason',
    serve: stream(says(text), stop, 'data: [DO'),
    end: 'stop',
    text,
  },
  {
    name: 'the mark of the end without its line end, on a connection that stays',
    serve: stayOpen(says(text), 'data: [DONE]\n'),
    end: 'stop',
    text,
  },
  { name: 'text after the mark of the end', serve: stream(says(text), stop, done, says(' More.')), end: 'stop', text },
  { name: 'two reasons', serve: stream(says(text), withReason('length'), stop, done), end: 'length', text },
  {
    name: 'text in the event of the reason',
    serve: stream(event(delta({ content: text }, 'stop'))),
    end: 'stop',
    text,
  },
  {
    name: 'a reason with every piece, slowly',
    serve: (socket) => {
      socket.write(head());
      const pieces = ['The ', 'tide ', 'turns ', 'at ', 'noon.'];
      const more = () => {
        const content = pieces.shift();
        if (content === undefined || !socket.writable) return socket.end();
        return socket.write(event(delta({ content }, 'stop')), () => setTimeout(more, 50));
      };
      more();
    },
    end: 'stop',
    text,
  },
  {
    name: 'text after a reason, and then no end',
    serve: stream(says('The '), stop, says('tide')),
    end: 'server/cut',
    text: 'The tide',
  },
  { name: 'reasons in capitals', serve: stream(says(text), withReason('STOP')), end: 'stop', text },
  { name: 'a reason that is empty', serve: stream(event(delta({ content: text }, ''))), end: 'server/cut', text },
  { name: 'the model is full', serve: stream(says(text), withReason('model_length')), end: 'full', text },
  { name: 'an error after the reason', serve: stream(says(text), stop, event(wrong)), end: 'stop', text },
  { name: 'no end at all', serve: stream(says(text)), end: 'server/cut', text },
  { name: 'counts alone', serve: stream(usage), end: 'server/nothing' },
  {
    name: 'a connection that breaks',
    serve: (socket) => socket.write(head() + says(text), () => setTimeout(() => socket.resetAndDestroy(), 20)),
    end: 'server/cut',
    text,
  },
  {
    name: 'fewer bytes than said',
    serve: (socket) => socket.end(head(200, { 'content-length': 100_000 }) + says(text)),
    end: 'server/cut',
    text,
  },
  {
    name: 'a chunk that is none',
    serve: (socket) => socket.end(`${head(200, { 'transfer-encoding': 'chunked' })}5\r\ndata:\r\nzz\r\n`),
    end: 'server/unreadable',
  },
  {
    name: 'filtered in the middle',
    serve: stream(says('The tide '), withReason('content_filter')),
    end: 'server/filtered',
    text: 'The tide ',
  },
  { name: 'filtered before a word', serve: stream(withReason('content_filter'), done), end: 'server/filtered' },
  {
    name: 'filtered, as others say it',
    serve: stream(says('The '), withReason('SAFETY')),
    end: 'server/filtered',
    text: 'The ',
  },
  {
    name: 'a reason nobody knows',
    serve: stream(says(text), withReason('planets_misaligned'), done),
    end: 'server/unknown-end',
    text,
  },
  {
    name: 'a reason that says that it failed',
    serve: stream(says(text), withReason('insufficient_system_resource')),
    end: 'server/error-within',
    text,
  },
  { name: 'an error in the stream', serve: stream(event(wrong)), end: 'server/error-within' },
  {
    name: 'an error after some text, on a connection that stays',
    serve: stayOpen(says(text), event(wrong)),
    end: 'server/error-within',
    text,
  },
  { name: 'a named event of an error', serve: stream(`event: error\n${event(wrong)}`), end: 'server/error-within' },
  {
    name: 'a named event of an error in words',
    serve: stream('event: error\ndata: the GPU fell over\n\n'),
    end: 'server/error-within',
  },
  { name: 'an error as a word', serve: stream(event({ error: 'the GPU fell over' })), end: 'server/error-within' },
  {
    name: 'an error within a choice',
    serve: stream(event({ choices: [{ index: 0, delta: {}, error: { code: 502, message: 'upstream' } }] })),
    end: 'server/error-within',
  },
  {
    name: 'an error line without data before it',
    serve: stream(says(text), `error: ${JSON.stringify(wrong)}\n\n`),
    end: 'server/error-within',
    text,
  },
  { name: 'a text that is too long, told in the stream', serve: stream(event(tooLong)), end: 'server/context-full' },
  {
    name: 'the same by a named event',
    serve: stream(
      'event: error\ndata: {"message":"Trying to keep the first 9000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens"}\n\n',
    ),
    end: 'server/context-full',
  },
  { name: 'the same in a whole answer', serve: json(200, tooLong), end: 'server/context-full' },
  {
    name: 'an empty account, told in the stream',
    serve: stream(event({ error: { message: 'Insufficient Balance' } })),
    end: 'server/no-balance',
  },
  {
    name: 'an empty account with a status that is well',
    serve: json(200, { code: 1113, msg: '您的账户已欠费，请充值后重试' }),
    end: 'server/no-balance',
  },
  {
    name: 'an empty account behind an answer that is null',
    serve: json(200, { choices: null, base_resp: { status_code: 1008, status_msg: 'insufficient balance' } }),
    end: 'server/no-balance',
  },
  {
    name: 'a wrong key with a status that is well',
    serve: json(200, { error: { message: 'Incorrect API key provided' } }),
    end: 'server/wrong-key',
  },
  {
    name: 'a busy server, told in the stream',
    serve: stream(event({ error: { code: 429, message: 'slow down' } })),
    end: 'server/busy',
  },
  { name: 'no body', serve: (socket) => socket.end('HTTP/1.1 204 None\r\n\r\n'), end: 'server/nothing' },
  { name: 'an empty body', serve: json(200, ''), end: 'server/nothing' },
  { name: 'comments alone', serve: stream(': hello\n\n: bye\n\n'), end: 'server/nothing' },
  { name: 'white space alone', serve: stream(' \n\n \n'), end: 'server/nothing' },
  { name: 'an object that says nothing', serve: json(200, {}), end: 'server/garbled' },
  { name: 'words under the name of events', serve: stream('upstream says: nothing here\n'), end: 'server/garbled' },
  { name: 'words that tell the cause', serve: stream('Error: CUDA out of memory\n'), end: 'server/no-memory' },
  {
    name: 'a page under the name of events',
    serve: stream('<!DOCTYPE html><html><body>Log in</body></html>'),
    end: 'server/not-an-api',
  },
  {
    name: 'bytes that are no text',
    serve: stream(Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 37) % 256))),
    end: 'server/garbled',
  },
  {
    name: 'an empty answer',
    serve: stream(event(delta({ role: 'assistant', content: '' })), stop, done),
    end: 'stop',
    text: '',
  },
  {
    name: 'thinking that is never closed',
    serve: stream(says('<think>', 'Hm.'), stop),
    end: 'stop',
    text: '',
    thinking: 'Hm.',
  },
];
