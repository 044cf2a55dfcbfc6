import { describe, expect, it } from 'vitest';
import { Exchange, Interrupted } from '../../../models/openai-compatible/exchange.ts';

const never = new Promise<never>(() => {});
const broken = () => Promise.reject(new DOMException('This operation was aborted', 'AbortError'));
/** Why a wait ended, in a word. */
const endOf = (waited: Promise<unknown>) =>
  waited.then(
    (value) => `gave ${String(value)}`,
    (error: unknown) => (error instanceof Interrupted ? error.why.kind : 'broke'),
  );

describe('waiting for a server', () => {
  it('ends as stopped where it was stopped between two waits and the connection has broken by that', async () => {
    const stop = new AbortController();
    const exchange = new Exchange('h', stop.signal);
    expect(await endOf(exchange.wait(Promise.resolve('a piece')))).toBe('gave a piece');
    stop.abort();
    expect(await endOf(exchange.wait(broken()))).toBe('aborted');
    expect(await endOf(exchange.wait(Promise.resolve('a piece')))).toBe('aborted');
    exchange.dispose();
  });

  it('ends for all that wait at once, and leaves none behind', async () => {
    const stop = new AbortController();
    const exchange = new Exchange('h', stop.signal);
    const ends = [exchange.wait(never), exchange.wait(never)].map(endOf);
    stop.abort();
    expect(await Promise.all(ends)).toEqual(['aborted', 'aborted']);
    expect(exchange.signal.aborted).toBe(true);
    exchange.dispose();
  });

  it('ends as broken where nobody stopped it', async () => {
    const exchange = new Exchange('h', new AbortController().signal);
    expect(await endOf(exchange.wait(broken()))).toBe('broke');
    exchange.dispose();
  });
});
