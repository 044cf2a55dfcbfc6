import type { TextFilter } from './text-filter.ts';

const fence = '```';

/**
 * Takes away a fence that stands around a whole text, as small models put it there, with the white space around. A text that
 * begins with one is held back until its end, since only then it is known whether the fence closes it.
 */
export class Fence implements TextFilter {
  #held = '';
  #state: 'open' | 'fenced' | 'plain' = 'open';

  push(text: string): string {
    if (this.#state === 'plain') return text;
    this.#held += text;
    if (this.#state === 'fenced') return '';
    const begins = this.#held.trimStart();
    if (begins.startsWith(fence)) this.#state = 'fenced';
    if (fence.startsWith(begins) || begins.startsWith(fence)) return '';
    this.#state = 'plain';
    return this.#take();
  }

  end(): string {
    const held = this.#take();
    return /^```[\w-]*\n([\s\S]*?)\n```$/.exec(held.trim())?.[1] ?? held;
  }

  restart(): void {
    this.#take();
    this.#state = 'open';
  }

  #take(): string {
    const held = this.#held;
    this.#held = '';
    return held;
  }
}
