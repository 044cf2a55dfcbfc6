import type { CopyRoute } from './copy-route.ts';
import { followed } from './followed.ts';
import type { OfferedText, SelectionSight } from './primary-selection.ts';

/** Each look is a copy, which takes a while itself. */
const followsLimitMs = 500;
const lookEveryMs = 60;
/** No window that copies owns what is selected in it; who gave it is known by having been asked. */
const nobody = 0;

export interface CopiedDeps {
  readonly copy: Pick<CopyRoute, 'read'>;
  /** The window that is asked. */
  readonly window: number;
}

/** What is selected in a window that shows it nowhere: it is asked for a copy at each look, and the clipboard given back. */
export class CopiedSelection implements SelectionSight {
  readonly #deps: CopiedDeps;

  constructor(deps: CopiedDeps) {
    this.#deps = deps;
  }

  /** Null when nothing is selected. Throws `capture/…`. */
  async read(): Promise<OfferedText | null> {
    const text = await this.#deps.copy.read(this.#deps.window, true);
    return text === null ? null : { owner: nobody, text };
  }

  async look(): Promise<OfferedText | null> {
    return this.read().catch(() => null);
  }

  async offeredOn(): Promise<null> {
    return null;
  }

  async follows(isWanted: (text: string) => boolean, moreMs = 0): Promise<string | null> {
    const times = { limitMs: followsLimitMs + moreMs, everyMs: lookEveryMs };
    return followed(() => this.look(), isWanted, times);
  }

  /** Nothing is offered on: what was copied is out of the clipboard again. */
  async noteOwn(): Promise<void> {}
}
