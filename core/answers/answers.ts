import { randomUUID } from 'node:crypto';
import type { UsedAction } from '../../contract/atom.ts';
import type { RunForm } from '../../contract/atom-forms.ts';
import type { Conversation } from '../../contract/conversation.ts';
import { AppError, type AppErrorShape, fromErrorShape } from '../../contract/errors.ts';
import type { RunPart, RunStarted } from '../../contract/run.ts';
import type { Attachment } from '../attachment.ts';
import type { Conversations } from '../conversations/conversations.ts';
import { Answer, type AnswerDeps } from './answer.ts';
import type { AnswerIds } from './audience.ts';
import type { Written } from './growing-text.ts';
import { Turns } from './turns.ts';

export interface StartInput {
  /** A question that is stored under this id already is not stored again. */
  readonly questionId?: string | undefined;
  readonly conversationId: string | null;
  readonly text: string;
  readonly modelId: string | null;
  readonly editsMessageId: string | null;
  /** An action that is used on the chips' texts; then `text` may be empty. */
  readonly actionId: string | null;
  /** What goes along, by the ids of the context's chips. */
  readonly chipIds: readonly string[];
  readonly agreed?: string | null;
  readonly here?: boolean;
}

/** How an answer is asked for. */
export interface Going {
  readonly modelId?: string | null;
  /** On this machine, whichever model is chosen. */
  readonly here?: boolean;
  /** The hash of what the person saw of it and agreed to; null or left out where nothing was shown. */
  readonly agreed?: string | null;
}

export interface AnswersOptions extends AnswerDeps {
  readonly conversations: Conversations;
  /** A question as it is kept; throws when it is empty or too long. */
  readonly readQuestion: (text: string) => string;
  /** The texts of chips. */
  readonly takeChips: (chipIds: readonly string[]) => readonly Attachment[];
  /** Why there is no selected text; null when that is not known. */
  readonly whyNothing: () => AppErrorShape | null;
  /** An action for a text; throws `action/not-found`. */
  readonly chooseAction: (actionId: string, text: string) => UsedAction;
  /** The action's name as the person reads it. */
  readonly nameOf: (action: UsedAction) => string;
  readonly onAsked: (questionId: string, attachments: readonly Attachment[]) => void;
  /** Told before anything is made of an answer, with what the person agreed to. */
  readonly onBegin?: (ids: AnswerIds, agreed: string | null) => void;
  readonly onChange: (running: readonly { readonly runId: string; readonly conversationId: string }[]) => void;
}

/** The answer that was there is compared with another model's, and not with the same one's. */
function wantsAnother({ modelId = null, here = false }: Going): boolean {
  return modelId !== null || here;
}

const needsText = { code: 'action/needs-text', message: 'there is no text to use the action on' } as const;
/** Finished runs can still be attached to for this long, so that a window that comes late gets their end. */
const keepFinishedMs = 120_000;

/** All answers being made, each a run that is owned here; windows attach and leave as they like. */
export class Answers {
  readonly #options: AnswersOptions;
  readonly #runs = new Map<string, Answer>();
  readonly #turns = new Turns();

  constructor(options: AnswersOptions) {
    this.#options = options;
  }

  /** Answers once the question is on disk. */
  start(input: StartInput): RunStarted {
    const { takeChips, whyNothing, chooseAction, nameOf, readQuestion, conversations } = this.#options;
    const stored = this.#stored(input);
    // Only the last question of a chat can be answered in its place: one that others came after is asked once more.
    if (stored?.isLastQuestion === false)
      return this.start({ ...input, conversationId: stored.conversationId, questionId: undefined });
    if (stored !== null) return this.again(stored.conversationId, input);
    const attachments = takeChips(input.chipIds);
    // The name of a window is not a text to work on.
    const first = attachments.find(({ kind }) => kind !== 'window');
    if (input.actionId !== null && first === undefined) throw fromErrorShape(whyNothing() ?? needsText);
    const action = input.actionId === null ? null : chooseAction(input.actionId, first?.text ?? '');
    const text = action === null ? readQuestion(input.text) : nameOf(action);
    if (input.conversationId !== null) this.cancelIn(input.conversationId);
    const extras = { attachments, action, questionId: input.questionId };
    const ids = conversations.ask(input.conversationId, text, input.editsMessageId, extras);
    this.#options.onAsked(ids.questionId, attachments);
    return this.#run(ids, input);
  }

