import { afterEach, describe, expect, it } from 'vitest';
import { Egress } from '../../core/egress/egress.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { type AnswerLimits, answerLimits } from '../../models/openai-compatible/limits.ts';
import { createServerModel } from '../../models/openai-compatible/server-model.ts';
import { ChaosServer } from '../fakes/chaos/chaos-server.ts';
import { endings } from '../fakes/chaos/endings.ts';
import { floods, packed, silences } from '../fakes/chaos/floods.ts';
import { framing } from '../fakes/chaos/framing.ts';
import { refusals } from '../fakes/chaos/refusals.ts';
import type { Scenario } from '../fakes/chaos/scenario.ts';
import { shapes } from '../fakes/chaos/shapes.ts';
import { collect, input } from '../support/language-model-suite.ts';

const fetchFrom = new Egress({ isOffline: () => false, log: { write: () => {} } }).fetchFor('answer', () => {});
/** So small that floods end soon; the real ones are tried by the soak. */
const small: AnswerLimits = {
  ...answerLimits,
  messageCharacters: 300_000,
  bytes: 3_000_000,
  pieces: 100_000,
  strays: 10_000,
  thinkingCharacters: 5000,
  refusalMs: 400,
  afterEndMs: 100,
};
const servers: ChaosServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function modelFor(scenario: Scenario): Promise<{ model: LanguageModel; server: ChaosServer }> {
  const server = await ChaosServer.start(scenario);
  servers.push(server);
  const { address } = server;
  const model = createServerModel({
    ...{ id: 's:m', name: 'M', address, host: new URL(address).host, model: 'm', fetch: fetchFrom, limits: small },
    readKey: () => Promise.resolve('sk-very-secret'),
    firstByteMs: 600,
    idleMs: 400,
  });
  return { model, server };
}

const groups = { framing, shapes, endings, refusals, packed, silences, floods: floods(20) };

describe.each(Object.entries(groups))('a server, by its %s', (_group, scenarios) => {
  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    'ends every answer as what it is: %s',
    async (_name, scenario) => {
      const { model, server } = await modelFor(scenario);
      const { last, text, thinking } = await collect(model, input('Hello', { maxTokens: 64 }));
      const end = last?.type === 'finish' ? last.reason : last?.type === 'failure' ? last.error.code : last?.type;
      expect(end).toBe(scenario.end);
      if (scenario.flood === undefined)
        expect({ text, thinking }).toEqual({ text: scenario.text ?? '', thinking: scenario.thinking ?? '' });
      expect(text.length).toBeLessThanOrEqual(64 * small.charactersPerToken);
      expect(thinking.length).toBeLessThanOrEqual(small.thinkingCharacters);
      await expect.poll(() => server.open).toBe(0);
    },
  );
});

describe('an answer that is stopped', () => {
  const stoppable = [...groups.silences, ...groups.floods, ...groups.packed].filter(
    ({ end }) => end === 'server/stalled' || end === 'length' || end === 'server/too-much',
  );
  const spread = framing.filter(({ name }) => name.includes('stays'));

  it.each([...stoppable, ...spread].map((scenario) => [scenario.name, scenario] as const))(
    'ends within 200 ms, and its connection with it: %s',
    async (_name, scenario) => {
      const { model, server } = await modelFor(scenario);
      const stop = new AbortController();
      let stoppedAt = 0;
      const timer = setTimeout(() => {
        stoppedAt = performance.now();
        stop.abort();
      }, 60);
      const { last } = await collect(model, input('Hello', { maxTokens: 4096 }), { signal: stop.signal });
      clearTimeout(timer);
      // Some have ended by themselves before.
      if (stoppedAt > 0 && last?.type === 'aborted') expect(performance.now() - stoppedAt).toBeLessThan(200);
      else expect(['finish', 'failure']).toContain(last?.type);
      await expect.poll(() => server.open).toBe(0);
    },
  );
});
