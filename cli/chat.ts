import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { toErrorShape } from '../contract/errors.ts';
import { readAnswer, WrittenText } from './answer.ts';
import { ChatLines } from './chat-lines.ts';
import { exitCodes } from './exit-codes.ts';
import { onInterrupt } from './interrupts.ts';
import { modelLines } from './models.ts';
import type { CommandInput } from './run-cli.ts';
import { ensureModel } from './starter.ts';
import { readSources, type Source, takeAlong } from './take-along.ts';
import { findModel, sayGoesTo, sayReceipt } from './where.ts';

/** `beckon chat`: the terminal face of the main job; works over ssh and without a display. */
export async function chat(input: CommandInput): Promise<number> {
  const sources = await readSources(input.files, input);
  await input.session.keep(() => ensureModel(input));
  const talk = new Talk(input, sources);
  await talk.welcome();
  const lines = new ChatLines({ input: process.stdin, output: process.stdout });
  try {
    for (let line = await lines.read(); line !== null; line = await lines.read()) {
      const text = line.trim();
      if (text === '/quit' || text === '/exit') break;
      lines.pause();
      if (text !== '') await talk.take(text);
      lines.resume();
    }
  } finally {
    lines.dispose();
  }
  return exitCodes.done;
}

/** One chat after the other in a terminal. */
export class Talk {
  readonly #input: CommandInput;
  #model: string | null;
  /** What goes along with the first question of the first chat. */
  #sources: readonly Source[];
  #conversationId: string | null = null;

  constructor(input: CommandInput, sources: readonly Source[]) {
    this.#input = input;
    this.#model = input.model;
    this.#sources = sources;
  }

  async welcome(): Promise<void> {
    const { words, terminal } = this.#input;
    const row = await this.#find();
    const where = row === null ? '' : ` · ${sayGoesTo(this.#input, row, 'goesToShort')}`;
    terminal.line(words.say('chatWelcome', { model: (row?.name ?? this.#model ?? '') + where }));
    if (this.#sources.length > 0) terminal.line(words.say('filesGoAlong', { count: this.#sources.length }));
  }

  /** A question, or a command. Whatever goes wrong is said, and the chat goes on. */
  async take(text: string): Promise<void> {
    const { words, terminal } = this.#input;
    const [, command, value = ''] = /^\/([a-z]+)(?:\s+(\S+))?$/i.exec(text) ?? [];
    try {
      if (command === 'new') this.#conversationId = null;
      else if (command === 'help') terminal.line(words.say('chatHelp').trimEnd());
      else if (command === 'model') await this.#chooseModel(value);
      else if (command !== undefined && value === '') terminal.line(words.say('notAChatCommand', { command }));
      else await this.#ask(text);
    } catch (error) {
      terminal.line(words.error(error));
    }
  }

  #find() {
    return this.#input.session.keep(() => findModel(this.#input, this.#model));
  }

  async #chooseModel(id: string): Promise<void> {
    const { session, words, terminal } = this.#input;
    const rows = await session.keep(() => session.client.call('model.list', {}));
    const able = rows.filter(({ purpose }) => purpose === 'chat');
    const row = able.find((candidate) => candidate.id === id);
    if (row === undefined) {
      if (id !== '') terminal.line(words.say('noSuchModel', { id }));
      for (const line of modelLines(able, words)) terminal.line(line);
      return;
    }
    this.#model = id;
    terminal.line(`${words.say('nowUsing', { id })} ${sayGoesTo(this.#input, row)}`);
  }

  async #ask(text: string): Promise<void> {
    const { session, words, terminal } = this.#input;
    const questionId = `m-${randomUUID()}`;
    const written = new WrittenText(
      (piece) => terminal.shown(piece),
      () => terminal.shown(`\n${words.say('writtenAnew')}\n`),
    );
    const finished = await session.keep(() => this.#askOnce(questionId, text, written));
    terminal.shown('\n');
    if (finished.state === 'stopped') terminal.line(words.say('stopped'));
    else if (finished.error !== null) terminal.line(words.error(finished.error));
    else if (finished.receipt !== null) terminal.line(sayReceipt(this.#input, finished.receipt));
  }

  /** A file that cannot be read is told of once, and left out from then on. */
  async #takeAlong(): Promise<string[]> {
    try {
      return await takeAlong(this.#sources, this.#input);
    } catch (error) {
      if (toErrorShape(error).code.startsWith('file/')) this.#sources = [];
      throw error;
    }
  }

  async #askOnce(questionId: string, text: string, written: WrittenText) {
    const { session, words, terminal } = this.#input;
    const chipIds = await this.#takeAlong();
    const started = await session.client.call('run.start', {
      questionId,
      conversationId: this.#conversationId,
      text,
      modelId: this.#model,
      editsMessageId: null,
      chipIds,
    });
    this.#conversationId = started.conversationId;
    this.#sources = [];
    written.begin();
    const interrupt = onInterrupt(() => void session.client.request('run.cancel', { runId: started.runId }));
    try {
      return await readAnswer(this.#input, started, {
        onText: (piece) => written.add(piece),
        onStartOver: (answer) => {
          terminal.shown(`\n${words.say('thoughtAbove')}\n`);
          written.startOver(answer);
        },
        onPhase: () => {},
        stopped: interrupt.stopped,
      });
    } finally {
      interrupt.dispose();
    }
  }
}
