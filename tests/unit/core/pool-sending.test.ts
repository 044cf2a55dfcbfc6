import { createServer } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Gate } from '../../support/gate.ts';

let gate: Gate;
beforeEach(async () => {
  gate = await Gate.start();
});
afterEach(() => gate.stop());

/** An address of this machine where nobody listens. */
async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/v1`;
}

const text = (parts: Awaited<ReturnType<Gate['ask']>>) =>
  parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('');

it('is answered by the next server that shares, and each that was asked has a receipt of its own', async () => {
  const id = gate.add('127.0.0.1', 'none', 's-1');
  gate.add('127.0.0.1', 'none', 's-2');
  gate.change('s-1', { address: await deadAddress(), shares: true });
  gate.change('s-2', { shares: true });
  expect(text(await gate.ask(id))).toBe('Hello.');
  expect(gate.entries().map(({ state, error }) => [state, error])).toEqual([
    ['failed', 'server/unreachable'],
    ['arrived', null],
  ]);
  expect(gate.questions).toHaveLength(1);
});

it('goes to the one server that was chosen where that one does not share, or the other does not', async () => {
  for (const [first, second] of [
    [false, true],
    [true, false],
  ] as const) {
    gate.settings = { ...gate.settings, servers: [] };
    const id = gate.add('127.0.0.1', 'none', 's-1');
    gate.add('127.0.0.1', 'none', 's-2');
    gate.change('s-1', { address: await deadAddress(), shares: first });
    gate.change('s-2', { shares: second });
    expect((await gate.ask(id)).at(-1)).toMatchObject({ type: 'failure', error: { code: 'server/unreachable' } });
  }
  expect(gate.questions).toHaveLength(0);
});

it('takes each server’s own key to that server alone, and a server that is shut out by the lock is passed over', async () => {
  const id = gate.add('nas.home', 'key-store', 's-1');
  gate.add('127.0.0.1', 'key-store', 's-2');
  gate.keys.set('server:s-1', 'sk-of-the-first');
  gate.keys.set('server:s-2', 'sk-of-the-second');
  gate.change('s-1', { shares: true });
  gate.change('s-2', { shares: true });
  expect(text(await gate.ask(id))).toBe('Hello.');
  gate.lock();
  expect(text(await gate.ask(id))).toBe('Hello.');
  expect(gate.questions.map(({ key }) => key)).toEqual(['Bearer sk-of-the-first', 'Bearer sk-of-the-second']);
});
