/** The part of a keyboard event that tells whether an input method has the key. */
export interface ComposingKey {
  readonly isComposing: boolean;
  readonly keyCode: number;
  readonly timeStamp: number;
}

/** Some input methods send the key that ended a composition once more, right after its end. */
const afterEndMs = 30;

/** Tells whether a key belongs to the input method: then it does nothing else. */
export class CompositionWatch {
  #composing = false;
  #endedAt = Number.NEGATIVE_INFINITY;

  start(): void {
    this.#composing = true;
  }

  end(timeStamp: number): void {
    this.#composing = false;
    this.#endedAt = timeStamp;
  }

  owns(event: ComposingKey): boolean {
    return (
      this.#composing || event.isComposing || event.keyCode === 229 || event.timeStamp - this.#endedAt < afterEndMs
    );
  }
}
