import { AppError } from '../../contract/errors.ts';
import { roles } from '../atspi/accessible.ts';
import type { TextObject } from '../atspi/text-target.ts';
import { followed } from './followed.ts';
import type { OfferedText, SelectionSight } from './primary-selection.ts';

/** A key may go through the accessibility bus before the application gets it. */
const followsLimitMs = 500;
const lookEveryMs = 20;
/** No window offers what an object tells; the object itself is asked. */
const nobody = 0;

/**
 * What is selected in a field that tells it to the accessibility interface and cannot be written by that: an editor that draws
 * its text itself. While somebody listens there, Qt 5 hands its keys on changed, and such an editor offers no selection then.
 */
export class ToldSelection implements SelectionSight {
  readonly #object: Pick<TextObject, 'role' | 'selection' | 'text'>;

  constructor(object: Pick<TextObject, 'role' | 'selection' | 'text'>) {
    this.#object = object;
  }

  /** Null when nothing is selected. Throws `capture/…`. */
  async read(): Promise<OfferedText | null> {
    if ((await this.#object.role()) === roles.passwordText)
      throw new AppError('capture/password-field', 'a password field');
    const range = await this.#object.selection();
    return range === null ? null : { owner: nobody, text: await this.#object.text(...range) };
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

  /** Does nothing: what this tells is what is selected now, and nothing of it is offered on. */
  async noteOwn(): Promise<void> {}
}
