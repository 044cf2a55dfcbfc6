import { expect, it } from 'vitest';
import type { GenerateInput, GenerationHints, ModelPart, PromptMessage } from '../../contract/engine.ts';
import type { LanguageModel } from '../../models/language-model.ts';

/** What an answer is gone on from, as core tells it. */
export function continuing(text: string, spaceAfter?: boolean): Pick<GenerationHints, 'continueFrom'> {
  const request = 'Your answer was broken off. Go on exactly where it stops.';
  return { continueFrom: { text, request, ...(spaceAfter === undefined ? {} : { spaceAfter }) } };
}

/** A request as core makes one. */
export function input(messages: string | readonly PromptMessage[], more: Partial<GenerateInput> = {}): GenerateInput {
  return {
    messages: typeof messages === 'string' ? [{ role: 'user', text: messages }] : [...messages],
    sampling: { temperature: 0 },
    maxTokens: 48,
    thinking: 'off',
    hints: {},
    ...more,
  };
}

export interface Outcome {
  readonly parts: readonly ModelPart[];
  readonly text: string;
  readonly thinking: string;
  readonly last: ModelPart | undefined;
}

/** Everything one generation gives; `onText` is called with all text so far. */
export async function collect(
  model: LanguageModel,
  request: GenerateInput,
  options: { readonly signal?: AbortSignal; readonly onText?: (text: string) => void } = {},
): Promise<Outcome> {
  const parts: ModelPart[] = [];
  let text = '';
  let thinking = '';
  for await (const part of model.generate(request, options.signal ?? new AbortController().signal)) {
    parts.push(part);
    if (part.type === 'text-delta') text += part.text;
    if (part.type === 'thinking-delta') thinking += part.text;
    if (part.type === 'text-was-thinking') [thinking, text] = [thinking + text, ''];
    if (part.type === 'text-delta') options.onText?.(text);
  }
  return { parts, text, thinking, last: parts.at(-1) };
}

/** The texts of a list, in its order. */
export async function collectEach(
  model: LanguageModel,
  requests: readonly GenerateInput[],
): Promise<readonly string[]> {
  const texts = requests.map(() => '');
  for await (const { index, part } of model.generateEach(requests, new AbortController().signal))
    if (part.type === 'text-delta') texts[index] = `${texts[index] ?? ''}${part.text}`;
  return texts;
}

const ends = new Set(['finish', 'failure', 'aborted']);

/**
 * What every implementation of the model port has to do, whatever stands behind it. `sent` counts the requests that it has
 * sent to a server so far; left out where nothing counts them.
 */
