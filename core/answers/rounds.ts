import type { ModelPart } from '../../contract/engine.ts';

/** How far all rounds of notes together are: the first reads the whole text, each later one takes half of what is left. */
export class Rounds {
  #from = 0;
  #to = 0.9;

  next(): void {
    this.#from = this.#to;
    this.#to += (1 - this.#to) / 2;
  }

  last(): void {
    this.#to = 1;
  }

  /** Says how far the round that goes on has come, as a share of all rounds, in thousandths. */
  progress({ done, total }: { readonly done: number; readonly total: number }): ModelPart {
    const share = this.#from + (this.#to - this.#from) * (done / Math.max(1, total));
    return { type: 'prompt-progress', done: Math.round(share * 1000), total: 1000 };
  }
}
