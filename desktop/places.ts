import { randomUUID } from 'node:crypto';
import {
  type CapturedSelection,
  type PutBackAnswer,
  type PutBackMode,
  type RichText,
  rememberedPlaces,
} from '../contract/desktop.ts';
import { AppError, toErrorShape } from '../contract/errors.ts';

/** By which way a text went in, or was taken back. */
export type PlaceWay = Extract<PutBackAnswer, { status: 'done' }>['route'];

/** Where selected text stands: it knows how text is written over that or below, and how that is taken back. */
export interface Place {
  readonly editable: CapturedSelection['editable'];
  readonly needsFocus: CapturedSelection['needsFocus'];
  readonly takesRichText: boolean;
  /** Whether nobody has tried to write there, so that it takes the person's word. */
  readonly asksFirst: boolean;
  /**
   * Throws `put-back/…`; then nothing was changed, but for `put-back/unchecked`, after which it may be there and can be taken
   * back if it is. `rich` goes in where the place takes it; null where there is no such form.
   */
  write(text: string, mode: PutBackMode, rich: RichText | null): Promise<PlaceWay>;
  /** Takes back what was written last. Throws `put-back/…`; `put-back/target-gone` when there is nothing of that kind. */
  undo(): Promise<PlaceWay>;
}

/** Selected text as a route found it, with the place where it stands. */
export interface FoundSelection extends Pick<CapturedSelection, 'text' | 'route' | 'window' | 'fresh' | 'elsewhere'> {
  readonly place: Place;
}

/** Text that can be read where it stands, and nothing more. */
export const readOnlyPlace: Place = {
  editable: 'no',
  needsFocus: false,
  takesRichText: false,
  asksFirst: false,
  write: async () => {
    throw new AppError('put-back/not-editable', 'no way to write there');
  },
  undo: async () => {
    throw nothingWritten();
  },
};

export function nothingWritten(): AppError {
  return new AppError('put-back/target-gone', 'nothing to take back');
}

/** The places of the last captures, by the names that they were given. */
export class Places {
  readonly #places = new Map<string, Place>();
  /** What is being written or taken back. */
  #work: Promise<unknown> = Promise.resolve();

  /** What is told of a selection, whose place is remembered from now on. */
  capture({ place, text, route, window, fresh, elsewhere }: FoundSelection): CapturedSelection {
    const targetId = `t-${randomUUID()}`;
    this.#places.set(targetId, place);
    for (const old of [...this.#places.keys()].slice(0, -rememberedPlaces)) this.#places.delete(old);
    const { editable, needsFocus, takesRichText, asksFirst } = place;
    const from = { ...(elsewhere === undefined ? {} : { elsewhere }), ...(asksFirst ? { asksFirst } : {}) };
    return { targetId, text, route, window, editable, needsFocus, takesRichText, fresh, ...from };
  }

  /** `agreed`: whether the person gave their word for a place that `asksFirst`. */
  putBack(
    targetId: string,
    text: string,
    mode: PutBackMode,
    rich: RichText | null,
    agreed = false,
  ): Promise<PutBackAnswer> {
    return this.#answer(targetId, true, (place) => {
      if (place.asksFirst && !agreed) throw new AppError('put-back/not-agreed', 'nobody agreed to a key there');
      return place.write(text, mode, rich);
    });
  }

  undo(targetId: string): Promise<PutBackAnswer> {
    return this.#answer(targetId, false, (place) => place.undo());
  }

  /** Once everything has ended that was begun. */
  async untilDone(): Promise<void> {
    await this.#work;
  }

  #answer(targetId: string, canUndo: boolean, work: (place: Place) => Promise<PlaceWay>): Promise<PutBackAnswer> {
    const answer = this.#try(targetId, canUndo, work);
    this.#work = Promise.allSettled([this.#work, answer]);
    return answer;
  }

  async #try(targetId: string, canUndo: boolean, work: (place: Place) => Promise<PlaceWay>): Promise<PutBackAnswer> {
    try {
      const place = this.#places.get(targetId);
      if (place === undefined) throw new AppError('put-back/target-gone', `no capture ${targetId}`);
      return { status: 'done', route: await work(place), canUndo };
    } catch (error) {
      return { status: 'failed', cause: toErrorShape(error) };
    }
  }
}
