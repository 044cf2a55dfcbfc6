import process from 'node:process';

/** An engine that its model file has taken over: the path it is told to load says how it behaves. */
let trick = 'none';
const loaded = { contextTokens: 10, trainedContextTokens: 10, bytes: 1, threads: 1, networkOff: true };
const usage = { promptTokens: 1, cachedTokens: 0, outputTokens: 1, contextTokens: 2, droppedMessages: 0 };
const finish = { type: 'finish', reason: 'stop', usage };

const parts: Readonly<Record<string, readonly unknown[]>> = {
  none: [{ type: 'text-delta', text: 'Hello.' }, finish],
  'wrong-type': [{ type: 'text-delta', text: 5 }, finish],
  'missing-field': [{ type: 'text-delta' }, finish],
  'unknown-part': [{ type: 'tool-call', command: 'rm' }, finish],
  'extra-field': [{ type: 'text-delta', text: 'a', more: 'x'.repeat(5_000_000) }, finish],
  'huge-text': [{ type: 'text-delta', text: 'x'.repeat(5_000_000) }, finish],
  'no-number': [{ type: 'prompt-progress', done: Number.NaN, total: 1 }, finish],
  'negative-count': [{ type: 'finish', reason: 'stop', usage: { ...usage, outputTokens: -5 } }],
  'prototype-key': [JSON.parse('{"type":"text-delta","text":"a","__proto__":{"polluted":true}}'), finish],
  'wrong-error': [{ type: 'failure', error: { code: 'no/such-code', message: 'x' } }],
};

function generate(id: number): void {
  const send = (sequence: number, part: unknown) => process.send?.({ kind: 'part', id, sequence, part });
  if (trick === 'wrong-sequence') send(7, finish);
  else if (trick === 'endless') for (let at = 0; at < 5000; at += 1) send(at, { type: 'text-delta', text: 'a' });
  else if (trick === 'after-the-end') {
    send(0, finish);
    process.send?.({ kind: 'end', id });
    for (let at = 1; at < 50; at += 1) send(at, { type: 'text-delta', text: 'more' });
  } else if (trick === 'value-for-a-stream') process.send?.({ kind: 'value', id, value: 'Hello.' });
  else if (trick === 'abort') {
    process.stderr.write('    at runTemplate (file:///somewhere/models/engine/limits.ts:20:16)\n');
    process.stderr.write('/opt/build/llama.cpp/src/vocab.cpp:2501: GGML_ASSERT(size) failed\n', () => process.abort());
  } else if (trick === 'no-frame') process.send?.({ kind: 'part', id, part: finish });
  else {
    for (const [at, part] of (parts[trick] ?? []).entries()) send(at, part);
    process.send?.({ kind: 'end', id });
  }
}

process.on('message', (message: { id: number; kind: string; name?: string; input?: { path?: string } }) => {
  const { id, kind, name, input } = message;
  if (name === 'engine.load') {
    trick = input?.path ?? 'none';
    const value = trick === 'wrong-load' ? { ...loaded, contextTokens: 'many' } : loaded;
    process.send?.({ kind: 'value', id, value });
  } else if (name === 'engine.ping') process.send?.({ kind: 'value', id, value: { residentBytes: 1 } });
  else if (name === 'engine.generate') generate(id);
  else if (kind === 'close') process.send?.({ kind: 'aborted', id });
});
process.on('disconnect', () => process.exit(0));
