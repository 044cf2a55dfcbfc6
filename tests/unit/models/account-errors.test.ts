import { describe, expect, it } from 'vitest';
import { failureOfAnswer, failureWithin } from '../../../models/openai-compatible/failures.ts';
import { type Provider, providerOf } from '../../../models/providers/provider.ts';
import data from '../../corpus/providers/account-errors.json' with { type: 'json' };

interface Body {
  readonly provider: string;
  readonly what: string;
  readonly status: number;
  readonly body: unknown;
  readonly code: string;
  readonly context?: string;
  readonly retryAfter?: string;
}

/** What providers answer when something is wrong with the account, as it was seen. */
const bodies: readonly Body[] = data;

const refusalsOf = (id: string) => (providerOf(id) as Provider).errors;
const told = ({ provider, status, body, retryAfter }: Body) =>
  failureOfAnswer(status, JSON.stringify(body), 'h', retryAfter ?? null, refusalsOf(provider));

describe('what is wrong with an account', () => {
  it.each(bodies.map((body) => [body.provider, body.what, body] as const))('is told apart at %s: %s', (_, __, body) => {
    const { code, values, retry } = told(body);
    expect({ code, context: values?.['context'] }).toEqual({ code: body.code, context: body.context });
    // Waiting mends a rate and an overload, and nothing else.
    expect(retry !== undefined).toBe(body.code === 'server/busy');
  });

  it('is told apart within an answer, too', () => {
    for (const { provider, body, code } of bodies.filter(({ provider: id }) => id === 'minimax' || id === 'glm'))
      expect(failureWithin(body, 'h', refusalsOf(provider)).code).toBe(code);
  });

  it('is a wrong key where a proxy without a database of keys says that it has none', () => {
    // LiteLLM 1.108.7 with a master key alone, to any other key.
    const body = { error: { message: 'No connected db.', type: 'no_db_connection', param: null, code: '400' } };
    expect(failureOfAnswer(400, JSON.stringify(body), 'h', null).code).toBe('server/wrong-key');
    const other = { error: { message: 'No connected db.', type: 'server_error', param: null, code: '400' } };
    expect(failureOfAnswer(400, JSON.stringify(other), 'h', null).code).not.toBe('server/wrong-key');
  });

  it("goes by a provider's own codes there alone: the number of one is another's for something else", () => {
    const body = { code: '1113', message: 'see the manual' };
    const own = failureOfAnswer(400, JSON.stringify({ error: body }), 'h', null, refusalsOf('glm'));
    expect(own.code).toBe('server/no-balance');
    const key = JSON.stringify({ error: { code: '1004', message: 'see the manual' } });
    expect(failureOfAnswer(400, key, 'h', null, refusalsOf('glm')).code).toBe('server/wrong-key');
    expect(failureOfAnswer(400, key, 'h', null, refusalsOf('openai')).code).toBe('server/failed');
  });
});
