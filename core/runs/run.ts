import type { Message, Receipt } from '../../contract/conversation.ts';
import type { FinishReason, GenerateInput, GenerateUsage, ModelPart, PromptMessage } from '../../contract/engine.ts';
import { type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import type { RunPart, RunPhase } from '../../contract/run.ts';
import type { LanguageModel, ModelIdentity } from '../../models/language-model.ts';
import { countWords } from '../../text/words.ts';
import type { Attachment } from '../attachment.ts';
import { canGoOn } from '../can-go-on.ts';
import type { Conversations } from '../conversations/conversations.ts';
import { chatPrompt } from '../prompts/chat-prompt.ts';
import { continueFrom, wholeWordsOf } from '../prompts/continue-from.ts';
import { delimiterOf } from '../prompts/delimiter.ts';
import { passagesPrompt } from '../prompts/passages-prompt.ts';
import { answerReceipt } from './answer-receipt.ts';
import { hintsOf, mergeSampling } from './asked-with.ts';
import type { ChooseModel } from './chosen-model.ts';
import { cannotContinue, endBy, type Written, withKept } from './ends.ts';
import { type AskedTexts, askedTextsOf, hasShortWindow, needsPassages, passagesFor } from './from-passages.ts';
import { GatheredParts } from './gather-text.ts';
import { type Coverage, generateInParts, type LongText } from './in-parts.ts';
import { longTextOf } from './long-text.ts';
import { lostTexts } from './lost-texts.ts';
import { MarkFilter } from './mark-filter.ts';
import { placesOf } from './receipt-places.ts';

export interface RunParts {
  readonly chooseModel: ChooseModel;
  readonly onMeasured: (modelId: string, wordsPerSecond: number) => void;
}

export interface RunIds {
  readonly conversationId: string;
  readonly questionId: string;
  readonly answerId: string;
}

export interface RunOrder {
  readonly ids: RunIds;
  /** `null`: the chosen one. */
  readonly modelId: string | null;
  /** What there is of the answer already; it is gone on with. */
  readonly written: Written | null;
}

type Finish = Extract<RunPart, { type: 'run-finished' }>;

/** What a question is about, as far as it needs more than one reading. */
interface AskedAbout {
  readonly long: LongText | null;
  readonly question: AskedTexts | null;
  readonly messages: readonly Message[];
  readonly attachments: ReadonlyMap<string, readonly Attachment[]>;
}

/** What a model on this machine, and what one behind a server, says of a prompt that does not fit. */
const tooLongCodes: readonly string[] = ['model/context-full', 'server/context-full'];
const saveEveryMs = 250;
const longestAnswerTokens = 4096;
const nobody: ModelIdentity = { id: '', name: '', where: 'device', host: null };

/** One answer from its question to its end. Whatever happens, what was written so far is kept. */
export class Run {
  readonly id: string;
  readonly conversationId: string;
  readonly done: Promise<void>;
  readonly #ids: RunIds;
  readonly #written: string;
  /** Where the answer is gone on from; empty where it begins. */
  readonly #before: string;
  readonly #conversations: Conversations;
  readonly #parts: RunParts;
  readonly #abort = new AbortController();
  readonly #listeners = new Set<(part: RunPart) => void>();
  readonly #startedAt = performance.now();
  #model: LanguageModel | null = null;
  #phase: RunPhase = 'queued';
  #text: string;
  #thinking: string;
  #firstTextAt: number | null = null;
  #usage: GenerateUsage | null = null;
  #coverage: Coverage | null = null;
  #places: NonNullable<Receipt['places']> | null = null;
  #lostTexts = 0;
  /** Takes the marks of the quoted text out of an answer about one; null for any other answer. */
  #marks: MarkFilter | null = null;
  #finish: Finish | null = null;
  #save: NodeJS.Timeout | null = null;

  constructor(id: string, { ids, modelId, written }: RunOrder, parts: RunParts, conversations: Conversations) {
    this.id = id;
    this.conversationId = ids.conversationId;
    this.#ids = ids;
    this.#written = written?.text ?? '';
    this.#before = wholeWordsOf(this.#written);
    this.#text = this.#before;
    this.#thinking = written?.thinking ?? '';
    this.#parts = parts;
    this.#conversations = conversations;
    this.done = this.#go(modelId);
  }

  get finished(): boolean {
    return this.#finish !== null;
  }

  cancel(): void {
    this.#abort.abort();
  }

  /** All so far as one part, then what comes, then the end. Leaving stops nothing. */
  async *attach(signal: AbortSignal): AsyncGenerator<RunPart> {
    const parts = new GatheredParts([this.#caughtUp(), ...(this.#finish === null ? [] : [this.#finish])]);
    const listener = (part: RunPart) => parts.push(part);
    this.#listeners.add(listener);
    try {
      for (let part = await parts.next(signal); part !== null; part = await parts.next(signal)) {
        yield part;
        if (part.type === 'run-finished') return;
      }
    } finally {
      this.#listeners.delete(listener);
    }
  }

  #caughtUp(): RunPart {
    const { name, where, host } = this.#model?.identity ?? nobody;
    return {
      type: 'run-caught-up',
      ...this.#ids,
      phase: this.#phase,
      text: this.#text,
      thinking: this.#thinking,
      modelName: name,
      where,
      host,
      takesBack: this.#model?.capabilities.takesBack ?? false,
    };
  }

  async #go(modelId: string | null): Promise<void> {
    // Lets the caller answer with the ids before the first part is made.
    await Promise.resolve();
    try {
      const onWaiting = () => this.#enter('waiting-for-model');
      const { signal } = this.#abort;
      const before = this.#before;
      const { model, sampling } = await this.#parts.chooseModel(modelId, onWaiting, signal, this.#ids.answerId);
      this.#model = model;
      this.#emit(this.#caughtUp());
      this.#enter(model.capabilities.warm ? 'loading-model' : 'reading');
      const { messages } = this.#conversations.get(this.conversationId);
      const action = messages.find(({ id }) => id === this.#ids.questionId)?.action ?? null;
      const attachments = this.#conversations.attachmentsOf(this.conversationId);
      const texts = attachments.get(this.#ids.questionId) ?? [];
      const long = longTextOf(messages, this.#ids, attachments);
      const input = {
        messages: chatPrompt(messages, this.#ids.answerId, attachments),
        sampling: mergeSampling(sampling, action?.sampling ?? null),
        maxTokens: action?.maxTokens ?? longestAnswerTokens,
        thinking: 'off' as const,
        hints: { ...continueFrom(this.#written, before), ...hintsOf(action, texts, before === '' ? long : null) },
      };
      if (texts.length > 0) this.#marks = this.#createMarks(texts);
      const asked: AskedAbout = {
        long,
        question: askedTextsOf(messages, this.#ids.questionId, attachments),
        messages,
        attachments,
      };
      for await (const part of this.#generate(model, input, asked)) this.#take(part);
      if (this.#finish === null)
        this.#end('cut', { code: 'model/crashed', message: 'the answer ended without an end', action: 'continue' });
    } catch (error) {
      if (this.#abort.signal.aborted) this.#end('stopped', null);
      else this.#end(this.#before === '' ? 'failed' : 'cut', toErrorShape(error));
    }
  }

  /**
   * A question about a text that does not fit into the model at once is answered from the passages that fit it, which the
   * receipt names. Else the question's own text is worked on in parts, and texts of earlier questions are left out for
   * what was said about them; the receipt says how many parts were read, or texts left out.
   */
  async *#generate(model: LanguageModel, input: GenerateInput, asked: AskedAbout): AsyncGenerator<ModelPart> {
    const { signal } = this.#abort;
    const { question } = asked;
    if (question !== null && hasShortWindow(model) && needsPassages(question)) {
      const prompt = await this.#fromPassages(asked);
      if (prompt !== null) return yield* model.generate({ ...input, messages: prompt }, signal);
    }
    for await (const part of model.generate(input, signal)) {
      if (part.type === 'messages-dropped') {
        this.#lostTexts = lostTexts(asked.messages, this.#ids.answerId, asked.attachments, part.count);
        if (this.#lostTexts > 0) break;
      }
      if (part.type === 'failure' && tooLongCodes.includes(part.error.code))
        return yield* this.#generateInLess(model, input, asked, part);
      yield part;
    }
    // A text that fits no more would take what was said about it along, which is what "it" in a question means.
    if (this.#lostTexts > 0)
      yield* model.generate({ ...input, messages: chatPrompt(asked.messages, this.#ids.answerId) }, signal);
  }

  /** Where a model takes no prompt with the whole texts; `failure` is how it says so. */
  async *#generateInLess(
    model: LanguageModel,
    input: GenerateInput,
    asked: AskedAbout,
    failure: ModelPart,
  ): AsyncGenerator<ModelPart> {
    const { signal } = this.#abort;
    const { long, messages, attachments } = asked;
    const prompt = await this.#fromPassages(asked);
    if (prompt !== null) return yield* model.generate({ ...input, messages: prompt }, signal);
    if (long === null) {
      this.#lostTexts = lostTexts(messages, this.#ids.answerId, attachments);
      if (this.#lostTexts > 0)
        return yield* model.generate({ ...input, messages: chatPrompt(messages, this.#ids.answerId) }, signal);
      return yield this.#before === '' ? failure : { type: 'failure', error: cannotContinue };
    }
    if (this.#before !== '') return yield { type: 'failure', error: cannotContinue };
    // Each part stands between marks of its own.
    this.#marks = null;
    yield* generateInParts(model, input, long, signal, (coverage) => {
      this.#coverage = coverage;
    });
  }

  #createMarks(texts: readonly { readonly text: string }[]): MarkFilter {
    const marks = texts.map(({ text }) => delimiterOf(text));
    return new MarkFilter(marks, { goesOn: this.#before !== '' });
  }

  async #fromPassages({ question, messages }: AskedAbout): Promise<PromptMessage[] | null> {
    const found = question === null ? null : await passagesFor(question);
    if (found === null) return null;
    this.#places = placesOf(found);
    this.#marks = this.#createMarks([found]);
    return passagesPrompt(found, messages, this.#ids.answerId);
  }

  #take(part: ModelPart): void {
    switch (part.type) {
      case 'queue-position':
        this.#enter('queued');
        return;
      case 'prompt-progress':
        this.#enter('reading', part.done, part.total);
        return;
      case 'messages-dropped':
        this.#emit({ type: 'messages-dropped', count: part.count });
        return;
      case 'thinking-delta':
        if (this.#phase !== 'thinking') this.#enter('thinking');
        this.#thinking += part.text;
        this.#emit(part);
        this.#saveSoon();
        return;
      case 'text-delta':
        this.#write(this.#marks === null ? part.text : this.#marks.push(part.text));
        return;
      case 'text-was-thinking':
        this.#takeBack();
        return;
      case 'finish':
        this.#usage = part.usage;
        this.#finishBy(part.reason);
        return;
      case 'failure':
        this.#end(this.#text === '' ? 'failed' : 'cut', part.error);
        return;
      case 'aborted':
        this.#end('stopped', null);
    }
  }

  /** What is marked as text is held back until its end, so it counts. An answer of white space is none. */
  #finishBy(reason: FinishReason): void {
    this.#write(this.#marks?.end() ?? '');
    const { state, error } = endBy(reason, this.#text, this.#thinking);
    this.#end(state, error);
  }

  /** The text so far was thought: windows begin anew with what is left. */
  #takeBack(): void {
    this.#thinking += this.#text.slice(this.#before.length);
    this.#text = this.#before;
    this.#firstTextAt = null;
    this.#marks?.restart();
    this.#phase = 'thinking';
    this.#emit(this.#caughtUp());
    this.#saveSoon();
  }

  #write(text: string): void {
    if (text === '') return;
    this.#firstTextAt ??= performance.now();
    if (this.#phase !== 'writing') this.#enter('writing');
    this.#text += text;
    this.#emit({ type: 'text-delta', text });
    this.#saveSoon();
  }

  #enter(phase: RunPhase, done = 0, total = 0): void {
    this.#phase = phase;
    this.#emit({ type: 'phase-changed', phase, done, total });
  }

  #emit(part: RunPart): void {
    for (const listener of [...this.#listeners]) listener(part);
  }

  #saveSoon(): void {
    if (this.#save !== null) return;
    this.#save = setTimeout(() => {
      this.#save = null;
      this.#store('growing', null, null);
    }, saveEveryMs);
  }

  #store(
    state: Finish['state'] | 'growing',
    error: AppErrorShape | null,
    receipt: Receipt | null,
  ): AppErrorShape | null {
    try {
      this.#conversations.updateAnswer(this.#ids.answerId, {
        text: this.#text,
        thinking: this.#thinking,
        state,
        error,
        receipt,
      });
      return null;
    } catch (failure) {
      // A full disk must not end the answer that is on the screen; its end says that it was not stored.
      return toErrorShape(failure);
    }
  }

  #end(state: Finish['state'], cause: AppErrorShape | null): void {
    if (this.#finish !== null) return;
    this.#write(this.#marks?.end() ?? '');
    // The word that was to be written anew comes back when nothing came.
    if (this.#firstTextAt === null) this.#write(this.#written.slice(this.#before.length));
    if (this.#save !== null) clearTimeout(this.#save);
    this.#save = null;
    const receipt = this.#text === '' ? null : this.#receipt();
    const error = cause === null ? null : withKept(cause, this.#text);
    const notStored = this.#store(state, error, receipt);
    const goesOn = notStored === null && canGoOn({ text: this.#text, state, error, receipt });
    this.#finish = {
      type: 'run-finished',
      state,
      error: error ?? notStored,
      receipt: receipt ?? this.#sentTo(),
      canGoOn: goesOn,
    };
    this.#emit(this.#finish);
    if (state === 'complete' && receipt?.wordsPerSecond) this.#measured(receipt.wordsPerSecond);
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

  #measured(wordsPerSecond: number): void {
    try {
      this.#parts.onMeasured(this.#model?.identity.id ?? '', wordsPerSecond);
    } catch {
      // On a full disk the speed stays the one that was measured before.
    }
  }

  #receipt(): Receipt {
    const first = this.#firstTextAt;
    return answerReceipt({
      identity: this.#model?.identity ?? nobody,
      usage: this.#usage,
      firstTextMs: first === null ? null : Math.round(first - this.#startedAt),
      seconds: first === null ? 0 : (performance.now() - first) / 1000,
      words: countWords(this.#text) - countWords(this.#before),
      coverage: this.#coverage,
      places: this.#places,
      lostTexts: this.#lostTexts,
    });
  }
}
