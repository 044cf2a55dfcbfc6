import { setImmediate } from 'node:timers/promises';
import type { RunForm } from '../../contract/atom-forms.ts';
import { type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import type { Reason } from '../../contract/reason.ts';
import type { Basis, Entry, Receipt } from '../../contract/receipt.ts';
import type { RunPart } from '../../contract/run.ts';
import { canGoOn } from '../can-go-on.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { AnswerPatch } from '../conversations/message-rows.ts';
import { answerParts } from './answer-parts.ts';
import { noteCalls } from './asked-model.ts';
import { type AnswerIds, Audience, type Finish } from './audience.ts';
import { CallsInOrder } from './calls-in-order.ts';
import type { ChainMeans } from './chain-means.ts';
import type { ChooseModel, ChosenModel, WantedModel } from './chosen-model.ts';
import { endBy, withKept } from './ends.ts';
import { GrowingStore } from './growing-store.ts';
import { GrowingText, type Written } from './growing-text.ts';
import type { Choice } from './plan.ts';
import type { PlanPart } from './plans/plan.ts';
import { makeReceipt } from './receipt.ts';
import { withinBudget } from './within-budget.ts';

export interface AnswerDeps {
  readonly chooseModel: ChooseModel;
  /** The model on this machine, for what a budget refuses; null where there is none. It is told what refused. */
  readonly chooseHere?: (why: AppErrorShape) => Promise<ChosenModel | null>;
  readonly onMeasured: (modelId: string, wordsPerSecond: number) => void;
  /** Told of each way in which a question is tried to be answered. */
  readonly onPlan: (choice: Choice) => void;
  /** Told, once an answer has ended and everybody knows, of the calls of the model on this machine that were made for it. */
  readonly onLocalCalls?: (answerId: string, calls: readonly EndedCall[]) => void;
  /** The text of Markdown as the page reads it. */
  readonly plainOf: (markdown: string) => string;
  /** What chains are told of their values, and do outside. */
  readonly chains?: ChainMeans;
}

/** A call, and when it ended, in milliseconds since 1970. */
export interface EndedCall {
  readonly entry: Entry;
  readonly endedAt: number;
  /** Counts what it read and wrote. */
  readonly words: () => number;
}

export interface AnswerOrder {
  readonly ids: AnswerIds;
  readonly wanted: WantedModel;
  /** What there is of the answer already; it is gone on with. */
  readonly written: Written | null;
}

/** One answer from its question to its end. Whatever happens, what was written so far is kept. */
export class Answer {
  readonly id: string;
  readonly conversationId: string;
  readonly done: Promise<void>;
  readonly #ids: AnswerIds;
  readonly #conversations: Conversations;
  readonly #deps: AnswerDeps;
  readonly #abort = new AbortController();
  readonly #text: GrowingText;
  readonly #audience: Audience;
  readonly #store: GrowingStore<AnswerPatch>;
  readonly #startedAt = performance.now();
  readonly #former: Receipt | null;
  readonly #calls = new CallsInOrder();
  readonly #localCalls: EndedCall[] = [];
  #basis: Basis;
  #reason: Reason | null = null;

  constructor(id: string, { ids, wanted, written }: AnswerOrder, deps: AnswerDeps, conversations: Conversations) {
    this.id = id;
    this.conversationId = ids.conversationId;
    this.#ids = ids;
    this.#deps = deps;
    this.#conversations = conversations;
    this.#text = new GrowingText(written);
    this.#audience = new Audience(ids, this.#text);
    this.#former = written?.receipt ?? null;
    this.#basis = this.#former?.basis ?? { type: 'whole' };
    this.#store = new GrowingStore(
      (patch) => conversations.updateAnswer(ids.answerId, patch),
      () => this.#patch('growing', null, null),
    );
    this.done = this.#go(wanted);
  }

  get finished(): boolean {
    return this.#audience.hasEnd;
  }

  cancel(): void {
    this.#abort.abort();
  }

  get answerId(): string {
    return this.#ids.answerId;
  }

  /** Why its model was asked, as far as that is known by now. */
  get reason(): Reason | null {
    return this.#reason;
  }

  /** Tells everybody which later prompt waits for the person's word. */
  ask(hash: string | null): void {
    if (!this.finished) this.#audience.ask(hash);
  }

  /** Tells everybody which form waits to be filled in. */
  askForm(form: RunForm | null): void {
    if (!this.finished) this.#audience.askForm(form);
  }

  /** All so far as one part, then what comes, then the end. Leaving stops nothing. */
  attach(signal: AbortSignal): AsyncGenerator<RunPart> {
    return this.#audience.attach(signal);
  }

  async #go(wanted: WantedModel): Promise<void> {
    // Lets the caller answer with the ids before the first part is made.
    await Promise.resolve();
    try {
      const parts = answerParts({
        ...{ ids: this.#ids, conversations: this.#conversations, text: this.#text, signal: this.#abort.signal },
        ...{ wanted, plainOf: this.#deps.plainOf, chains: this.#deps.chains, onPlan: this.#deps.onPlan },
        askModel: () => this.#askModel(wanted),
      });
      for await (const part of parts) this.#take(part);
    } catch (error) {
      if (this.#abort.signal.aborted) this.#end('stopped', null);
      else this.#fail(toErrorShape(error));
    }
    if (this.#localCalls.length === 0) return;
    // Writing it down waits for the disk, and the end of the answer is told before.
    await setImmediate();
    this.#deps.onLocalCalls?.(this.#ids.answerId, this.#localCalls);
  }

  #note(entry: Entry, words: () => number, beganAt: number): void {
    this.#calls.add(entry, beganAt);
    if (entry.where === 'device') this.#localCalls.push({ entry, endedAt: Date.now(), words });
  }

  async #askModel(wanted: WantedModel) {
    const onWaiting = () => this.#audience.enter('waiting-for-model');
    const chosen = await this.#deps.chooseModel(wanted, onWaiting, this.#abort.signal, this.#ids.answerId);
    this.#reason = chosen.reason ?? null;
    this.#audience.setModel(chosen.model);
    const asked = noteCalls(chosen.model, (...call) => this.#note(...call));
    const { chooseHere } = this.#deps;
    if (chosen.model.identity.where === 'device' || chooseHere === undefined) return { ...chosen, asked };
    return { ...chosen, asked: withinBudget(asked, (why) => this.#askHere(why, chooseHere)) };
  }

  async #askHere(why: AppErrorShape, chooseHere: NonNullable<AnswerDeps['chooseHere']>) {
    const here = await chooseHere(why);
    if (here === null) return null;
    this.#audience.setModel(here.model);
    return noteCalls(here.model, (...call) => this.#note(...call));
  }

  #take(part: PlanPart): void {
    switch (part.type) {
      case 'queue-position':
        this.#audience.enter('queued');
        return;
      case 'prompt-progress':
        this.#audience.enter('reading', part.done, part.total);
        return;
      case 'messages-dropped':
        this.#audience.tell(part);
        return;
      case 'thinking-delta':
        this.#text.think(part.text);
        this.#audience.tellText(part);
        this.#store.soon();
        return;
      case 'text-delta':
        this.#write(this.#text.write(part.text));
        return;
      case 'text-was-thinking':
        this.#text.takeBack();
        this.#audience.startOver();
        this.#store.soon();
        return;
      case 'made-from':
        this.#basis = part.basis;
        return;
      case 'finish':
        this.#endBy(part.reason);
        return;
      case 'failure':
        this.#fail(part.error);
        return;
      case 'aborted':
        this.#end('stopped', null);
    }
  }

  #write(text: string): void {
    if (text === '') return;
    this.#audience.tellText({ type: 'text-delta', text });
    this.#store.soon();
  }

  /** What is held back until the end of the text counts. An answer of white space is none. */
  #endBy(reason: Parameters<typeof endBy>[0]): void {
    const { state, error } = endBy(reason, this.#text.text, this.#text.thinking);
    this.#end(state, error);
  }

  /** The half word that was to be written anew is there again when nothing came: it can still be gone on with. */
  #fail(error: AppErrorShape): void {
    this.#write(this.#text.end());
    this.#end(this.#text.text === '' ? 'failed' : 'cut', error);
  }

  #end(state: Finish['state'], cause: AppErrorShape | null): void {
    if (this.finished) return;
    this.#write(this.#text.end());
    const receipt = this.#receipt();
    const { text } = this.#text;
    const error = cause === null ? null : withKept(cause, text);
    const notStored = this.#store.end(this.#patch(state, error, receipt));
    this.#audience.end({
      type: 'run-finished',
      state,
      error: error ?? notStored,
      receipt: receipt ?? this.#sentTo(),
      canGoOn: notStored === null && canGoOn({ text, state, error, receipt }),
    });
    if (state === 'complete' && receipt !== null) this.#measured(receipt);
  }

  #patch(state: AnswerPatch['state'], error: AppErrorShape | null, receipt: Receipt | null): AnswerPatch {
    return { text: this.#text.text, thinking: this.#text.thinking, state, error, receipt };
  }

  #receipt(): Receipt | null {
    const { text, before, firstAt } = this.#text;
    const times = { startedAt: this.#startedAt, firstTextAt: firstAt };
    return makeReceipt({
      former: this.#former,
      calls: this.#calls.entries,
      basis: this.#basis,
      text,
      before,
      ...times,
      reason: this.#reason,
    });
  }

  /** Where the question went that nothing was written to, as the stored answer tells it. */
  #sentTo(): Receipt | null {
    try {
      const { messages } = this.#conversations.get(this.conversationId);
      return messages.find(({ id }) => id === this.#ids.answerId)?.receipt ?? null;
    } catch {
      return null;
    }
  }

  #measured({ entries, wordsPerSecond }: Receipt): void {
    const modelId = entries.at(-1)?.modelId;
    if (modelId === undefined || !wordsPerSecond) return;
    try {
      this.#deps.onMeasured(modelId, wordsPerSecond);
    } catch {
      // On a full disk the speed stays the one that was measured before.
    }
  }
}
