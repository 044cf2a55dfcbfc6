import type { PutBackMode, RichText } from '../../contract/desktop.ts';
import { toErrorShape } from '../../contract/errors.ts';
import { nothingWritten, type Place, type PlaceWay } from '../places.ts';

/** A place that is written to in place, and that rich text goes into by a paste alone. */
export class RichPlace implements Place {
  readonly editable = 'in-place';
  readonly needsFocus = false;
  readonly takesRichText = true;
  readonly asksFirst = false;
  readonly #inPlace: Place;
  readonly #byPaste: Place;
  /** Where something was written last. */
  #last: Place | null = null;

  constructor(inPlace: Place, byPaste: Place) {
    this.#inPlace = inPlace;
    this.#byPaste = byPaste;
  }

  async write(text: string, mode: PutBackMode, rich: RichText | null): Promise<PlaceWay> {
    const place = rich === null ? this.#inPlace : this.#byPaste;
    try {
      const way = await place.write(text, mode, rich);
      this.#last = place;
      return way;
    } catch (error) {
      // What was put there before it is there still, and can be undone.
      if (toErrorShape(error).code === 'put-back/unchecked') this.#last = place;
      throw error;
    }
  }

  async undo(): Promise<PlaceWay> {
    if (this.#last === null) throw nothingWritten();
    const way = await this.#last.undo();
    this.#last = null;
    return way;
  }
}
