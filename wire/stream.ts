import { type AppErrorShape, fromErrorShape } from '../contract/errors.ts';
import type { Channel } from './channel.ts';
import { initialCredit, type ServerFrame } from './frames.ts';

/** The reading end of a stream. Iteration ends on `end` and `aborted` (see `outcome`) and throws AppError on `error`. */
export interface WireStream<Part> extends AsyncIterable<Part> {
  readonly outcome: 'open' | 'end' | 'aborted' | 'error';
  close(): void;
}

export class ClientStream implements WireStream<unknown> {
  readonly #id: number;
  readonly #channel: Channel;
  readonly #onDone: () => void;
  readonly #parts: unknown[] = [];
  #expected = 0;
  #consumed = 0;
  #outcome: WireStream<unknown>['outcome'] = 'open';
  #error: AppErrorShape | null = null;
  #wake: (() => void) | null = null;

  constructor(id: number, channel: Channel, onDone: () => void) {
    this.#id = id;
    this.#channel = channel;
    this.#onDone = onDone;
  }

  get outcome(): WireStream<unknown>['outcome'] {
    return this.#outcome;
  }

  take(frame: ServerFrame): void {
    if (this.#outcome !== 'open') return;
    if (frame.kind === 'part') this.#takePart(frame.sequence, frame.part);
    else if (frame.kind === 'end') this.#finish('end');
    else if (frame.kind === 'aborted') this.#finish('aborted');
    else if (frame.kind === 'error') this.fail(frame.error);
  }

  fail(error: AppErrorShape): void {
    if (this.#outcome !== 'open') return;
    this.#error = error;
    this.#finish('error');
  }

  close(): void {
    if (this.#outcome !== 'open') return;
    this.#channel.send({ kind: 'close', id: this.#id });
    this.#finish('aborted');
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
    if (sequence !== this.#expected) {
      // A lost part would silently change a text; it can only be a bug of the transport.
      this.#channel.send({ kind: 'close', id: this.#id });
      this.fail({ code: 'app/internal', message: `stream part ${sequence} came instead of ${this.#expected}` });
      return;
    }
    this.#expected += 1;
    this.#parts.push(part);
    this.#signal();
  }

  #countConsumed(): void {
    this.#consumed += 1;
    if (this.#consumed < initialCredit / 2 || this.#outcome !== 'open') return;
    this.#channel.send({ kind: 'credit', id: this.#id, amount: this.#consumed });
    this.#consumed = 0;
  }

  #finish(outcome: 'end' | 'aborted' | 'error'): void {
    this.#outcome = outcome;
    this.#onDone();
    this.#signal();
  }

  #signal(): void {
    this.#wake?.();
    this.#wake = null;
  }
}