export function describeLanguageModel(getModel: () => LanguageModel, sent = () => 0): void {
  it('streams its text in more than one part and ends once, with what it used', async () => {
    const { parts, text, last } = await collect(getModel(), input('Count from one to ten in words.'));
    expect(parts.filter(({ type }) => type === 'text-delta').length).toBeGreaterThan(1);
    expect(text.trim().length).toBeGreaterThan(5);
    expect(parts.filter(({ type }) => ends.has(type))).toEqual([last]);
    expect(last?.type).toBe('finish');
    if (last?.type !== 'finish') return;
    expect(last.usage.promptTokens).toBeGreaterThan(0);
    expect(last.usage.outputTokens).toBeGreaterThan(0);
  });

  it('says that its answer was cut short by the limit of tokens', async () => {
    const { last } = await collect(getModel(), input('LIMIT Write a long story about the sea.', { maxTokens: 8 }));
    expect(last).toMatchObject({ type: 'finish', reason: 'length' });
  });

  it('goes on from an answer that was broken off, and does not begin it again', async () => {
    expect(getModel().capabilities.continue).toBe(true);
    const question = 'GO ON Count from one to ten in words, one line each.';
    const { text, last } = await collect(getModel(), input(question, { hints: continuing('one\ntwo\nthree\nfour') }));
    expect(last?.type).toBe('finish');
    expect(text.trim()).toMatch(/^five\s+six\s+seven/);
  });

  it('stops when it is told to, within a second, and keeps what came before', async () => {
    const stop = new AbortController();
    let stoppedAt = 0;
    const { text, last } = await collect(
      getModel(),
      input('LONG Write a very long story about the sea.', { maxTokens: 400 }),
      {
        signal: stop.signal,
        onText: (soFar) => {
          if (soFar.length < 20 || stop.signal.aborted) return;
          stoppedAt = Date.now();
          stop.abort();
        },
      },
    );
    expect(last).toEqual({ type: 'aborted' });
    expect(Date.now() - stoppedAt).toBeLessThan(1000);
    expect(text.length).toBeGreaterThanOrEqual(20);
  });

  it('gives nothing but `aborted` when it was stopped before it began', async () => {
    const { parts } = await collect(getModel(), input('Hello.'), { signal: AbortSignal.abort() });
    expect(parts.filter(({ type }) => type !== 'queue-position')).toEqual([{ type: 'aborted' }]);
  });

  it('answers two at once, each to its own end', async () => {
    const both = await Promise.all([
      collect(getModel(), input('Say one short sentence about tea.')),
      collect(getModel(), input('Say one short sentence about rain.')),
    ]);
    for (const { text, last } of both) {
      expect(last?.type).toBe('finish');
      expect(text.length).toBeGreaterThan(3);
    }
  });

  it('answers a list of them, each to its own end and in its own place', async () => {
    const subjects = ['tea', 'rain', 'trains'];
    const texts = subjects.map(() => '');
    const lasts: (ModelPart | undefined)[] = [];
    const inputs = subjects.map((subject) => input(`Repeat this word and nothing else: ${subject}`));
    for await (const { index, part } of getModel().generateEach(inputs, new AbortController().signal)) {
      if (part.type === 'text-delta') texts[index] += part.text;
      if (ends.has(part.type)) lasts[index] = part;
    }
    expect(lasts.map((part) => part?.type)).toEqual(['finish', 'finish', 'finish']);
    for (const text of texts) expect(text.length).toBeGreaterThan(1);
  });

  it('stops all of a list when it is told to', async () => {
    const stop = new AbortController();
    const inputs = ['sea', 'sky'].map((subject) =>
      input(`LONG Write a very long story about the ${subject}.`, { maxTokens: 400 }),
    );
    let last: ModelPart | null = null;
    for await (const { part } of getModel().generateEach(inputs, stop.signal)) {
      last = part;
      if (part.type === 'text-delta') stop.abort();
    }
    expect(last).toEqual({ type: 'aborted' });
  });

  it('has read a prompt before it is asked, where it states that it prefills; else it sends the prompt nowhere', async () => {
    const { capabilities } = getModel();
    const messages = [
      { role: 'system', text: 'PREFILL You answer briefly.' },
      { role: 'user', text: `Some words to read first: ${'the boat, the tide and the quay; '.repeat(6)}` },
    ] as const;
    const before = sent();
    await getModel().prefill(messages, new AbortController().signal);
    expect(sent()).toBe(before);
    const { last } = await collect(getModel(), input(messages, { maxTokens: 4 }));
    const cached = last?.type === 'finish' ? last.usage.cachedTokens : null;
    const prompt = last?.type === 'finish' ? last.usage.promptTokens : null;
    // All but the last token, from which the answer starts.
    if (capabilities.prefill) expect(cached).toBe((prompt ?? 0) - 1);
  });

  it('sends nothing when it is told that it will be asked soon', async () => {
    const before = sent();
    await getModel().warm();
    expect(sent()).toBe(before);
  });

  it('ends as ever with hints that it may do nothing with', async () => {
    const hints = { draftFrom: 'one two three four five six seven eight nine ten', expectLong: true };
    const { text, last } = await collect(
      getModel(),
      input('Count from one to ten in words.', { hints, maxTokens: 12 }),
    );
    expect(last?.type).toBe('finish');
    expect(text.trim().length).toBeGreaterThan(5);
  });

  it('says of its window no more than it stated, of its thoughts nothing afterwards that it did not, and offers nothing that cannot be asked for', async () => {
    const { capabilities } = getModel();
    const { parts, last } = await collect(getModel(), input('THOUGHT Say one word.', { maxTokens: 8 }));
    expect(last?.type).toBe('finish');
    const window = last?.type === 'finish' ? last.usage.contextTokens : null;
    expect(window ?? 0).toBeLessThanOrEqual(capabilities.contextTokens ?? Number.POSITIVE_INFINITY);
    if (!capabilities.takesBack) expect(parts.map(({ type }) => type)).not.toContain('text-was-thinking');
    if (window === null) expect(capabilities.contextTokens).toBeNull();
    expect(capabilities).toMatchObject({ tools: false, images: false });
  });

  it('holds an answer to a JSON schema where it states that it can', async () => {
    if (!getModel().capabilities.jsonSchema) return;
    const answerSchema = {
      type: 'object',
      properties: {
        city: { type: 'string', maxLength: 40 },
        size: { enum: ['small', 'large'] },
        year: { type: 'integer', minimum: 1900, maximum: 2100 },
      },
      required: ['city', 'size', 'year'],
    };
    const asked = input('Tell me a joke about a dog.', { answerSchema, maxTokens: 120 });
    const [single, each] = [
      await collect(getModel(), asked),
      await collectEach(getModel(), [asked, asked, asked, asked]),
    ];
    for (const text of [single.text, ...each]) {
      const { city, size, year } = JSON.parse(text) as Record<string, unknown>;
      expect([typeof city, size === 'small' || size === 'large', Number.isInteger(year)]).toEqual([
        'string',
        true,
        true,
      ]);
    }
  });

  it('takes a conversation of several turns with Chinese and emoji, and breaks no character', async () => {
    const { text, last } = await collect(
      getModel(),
      input([
        { role: 'system', text: 'You repeat what you are asked to repeat.' },
        { role: 'user', text: 'Repeat: 你好，世界 🌍' },
        { role: 'assistant', text: '你好，世界 🌍' },
        { role: 'user', text: 'Repeat: 再见，月亮 🌙' },
      ]),
    );
    expect(last?.type).toBe('finish');
    expect(text).not.toMatch(/\ufffd/);
    expect(text.isWellFormed()).toBe(true);
  });
}
