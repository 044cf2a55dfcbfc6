import { randomUUID } from 'node:crypto';
import { toErrorShape } from '../contract/errors.ts';
import { readAnswer, WrittenText } from './answer.ts';
import { type AnswerView, chatView } from './answer-view.ts';
import { atKeyboard, beforeSending, laterPrompt, type Person } from './before-sending.ts';
import { findChat } from './chats.ts';
import { piece } from './drawing/pieces.ts';
import { onInterrupt } from './interrupts.ts';
import { modelLines } from './model-lines.ts';
import { labelsOf, modelsMeant } from './model-names.ts';
import { asNotAsked } from './not-asked.ts';
import type { CommandInput } from './run-cli.ts';
import { readSources, type Source, takeAlong } from './take-along.ts';
import { findModel, sayGoesTo, sayReceipt } from './where.ts';

/** One chat after the other in a terminal. */
export class Talk {
  /** `model` is an id here. */
  readonly input: CommandInput;
  readonly #view: AnswerView;
  readonly #person: Person;
  #model: string | null;
  /** What goes along with the next question. */
  #sources: readonly Source[];
  #conversationId: string | null = null;
  #lastAnswer = '';

  /** `person`: who agrees to what is shown before it is sent. */
  constructor(input: CommandInput, sources: readonly Source[], person: Person = atKeyboard) {
    this.#person = person;
    this.input = input;
    this.#model = input.model;
    this.#sources = sources;
    this.#view = chatView(input.terminal, input.raw);
  }

  get lastAnswer(): string {
    return this.#lastAnswer;
  }

  async welcome(): Promise<void> {
    const { words, terminal, session } = this.input;
    const row = await session.keep(() => findModel(this.input, this.#model));
    const where = row === null ? '' : ` · ${sayGoesTo(this.input, row, 'goesToShort')}`;
    terminal.line(words.say('chatWelcome', { model: (row?.name ?? this.#model ?? '') + where }));
    if (this.#sources.length > 0) terminal.line(words.say('filesGoAlong', { count: this.#sources.length }));
  }

  sayError(error: unknown): void {
    const { words, terminal } = this.input;
    terminal.line([piece(words.error(error), 'bad')]);
  }

  beginNew(): void {
    this.#conversationId = null;
    this.#lastAnswer = '';
  }

  /** Goes on with a stored chat, and shows its last answer. Throws `conversation/not-found`. */
  async goOn(named: string): Promise<void> {
    const { session, words, terminal } = this.input;
    const { id, title, questions } = await findChat(this.input, named);
    const { messages } = await session.keep(() => session.client.call('conversation.get', { conversationId: id }));
    const answer = messages.findLast(({ role, text }) => role === 'assistant' && text !== '');
    this.#conversationId = id;
    this.#lastAnswer = answer?.text ?? '';
    terminal.line([piece(words.say('goesOn', { title, count: questions }), 'strong')]);
    if (answer === undefined) return;
    this.#view.add(answer.text);
    this.#view.end();
  }

  async takeFile(path: string): Promise<void> {
    this.#sources = [...this.#sources, ...(await readSources([path], this.input))];
  }

  async chooseModel(typed: string): Promise<void> {
    const { session, words, terminal } = this.input;
    const rows = await session.keep(() => session.client.call('model.list', {}));
    const able = rows.filter(({ purpose }) => purpose === 'chat');
    const meant = modelsMeant(able, typed);
    const [row] = meant;
    if (row === undefined || meant.length > 1) {
      if (typed !== '') terminal.line(words.say(row === undefined ? 'noSuchModel' : 'manyModels', { id: typed }));
      for (const line of modelLines(row === undefined ? able : meant, words, terminal.columns)) terminal.line(line);
      return;
    }
    this.#model = row.id;
    const name = labelsOf(able).get(row.id) ?? row.name;
    terminal.line(`${words.say('nowUsing', { id: name })} ${sayGoesTo(this.input, row)}`);
  }

  async ask(text: string): Promise<void> {
    const { session, words, terminal } = this.input;
    const questionId = `m-${randomUUID()}`;
    const written = new WrittenText(
      (part) => this.#view.add(part),
      () => {
        this.#view.end();
        terminal.line(words.say('writtenAnew'));
      },
    );
    const finished = await session.keep(() => this.#askOnce(questionId, text, written));
    this.#view.end();
    this.#lastAnswer = written.text;
    if (finished.state === 'stopped') terminal.line(words.say('stopped'));
    else if (finished.error !== null) this.sayError(finished.error);
    else if (finished.receipt !== null) terminal.line([piece(sayReceipt(this.input, finished.receipt), 'dim')]);
  }

  /** A file that cannot be read is told of once, and left out from then on. */
  async #takeAlong(): Promise<string[]> {
    try {
      return await takeAlong(this.#sources, this.input);
    } catch (error) {
      if (toErrorShape(error).code.startsWith('file/')) this.#sources = [];
      throw error;
    }
  }

  async #askOnce(questionId: string, text: string, written: WrittenText) {
    const { session, words, terminal } = this.input;
    const chipIds = await this.#takeAlong();
    const asked = {
      questionId,
      conversationId: this.#conversationId,
      text,
      modelId: this.#model,
      editsMessageId: null,
      actionId: null,
      chipIds,
      whenBusy: 'wait',
    } as const;
    const agreed = await beforeSending(this.input, asked, this.#person);
    const going = session.client.call('run.start', { ...asked, agreed });
    const started = await going.catch((error) => Promise.reject(asNotAsked(error)));
    this.#conversationId = started.conversationId;
    this.#sources = [];
    written.begin();
    const interrupt = onInterrupt(() => void session.client.request('run.cancel', { runId: started.runId }));
    try {
      return await readAnswer(this.input, started, {
        onText: (part) => written.add(part),
        onStartOver: (answer) => {
          this.#view.end();
          terminal.line(words.say('thoughtAbove'));
          written.startOver(answer);
        },
        onPhase: () => {},
        onAsks: () => {
          // What was written stands above the question.
          this.#view.end();
          void laterPrompt(this.input, started.runId, this.#person);
        },
        // An action is not asked with here.
        onForm: () => {},
        stopped: interrupt.stopped,
      });
    } finally {
      interrupt.dispose();
    }
  }
}
