import { afterAll, describe, expect, it } from 'vitest';
import { withMovedSaid } from '../../core/servers/moved.ts';
import { createTranslator, sayError } from '../../locales/translator.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { type AnswerLimits, answerLimits } from '../../models/openai-compatible/limits.ts';
import { type Provider, providerOf } from '../../models/providers/provider.ts';
import { createProviderModel } from '../../models/providers/provider-model.ts';
import { answerOf, type Fault } from '../fakes/chaos/fault.ts';
import { faultsOf, toldBefore } from '../fakes/chaos/faults.ts';
import { providersBy, type Spoken, spokenProtocols } from '../fakes/chaos/spoken.ts';
import { Certificates } from '../support/certificates.ts';
import { type FaultyPlace, placeOf } from '../support/faulty-place.ts';
import { collect, input } from '../support/language-model-suite.ts';

/** So small that floods end soon; the soak tries the real ones, each in a process of its own. */
const small: AnswerLimits = {
  ...answerLimits,
  ...{ messageCharacters: 300_000, bytes: 3_000_000, pieces: 100_000, thinkingCharacters: 5000 },
  ...{ refusalMs: 400, afterEndMs: 100 },
};
/** Only what is silent is waited for in vain; all else may take long where other work is done beside it. */
const short = { firstByteMs: 600, idleMs: 400, wordlessMs: 800 };
const long = { firstByteMs: 20_000, idleMs: 20_000, wordlessMs: 20_000 };
/** A megabyte is held in several places on its way; a flood that is kept grows by hundreds. */
const mostGrown = 60_000_000;
const mostToStopMs = 200;
const languages = ['en', 'zh-CN'] as const;
const certificates = new Certificates();
afterAll(() => certificates.dispose());

function modelAt({ address, egress }: FaultyPlace, spoken: Spoken, { end }: Fault): LanguageModel {
  const patience = end === 'server/stalled' ? short : long;
  return modelBy(withMovedSaid(egress.fetchFor('answer', () => {})), address, spoken, patience);
}

function modelBy(
  connection: typeof fetch,
  address: string,
  { protocol }: Spoken,
  { wordlessMs, ...silence } = long,
): LanguageModel {
  return createProviderModel({
    ...{ id: 's', name: 'M', model: 'm', address, host: new URL(address).host },
    provider: providerOf(providersBy[protocol]) as Provider,
    fetch: connection,
    ...{ ...silence, limits: { ...small, wordlessMs } },
    readKey: () => Promise.resolve('sk-very-secret'),
  });
}

function memory(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function askAt(fault: Fault, spoken: Spoken) {
  const place = await placeOf(fault, spoken, certificates);
  const before = memory();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, memory());
  }, 5);
  try {
    const { text, thinking, last } = await collect(modelAt(place, spoken, fault), input('Hello', { maxTokens: 64 }));
    const error = last?.type === 'failure' ? last.error : null;
    const end = last?.type === 'finish' ? last.reason : (error?.code ?? last?.type);
    await expect.poll(place.open).toBe(0);
    return { end, text, thinking, error, asked: place.asked(), grown: most - before };
  } finally {
    clearInterval(watch);
    await place.stop();
  }
}

describe.each(spokenProtocols.map((spoken) => [spoken.protocol, spoken] as const))('%s', (_protocol, spoken) => {
  const faults = faultsOf(spoken);

  it.each(faults.map((fault) => [fault.name, fault] as const))(
    'loses no word, asks once, stays small and says what happened: %s',
    async (_name, fault) => {
      const { end, text, thinking, error, asked, grown } = await askAt(fault, spoken);
      expect({ end, text: fault.text === 'some' ? 'some' : text, thinking }).toEqual({
        ...{ end: fault.end, text: fault.text, thinking: fault.thinking ?? '' },
      });
      expect(asked).toBe(fault.at === undefined ? 1 : 0);
      expect(grown).toBeLessThan(mostGrown);
      expect(text.length).toBeLessThanOrEqual(64 * small.charactersPerToken);
      const sentences = error === null ? [] : languages.map((language) => sayError(createTranslator(language), error));
      for (const sentence of sentences) {
        expect(sentence).toMatch(/[.。]/);
        expect(sentence).not.toMatch(/\{\{|sk-very-secret|server\.[a-z]/);
      }
      expect(sentences[1] ?? '一').toMatch(/\p{Script=Han}/u);
    },
  );

  it('keeps what came whole and says that it broke off, after whatever byte it is cut', async () => {
    const body = Buffer.from(
      answerOf(spoken)
        .map(({ wire }) => wire)
        .join(''),
    );
    const wrong: unknown[] = [];
    for (let bytes = 0; bytes <= body.length; bytes += 1) {
      const cut = () => Promise.resolve(new Response(body.subarray(0, bytes)));
      const address = `https://cloud.example${spoken.path}`;
      const { text, last } = await collect(modelBy(cut, address, spoken), input('Hello', { maxTokens: 64 }));
      const end = last?.type === 'finish' ? last.reason : last?.type === 'failure' ? last.error.code : last?.type;
      const wanted = toldBefore(spoken, bytes);
      if (text !== wanted.text || end !== wanted.end) wrong.push({ bytes, wanted, text, end });
    }
    expect(wrong).toEqual([]);
  });

  it.each(faults.map((fault) => [fault.name, fault] as const))('is left at once: %s', async (_name, fault) => {
    const place = await placeOf(fault, spoken, certificates);
    const stop = new AbortController();
    let stoppedAt = Number.POSITIVE_INFINITY;
    const leave = () => {
      stoppedAt = performance.now();
      stop.abort();
    };
    // Where no question can come, it is left while the connection is made.
    if (fault.at === undefined) void place.reached.then(leave);
    else setImmediate(leave);
    try {
      const { last } = await collect(modelAt(place, spoken, fault), input('Hello', { maxTokens: 64 }), {
        signal: stop.signal,
      });
      const ended = performance.now();
      const end = last?.type === 'finish' ? last.reason : last?.type === 'failure' ? last.error.code : last?.type;
      expect([fault.end, 'aborted']).toContain(end);
      expect(ended - stoppedAt).toBeLessThan(mostToStopMs);
      expect(place.asked()).toBeLessThanOrEqual(1);
      await expect.poll(place.open).toBe(0);
    } finally {
      await place.stop();
    }
  });
});