  /**
   * Starts once the answers of that conversation have ended which were there before, and those of others who wait for the same.
   * Nothing is asked when `gone` is aborted before: throws `app/not-connected`.
   */
  startInTurn(input: StartInput, gone: AbortSignal): Promise<RunStarted> {
    const conversationId = this.#stored(input)?.conversationId ?? input.conversationId ?? randomUUID();
    const busy = () => this.#running(conversationId)?.done ?? null;
    return this.#turns.take(conversationId, { busy, go: () => this.start(input), gone });
  }

  again(conversationId: string, going: Going = {}): RunStarted {
    this.cancelIn(conversationId);
    return this.#run(this.#options.conversations.askAgain(conversationId, wantsAnother(going)), going);
  }

  /** Goes on with an answer that was stopped or cut. */
  continue(conversationId: string, going: Going = {}): RunStarted {
    const { written, ...ids } = this.#options.conversations.goOn(conversationId);
    return this.#run(ids, going, written);
  }

  cancel(runId: string): void {
    this.#need(runId).cancel();
  }

  /** Nobody sees a run any more whose conversation is gone. */
  cancelIn(conversationId: string): void {
    for (const run of this.#runs.values()) if (run.conversationId === conversationId) run.cancel();
  }

  /** A later prompt of an answer waits for the person's word; null: none does any more. */
  ask(answerId: string, hash: string | null): void {
    for (const run of this.#runs.values()) if (run.answerId === answerId) run.ask(hash);
  }

  /** An action of an answer asks the person something; null: it does not any more. */
  askForm(answerId: string, form: RunForm | null): void {
    for (const run of this.#runs.values()) if (run.answerId === answerId) run.askForm(form);
  }

  /** Throws `run/not-found`. */
  answerOf(runId: string): Pick<Answer, 'answerId' | 'reason'> {
    return this.#need(runId);
  }

  attach(runId: string, signal: AbortSignal): AsyncIterable<RunPart> {
    return this.#need(runId).attach(signal);
  }

  runIdOf(conversationId: string): string | null {
    return this.#running(conversationId)?.id ?? null;
  }

  /** A conversation with the run that is answering in it. */
  withRun<Item extends Pick<Conversation, 'id' | 'runningRunId'>>(conversation: Item): Item {
    return { ...conversation, runningRunId: this.runIdOf(conversation.id) };
  }

  /** Stops every run and waits until what they have is stored. */
  async stopAll(): Promise<void> {
    const running = [...this.#runs.values()].filter(({ finished }) => !finished);
    for (const run of running) run.cancel();
    await Promise.all(running.map(({ done }) => done));
  }

  #stored({ questionId }: StartInput) {
    return questionId === undefined ? null : this.#options.conversations.find(questionId);
  }

  #running(conversationId: string): Answer | undefined {
    return [...this.#runs.values()].find((run) => run.conversationId === conversationId && !run.finished);
  }

  #run(
    ids: AnswerIds,
    { modelId = null, here = false, agreed = null }: Going,
    written: Written | null = null,
  ): RunStarted {
    const runId = `r-${randomUUID()}`;
    this.#options.onBegin?.(ids, agreed);
    const order = { ids, wanted: { modelId, here }, written };
    const run = new Answer(runId, order, this.#options, this.#options.conversations);
    this.#runs.set(runId, run);
    this.#publish();
    void run.done.finally(() => {
      this.#publish();
      setTimeout(() => this.#runs.delete(runId), keepFinishedMs).unref();
    });
    return { runId, ...ids };
  }

  #need(runId: string): Answer {
    const run = this.#runs.get(runId);
    if (run === undefined) throw new AppError('run/not-found', `no run ${runId}`);
    return run;
  }

  #publish(): void {
    const running = [...this.#runs.values()].filter(({ finished }) => !finished);
    this.#options.onChange(running.map(({ id, conversationId }) => ({ runId: id, conversationId })));
  }
}
