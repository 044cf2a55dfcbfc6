import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Message } from '../../contract/conversation.ts';
import type { Disposable } from '../../contract/disposable.ts';
import type { GenerateInput, ModelPart } from '../../contract/engine.ts';
import { AppError } from '../../contract/errors.ts';
import type { Receipt } from '../../contract/receipt.ts';
import { Answers, type StartInput } from '../../core/answers/answers.ts';
import { Atoms } from '../../core/atoms/atoms.ts';
import type { Attachment } from '../../core/attachment.ts';
import { Conversations } from '../../core/conversations/conversations.ts';
import { openDatabase } from '../../core/database/open-database.ts';
import { localCapabilities } from '../../models/engine/local-capabilities.ts';
import { type LanguageModel, oneAfterAnother } from '../../models/language-model.ts';
import { serverCapabilities } from '../../models/openai-compatible/server-capabilities.ts';

/** A question of a person's own, in a new chat. */
export const question: StartInput = {
  ...{ conversationId: null, text: 'Why?', modelId: null, editsMessageId: null, actionId: null, chipIds: [] },
};

/** An action on the text that is selected. */
export const use = (actionId: string): StartInput => ({ ...question, text: '', actionId, chipIds: ['chip'] });

/** Answers on a database of their own, by a model that gives what is written down. */
export class Answering implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'beckon-answers-'));
  readonly #open = openDatabase(join(this.#folder, 'beckon.db'));
  readonly conversations: Conversations;
  readonly asked: GenerateInput[] = [];
  /** What the model gives to each request, in order. */
  given: ModelPart[][] = [];
  /** What is selected. */
  text = 'A text.';
  diskFull = false;
  hasModel = true;
  where: 'device' | 'server' = 'device';
  /** What the receipts say of a question that went to a server. */
  sent: { readonly answerId: string; readonly receipt: Receipt } | null = null;

  constructor() {
    const receiptsOf = () => new Map(this.sent === null ? [] : [[this.sent.answerId, this.sent.receipt] as const]);
    this.conversations = new Conversations(this.#open.database, () => {}, undefined, null, receiptsOf);
  }

  dispose(): void {
    this.conversations.dispose();
    this.#open.database.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  create(): Answers {
    const model = this.#model();
    const none = { application: null, title: null, positions: null, targetId: null, editable: true, needsFocus: false };
    const attachment = (): Attachment => ({ kind: 'selection', text: this.text, ...none });
    const atoms = new Atoms(join(this.#folder, 'atoms'), () => this.conversations.actionUse());
    atoms.refresh();
    return new Answers({
      conversations: this.conversations,
      readQuestion: (asked) => asked,
      takeChips: (chipIds) => chipIds.map(attachment),
      whyNothing: () => null,
      chooseAction: (actionId) => atoms.use(actionId, 'en'),
      nameOf: (action) => action.name.en,
      onAsked: () => {},
      chooseModel: async () => {
        if (!this.hasModel) throw new AppError('model/none', 'there is none');
        return { model, sampling: { temperature: 0 } };
      },
      onPlan: () => {},
      plainOf: (markdown) => markdown,
      onMeasured: () => {
        if (this.diskFull) throw new Error('database or disk is full');
      },
      onChange: () => {},
    });
  }

  /** Waits for the end of a run; answers its answer as it is stored. */
  async end(
    answers: Answers,
    started: { readonly runId: string; readonly conversationId: string },
  ): Promise<Message | undefined> {
    for await (const _ of answers.attach(started.runId, new AbortController().signal));
    return this.conversations.get(started.conversationId).messages.at(-1);
  }

  #model(): LanguageModel {
    const { where } = this;
    const model: LanguageModel = {
      identity: { id: 'm', name: 'M', where, host: null },
      capabilities: where === 'device' ? localCapabilities : serverCapabilities,
      warm: async () => {},
      prefill: async () => {},
      generateEach: (inputs, signal) => oneAfterAnother(model.generate, inputs, signal),
      generate: (input) => this.#generate(input),
    };
    return model;
  }

  async *#generate(input: GenerateInput): AsyncGenerator<ModelPart> {
    this.asked.push(input);
    for (const part of this.given[this.asked.length - 1] ?? []) {
      // Long enough to be measured.
      if (this.diskFull) await setTimeout(60);
      yield part;
    }
  }
}
