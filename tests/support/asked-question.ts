import type { UsedAction } from '../../contract/atom.ts';
import type { Message } from '../../contract/conversation.ts';
import type { GenerateInput, ModelPart } from '../../contract/engine.ts';
import type { AskedModel } from '../../core/answers/asked-model.ts';
import { GrowingText } from '../../core/answers/growing-text.ts';
import { type Question, readQuestion } from '../../core/answers/question.ts';
import type { Attachment } from '../../core/attachment.ts';
import { localCapabilities } from '../../models/engine/local-capabilities.ts';
import { oneAfterAnother } from '../../models/language-model.ts';

export const usage = { promptTokens: 1, cachedTokens: 0, outputTokens: 1, contextTokens: 9, droppedMessages: 0 };
export const says = (text: string): ModelPart => ({ type: 'text-delta', text });
export const ends: ModelPart = { type: 'finish', reason: 'stop', usage };

export async function collect<Part>(parts: AsyncIterable<Part>): Promise<readonly Part[]> {
  const all: Part[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

/** A model that gives what is written down for each request, and keeps what it was asked. */
export function scriptedModel(given: readonly (readonly ModelPart[])[]) {
  const asked: GenerateInput[] = [];
  const model: AskedModel = {
    capabilities: localCapabilities,
    generateEach: (inputs, signal) => oneAfterAnother(model.generate, inputs, signal),
    async *generate(input) {
      asked.push(input);
      yield* given[asked.length - 1] ?? [];
    },
  };
  return { model, asked };
}

export interface AskedAs {
  /** Of the question that is to be answered. */
  readonly text?: string;
  readonly action?: UsedAction | null;
  /** Texts that go along with it. */
  readonly own?: readonly Partial<Attachment>[];
  /** Texts that went along with a question before it. */
  readonly earlier?: readonly Partial<Attachment>[];
  /** What there is of the answer already. */
  readonly written?: string;
}

const nothing = { thinking: '', error: null, receipt: null, canGoOn: false, attachments: [], createdAt: 0 } as const;
const plain: Attachment = {
  ...{ kind: 'file', text: '', application: null, title: null, positions: null, targetId: null },
  ...{ editable: false, needsFocus: false },
};

/** A question as plans are given it: the second of a conversation when there are earlier texts, else the first. */
export function askedQuestion({ text = 'Why?', action = null, own = [], earlier = [], written }: AskedAs): Question {
  const message = (id: string, role: Message['role'], said: string, used: UsedAction | null = null): Message => ({
    ...{ ...nothing, id, conversationId: 'c', role, text: said, state: 'complete', action: used },
  });
  const before = [message('q1', 'user', 'What is it?'), message('a1', 'assistant', 'A harbour.')];
  const messages = [message('q2', 'user', text, action), message('a2', 'assistant', '')];
  const attachments = new Map(
    (
      [
        ['q1', earlier],
        ['q2', own],
      ] as const
    )
      .filter(([, texts]) => texts.length > 0)
      .map(([id, texts]) => [id, texts.map((one) => ({ ...plain, ...one }))]),
  );
  return readQuestion({
    ids: { questionId: 'q2', answerId: 'a2' },
    messages: earlier.length > 0 ? [...before, ...messages] : messages,
    attachments,
    sampling: { temperature: 0 },
    text: new GrowingText(written === undefined ? null : { text: written, thinking: '' }),
  });
}
