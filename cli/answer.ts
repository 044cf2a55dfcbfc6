import type { RunForm } from '../contract/atom-forms.ts';
import type { RunPart, RunStarted } from '../contract/run.ts';
import type { CommandInput } from './run-cli.ts';
import { lost } from './session.ts';

export type Finished = Extract<RunPart, { type: 'run-finished' }>;

export interface AnswerOutput {
  /** Whether what comes may turn out to be no part of the answer, once that is known. */
  readonly onTakesBack?: (takesBack: boolean) => void;
  readonly onText: (text: string) => void;
  /** All text so far turned out to be no part of the answer, which is this now. */
  readonly onStartOver: (text: string) => void;
  readonly onPhase: (phase: string) => void;
  /** A later prompt waits until the person agrees to it. */
  readonly onAsks: () => void;
  /** An action asks the person something before it begins. */
  readonly onForm: (form: RunForm) => void;
  /** Whether the person stopped it. */
  readonly stopped: () => boolean;
}

/** A core that hands the profile over to the app stops its answers first, and is gone within this time. */
const handOverMs = 1500;

/** Reads one answer to its end. Throws `app/not-connected` when the core that makes it ends before. */
export async function readAnswer(
  { session }: Pick<CommandInput, 'session'>,
  { runId }: RunStarted,
  output: AnswerOutput,
): Promise<Finished> {
  let written = '';
  for await (const part of session.client.open('run.attach', { runId })) {
    if (part.type === 'text-delta') written += part.text;
    if (
      (part.type === 'asks-changed' && part.hash !== null) ||
      (part.type === 'run-caught-up' && part.asks !== undefined)
    )
      output.onAsks();
    const form = part.type === 'form-changed' || part.type === 'run-caught-up' ? (part.form ?? null) : null;
    if (form !== null) output.onForm(form);
    if (part.type === 'run-caught-up') {
      output.onTakesBack?.(part.takesBack);
      if (written !== '') output.onStartOver(part.text);
      else if (part.text !== '') output.onText(part.text);
      written = part.text;
    } else if (part.type === 'text-delta') output.onText(part.text);
    else if (part.type === 'phase-changed') output.onPhase(part.phase);
    else if (part.type === 'run-finished') {
      const unasked = part.state === 'stopped' && !output.stopped();
      if (unasked && (await session.isGoneWithin(handOverMs))) throw lost();
      return part;
    }
  }
  return { type: 'run-finished', state: 'cut', error: null, receipt: null, canGoOn: false };
}

/**
 * The text of an answer that may be begun more than once, as a stream: what was written already is not written again. A new
 * answer that goes another way begins on a line of its own.
 */
export class WrittenText {
  readonly #write: (piece: string) => void;
  readonly #onAnother: () => void;
  #written = '';
  #text = '';
  #repeats = false;

  constructor(write: (piece: string) => void, onAnother: () => void) {
    this.#write = write;
    this.#onAnother = onAnother;
  }

  /** The newest answer, whole. */
  get text(): string {
    return this.#text;
  }

  /** The answer begins, or begins anew. */
  begin(): void {
    this.#text = '';
    this.#repeats = this.#written !== '';
  }

  /** All so far was no part of the answer, which is this now. */
  startOver(text: string): void {
    this.#text = '';
    this.#written = '';
    this.#repeats = false;
    this.add(text);
  }

  add(piece: string): void {
    this.#text += piece;
    if (!this.#repeats) this.#put(piece);
    else if (!this.#written.startsWith(this.#text)) this.#leave();
  }

  /** The answer goes on beyond what was written before, or another way. */
  #leave(): void {
    this.#repeats = false;
    if (!this.#text.startsWith(this.#written)) {
      this.#onAnother();
      this.#written = '';
    }
    this.#put(this.#text.slice(this.#written.length));
  }

  #put(piece: string): void {
    this.#write(piece);
    this.#written += piece;
  }
}
