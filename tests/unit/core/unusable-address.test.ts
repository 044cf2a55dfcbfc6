import { expect, it } from 'vitest';
import type { ModelPart } from '../../../contract/engine.ts';
import { gatedModel } from '../../../core/servers/gated-model.ts';
import { input } from '../../support/language-model-suite.ts';

const model = (address: string, sent: unknown[]) =>
  gatedModel({
    ...{ id: 's:m', serverId: 's', model: 'm', address, host: 'h', answerId: null, provider: null },
    ...{ readKey: () => Promise.resolve(null), requireSame: () => {}, costOf: () => null },
    async *send(order): AsyncGenerator<ModelPart> {
      sent.push(order);
      yield { type: 'aborted' };
    },
  });

it.each(['ftp://127.0.0.1/v1', 'http://user:secretpw@127.0.0.1:8080/v1', '', 'javascript:alert(1)', 'not an address'])(
  'an address of the settings file that nothing can be sent to is said to be that, and no receipt is made: %s',
  async (address) => {
    const sent: unknown[] = [];
    const signal = new AbortController().signal;
    const parts: ModelPart[] = [];
    for await (const part of model(address, sent).generate(input('Hello'), signal)) parts.push(part);
    for await (const { part } of model(address, sent).generateEach([input('Hello'), input('Hello')], signal))
      parts.push(part);
    expect(parts).toHaveLength(3);
    for (const part of parts) expect(part).toMatchObject({ type: 'failure', error: { code: 'server/bad-address' } });
    expect(JSON.stringify(parts)).not.toMatch(/secretpw/);
    expect(sent).toEqual([]);
  },
);

it('an address that something can be sent to is asked by way of the gate', async () => {
  const sent: unknown[] = [];
  for await (const _ of model('http://127.0.0.1:8080/v1', sent).generate(input('Hello'), new AbortController().signal));
  expect(sent).toHaveLength(1);
});
