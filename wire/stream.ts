import { type AppErrorShape, fromErrorShape } from '../contract/errors.ts';
import type { Channel } from './channel.ts';
import type { Check } from './checks.ts';
import { initialCredit, type ServerFrame } from './frames.ts';

/** The reading end of a stream. Iteration ends on `end` and `aborted` (see `outcome`) and throws AppError on `error`. */
export interface WireStream<Part> extends AsyncIterable<Part> {
  readonly outcome: 'open' | 'end' | 'aborted' | 'error';
  close(): void;
}

export interface ClientStreamOptions {
  readonly id: number;
  readonly channel: Channel;
  readonly check: Check;
  /** Whether more parts than were asked for are refused. */
  readonly isBounded: boolean;
  /** Called once when it has ended, with how many frames may still be on their way. */
  readonly onDone: (inFlight: number) => void;
  readonly onBreach: (wrong: string) => void;
}

/** An answer that was not believed. */
export function badAnswer(wrong: string): AppErrorShape {
  return { code: 'app/bad-answer', message: wrong, action: 'try-again' };
}

export class ClientStream implements WireStream<unknown> {
  readonly #options: ClientStreamOptions;
  readonly #parts: unknown[] = [];
  #expected = 0;
  #consumed = 0;
  /** Parts that the other side may have sent by now. */
  #granted = initialCredit;
  #outcome: WireStream<unknown>['outcome'] = 'open';
  #error: AppErrorShape | null = null;
  #wake: (() => void) | null = null;

  constructor(options: ClientStreamOptions) {
    this.#options = options;
  }

  get outcome(): WireStream<unknown>['outcome'] {
    return this.#outcome;
  }

  take(frame: ServerFrame): void {
    if (this.#outcome !== 'open') return;
    if (frame.kind === 'part') this.#takePart(frame.sequence, frame.part);
    else if (frame.kind === 'end') this.#finish('end');
    else if (frame.kind === 'aborted') this.#finish('aborted');
    else this.#refuse(`${frame.kind} for a stream`);
  }

  fail(error: AppErrorShape): void {
    if (this.#outcome !== 'open') return;
    this.#error = error;
    this.#finish('error');
  }

  close(): void {
    if (this.#outcome !== 'open') return;
    this.#options.channel.send({ kind: 'close', id: this.#options.id });
    this.#finish('aborted', 1 + this.#granted - this.#expected);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<unknown> {
    try {
      while (true) {
        while (this.#parts.length > 0) {
          yield this.#parts.shift();
          this.#countConsumed();
        }
        if (this.#outcome !== 'open') break;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
      if (this.#error !== null) throw fromErrorShape(this.#error);
    } finally {
      this.close();
    }
  }

  #takePart(sequence: number, part: unknown): void {
    // A lost part would silently change a text.
    if (sequence !== this.#expected) {
      this.#refuse(`stream part ${sequence} came instead of ${this.#expected}`);
      return;
    }
    const { isBounded, check } = this.#options;
    if (isBounded && sequence >= this.#granted) {
      this.#refuse('more stream parts than were asked for');
      return;
    }
    const checked = check(part);
    if (!checked.ok) {
      this.#refuse(checked.wrong);
      return;
    }
    this.#expected += 1;
    this.#parts.push(checked.value);
    this.#signal();
  }

  #refuse(wrong: string): void {
    this.#options.channel.send({ kind: 'close', id: this.#options.id });
    this.#error = badAnswer(wrong);
    this.#finish('error', 1 + this.#granted - this.#expected);
    this.#options.onBreach(wrong);
  }

  #countConsumed(): void {
    this.#consumed += 1;
    if (this.#consumed < initialCredit / 2 || this.#outcome !== 'open') return;
    this.#options.channel.send({ kind: 'credit', id: this.#options.id, amount: this.#consumed });
    this.#granted += this.#consumed;
    this.#consumed = 0;
  }

  #finish(outcome: 'end' | 'aborted' | 'error', inFlight = 0): void {
    this.#outcome = outcome;
    this.#options.onDone(inFlight);
    this.#signal();
  }

  #signal(): void {
    this.#wake?.();
    this.#wake = null;
  }
}
