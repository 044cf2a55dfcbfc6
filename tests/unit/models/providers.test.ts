import { describe, expect, it } from 'vitest';
import { known, providers, providersSchema } from '../../../models/providers/provider.ts';
import data from '../../../models/providers/providers.json' with { type: 'json' };

const wanted = [
  ...['openai', 'anthropic', 'gemini', 'deepseek', 'qwen', 'doubao', 'hunyuan', 'ernie', 'kimi', 'glm', 'minimax'],
  ...['siliconflow', 'openrouter', 'groq', 'mistral', 'xai', 'ollama', 'lm-studio', 'llama-server', 'vllm'],
];
/** Every object of the data that says something with its source. */
function factsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'source' in value ? [value as Readonly<Record<string, unknown>>] : [];
  return [...own, ...Object.values(value).flatMap(factsIn)];
}

describe('the providers', () => {
  it('are all there, each once', () => {
    expect(providers.map(({ id }) => id).toSorted()).toEqual(wanted.toSorted());
  });

  it('say of every fact where it was read, and on a day that has been', () => {
    const facts = factsIn(data);
    expect(facts.length).toBeGreaterThan(150);
    const today = new Date().toISOString().slice(0, 10);
    for (const { source, on } of facts) {
      expect(String(source).length).toBeGreaterThan(3);
      expect(String(on) <= today, `${source} ${on}`).toBe(true);
    }
  });

  it('are refused with a fact that has no source, or a field that nobody knows', () => {
    const [first] = data;
    expect(providersSchema.safeParse([first]).success).toBe(true);
    expect(providersSchema.safeParse([{ ...first, list: { is: 'yes', gaps: '' } }]).success).toBe(false);
    expect(providersSchema.safeParse([{ ...first, price: 1 }]).success).toBe(false);
  });

  it('are reached by https alone, but for those on this machine', () => {
    for (const { group, regions } of providers)
      for (const { address, alternates } of regions)
        for (const one of [address, ...alternates])
          expect(one).toMatch(
            group === 'own'
              ? /^http:\/\/127\.0\.0\.1:\d+\/v1$/
              : /^https:\/\/[a-z0-9.-]+\/[\w./-]*$|^https:\/\/[a-z0-9.-]+$/,
          );
  });

  it('share no address, so that an address tells the provider', () => {
    const addresses = providers.flatMap(({ regions }) =>
      regions.flatMap(({ address, alternates }) => [address, ...alternates]),
    );
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it('have no retired model on offer, and none that answers only to a subscription comes first', () => {
    const ids = providers.flatMap(({ models }) => models.map(({ id }) => id));
    expect(ids).not.toContain('llama-3.1-8b-instant');
    for (const { models } of providers) expect(known(models[0]?.planOnly) ?? false).toBe(false);
  });
});
