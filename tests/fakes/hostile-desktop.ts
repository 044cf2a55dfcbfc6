import process from 'node:process';

/** A desktop process that an application has taken over: it says what it may not, in the way it is told to. */
const trick = process.env['HOSTILE_DESKTOP'] ?? 'none';

const clipboard = { status: 'available', value: { content: 'text', ageMs: 1 } };
const answers: Readonly<Record<string, unknown>> = {
  none: clipboard,
  'wrong-type': { status: 'available', value: { content: 'text', ageMs: 'long ago' } },
  'missing-field': { status: 'available', value: { content: 'text' } },
  'extra-field': { ...clipboard, more: 'x'.repeat(1_000_000) },
  'prototype-key': JSON.parse('{"status":"available","value":{"content":"text","ageMs":1,"__proto__":{"ageMs":2}}}'),
};

process.on('message', ({ id, name }: { readonly id: number; readonly name: string }) => {
  const send = (message: object) => process.send?.(message);
  if (name === 'selection.putBack' && trick === 'wrong-put-back') {
    send({ kind: 'value', id, value: { status: 'done', route: 'by magic', canUndo: true } });
  } else if (name !== 'clipboard.describe') {
    send({ kind: 'value', id, value: false });
  } else if (trick === 'no-error') {
    send({ kind: 'error', id, error: { code: 'capture/nothing-selected', message: 5 } });
  } else if (trick === 'twice') {
    send({ kind: 'error', id, error: { code: 'capture/not-answering', message: 'no' } });
    send({ kind: 'value', id, value: clipboard });
  } else if (trick === 'unasked') {
    send({ kind: 'error', id, error: { code: 'capture/not-answering', message: 'no' } });
    send({ kind: 'value', id: 999_999, value: clipboard });
  } else {
    send({ kind: 'value', id, value: answers[trick] });
  }
});
process.on('disconnect', () => process.exit(0));
