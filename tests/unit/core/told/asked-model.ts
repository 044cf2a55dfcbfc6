import { createHash } from 'node:crypto';
import type { GenerateInput, ModelPart } from '../../../../contract/engine.ts';
import { localCapabilities } from '../../../../models/engine/local-capabilities.ts';
import { type LanguageModel, oneAfterAnother } from '../../../../models/language-model.ts';
import { serverCapabilities } from '../../../../models/openai-compatible/server-capabilities.ts';

/** What a model was told in one request, as it is frozen: a long text by its ends and a hash of all of it. */
export function frozen({ messages, hints }: Pick<GenerateInput, 'messages' | 'hints'>): readonly string[] {
  const { draftFrom, continueFrom } = hints;
  return [
    ...messages.map(({ role, text }) => `${role}: ${shortened(text)}`),
    ...(draftFrom === undefined ? [] : [`draft from: ${shortened(draftFrom)}`]),
    ...(continueFrom === undefined ? [] : [`continue from: ${continueFrom.text}`]),
  ];
}

function shortened(text: string): string {
  if (text.length <= 800) return text;
  const hash = createHash('sha256').update(text).digest('hex');
  return `${text.slice(0, 120)} … ${text.length} characters, sha256 ${hash} … ${text.slice(-300)}`;
}

export type Ends = 'whole' | 'too-long' | 'stopped' | 'turns-dropped';

/** A model that answers as it is told and remembers what it was asked. */
export class AskedModel {
  readonly asked: GenerateInput[] = [];
  /** How the next answers end, in order; whole when left out. */
  ends: Ends[] = [];
  answer = 'The tide turns at noon.';

  model(where: 'device' | 'server'): LanguageModel {
    const generate = (input: GenerateInput) => this.#generate(input);
    return {
      identity: { id: 'm', name: 'M', where, host: where === 'device' ? null : 'example.com' },
      capabilities: where === 'device' ? localCapabilities : serverCapabilities,
      warm: async () => {},
      prefill: async (messages) => void this.asked.push({ ...nothing, messages: [...messages] }),
      generate,
      generateEach: (inputs, signal) => oneAfterAnother(generate, inputs, signal),
    };
  }

  async *#generate(input: GenerateInput): AsyncGenerator<ModelPart> {
    this.asked.push(input);
    const end = this.ends.shift() ?? 'whole';
    if (end === 'too-long') return yield { type: 'failure', error: { code: 'model/context-full', message: '' } };
    if (end === 'turns-dropped') yield { type: 'messages-dropped', count: 2 };
    yield { type: 'text-delta', text: this.answer };
    if (end === 'stopped') return yield { type: 'aborted' };
    const usage = { promptTokens: 1, cachedTokens: 0, outputTokens: 1, contextTokens: 9, droppedMessages: 0 };
    yield { type: 'finish', reason: 'stop', usage };
  }
}

const nothing = { sampling: { temperature: 0 }, maxTokens: 1, thinking: 'off', hints: {} } as const;
