import type { ServerFrame } from './frames.ts';

/** Frames that may still come for what was closed on this side, since the other side had not heard of it. */
export class LateFrames {
  readonly #expected = new Map<number, number>();

  /** Expects at most so many parts more, and then the end. */
  expect(id: number, parts: number): void {
    this.#expected.set(id, parts);
  }

  /** Whether a frame is one of them. */
  take({ id, kind }: ServerFrame): boolean {
    const left = this.#expected.get(id);
    if (left === undefined || left <= 0 || kind === 'value') return false;
    if (kind === 'end' || kind === 'aborted' || kind === 'error') this.#expected.delete(id);
    else this.#expected.set(id, left - 1);
    return true;
  }
}
