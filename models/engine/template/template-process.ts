import type { ChildProcess } from 'node:child_process';
import { type ChatHistoryItem, LlamaText } from 'node-llama-cpp';
import type { Disposable } from '../../../contract/disposable.ts';
import { AppError } from '../../../contract/errors.ts';
import { startProgram } from '../../../process/start-program.ts';
import { Patience } from '../patience.ts';
import { templateFailed } from './limits.ts';
import { rendersTemplate, type TemplateAnswer, type TemplateQuestion } from './questions.ts';

/** A chat as the text that the model reads, and what ends an answer to it. */
export interface RenderedChat {
  readonly text: LlamaText;
  readonly stops: readonly string[];
}

/** The chat template of a file that nobody has checked, which is run somewhere else. */
export interface ForeignTemplate extends Disposable {
  /** Null where the file has none. */
  readonly text: string | null;
  /** Rejects with `model/template`, `model/template-refused`, or the reason of `signal`. */
  render(chat: readonly ChatHistoryItem[], signal: AbortSignal): Promise<RenderedChat>;
}

/** From when the process is ready; real templates take some milliseconds. */
const answerMs = 4000;
/** To load the library it renders with. */
const startMs = 30_000;
/** Beyond it V8 ends the whole process, also where it is that of a thread alone: hence a process. */
const heapMegabytes = 256;

interface Running {
  readonly child: ChildProcess;
  /** False when it could not be started. */
  readonly ready: Promise<boolean>;
}

/**
 * A process in which one template is run, for the trial and for every chat after it: a template may do well with what it is
 * tried with and never end with a chat of five messages, or in the afternoon. The process is ended when it takes too long or
 * too much memory, and by `dispose`; it is started again when it is asked again.
 */
export class TemplateProcess implements ForeignTemplate {
  readonly text: string | null;
  readonly #entry: string;
  #running: Running | null = null;

  /** `entry` is the file that answers when it is asked to render. */
  constructor(text: string | null, entry: string) {
    this.text = text;
    this.#entry = entry;
  }

  get processId(): number | null {
    return this.#running?.child.pid ?? null;
  }

  /** Tries chats of the kinds that are asked. Rejects with `model/template`. */
  async try(): Promise<void> {
    if (this.text === null) return;
    const answer = await this.#ask({ type: 'try' });
    if (answer?.type === 'too-much') throw templateFailed('it writes or nests far more than messages need');
  }

  async render(chat: readonly ChatHistoryItem[], signal: AbortSignal): Promise<RenderedChat> {
    const answer = await this.#ask({ type: 'render', chat }, signal);
    if (answer?.type === 'rendered') return { text: LlamaText.fromJSON(answer.text), stops: answer.stops };
    if (answer?.type === 'too-much') throw templateFailed('it writes far more than the messages');
    if (answer?.type === 'refused')
      throw new AppError('model/template-refused', 'it takes no such chat', { action: 'new-chat' });
    throw templateFailed('it cannot be run');
  }

  dispose(): void {
    this.#running?.child.kill('SIGKILL');
    this.#running = null;
  }

  /** Null when no process could be started. */
  async #ask(question: TemplateQuestion, signal?: AbortSignal): Promise<TemplateAnswer | null> {
    this.#running ??= this.#start(this.text ?? '');
    const { child, ready } = this.#running;
    const isReady = await ready;
    signal?.throwIfAborted();
    if (!isReady) {
      this.dispose();
      return null;
    }
    const { promise, resolve, reject } = Promise.withResolvers<TemplateAnswer>();
    const over = () => reject(templateFailed(`it did not end within ${answerMs} ms`));
    const patience = new Patience(child.pid ?? null, () => answerMs, over);
    // Dead of it: for lack of memory, or at the bottom of the stack.
    const died = () => reject(templateFailed('it needs too much memory'));
    const aborted = () => reject(signal?.reason);
    child.once('message', resolve);
    child.once('exit', died);
    signal?.addEventListener('abort', aborted, { once: true });
    child.send(question, (error) => error !== null && died());
    try {
      return await promise;
    } catch (error) {
      // What it does cannot be left in any other way.
      this.dispose();
      throw error;
    } finally {
      patience.dispose();
      child.off('message', resolve);
      child.off('exit', died);
      signal?.removeEventListener('abort', aborted);
    }
  }

  #start(template: string): Running {
    // The engine that starts it has no network where the system allows that, and so it has none.
    const how = { args: [rendersTemplate], heapMegabytes, network: 'on' } as const;
    const child = startProgram({ node: process.execPath, entry: this.#entry, ...how });
    const { promise: ready, resolve } = Promise.withResolvers<boolean>();
    const patience = new Patience(
      child.pid ?? null,
      () => startMs,
      () => resolve(false),
    );
    child.once('message', () => resolve(true));
    for (const end of ['error', 'exit'] as const)
      child.on(end, () => {
        resolve(false);
        if (this.#running?.child === child) this.#running = null;
      });
    void ready.then(() => patience.dispose());
    child.send({ type: 'open', template } satisfies TemplateQuestion, () => {});
    return { child, ready };
  }
}
