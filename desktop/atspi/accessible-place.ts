import type { ActiveWindow, PutBackMode } from '../../contract/desktop.ts';
import { AppError } from '../../contract/errors.ts';
import { applicationOf } from '../applications/applications.ts';
import { nothingWritten, type Place, type PlaceWay } from '../places.ts';
import { isBusy } from './ask-again.ts';
import { type FoundText, takeBack, type Written, writeText } from './text-target.ts';

/** A place that the accessibility interface writes to: the very object, with nothing else touched. */
export class AccessiblePlace implements Place {
  readonly editable = 'in-place';
  readonly needsFocus = false;
  readonly takesRichText = false;
  readonly asksFirst = false;
  readonly #found: FoundText;
  #written: Written | null = null;

  constructor(found: FoundText) {
    this.#found = found;
  }

  /** Whether nothing beyond this object can be selected with its text. */
  get isWhole(): boolean {
    return this.#found.whole;
  }

  async write(text: string, mode: PutBackMode): Promise<PlaceWay> {
    const found = this.#found;
    const written = await ownErrors(() => (mode === 'replace' ? writeText(found, text) : insertBelow(found, text)));
    if (written === null) throw new AppError('put-back/refused', 'the application did not take the text');
    this.#written = written;
    return requireChecked(written);
  }

  async undo(): Promise<PlaceWay> {
    const written = this.#written;
    if (written === null) throw nothingWritten();
    const undone = await ownErrors(() => takeBack(written));
    if (undone === null) throw new AppError('put-back/refused', 'the application did not take the text back');
    const way = requireChecked(undone);
    this.#written = null;
    return way;
  }
}

/** Where the accessibility interface can write what it found there; null where it cannot. */
export function accessiblePlace(found: FoundText, window: ActiveWindow): AccessiblePlace | null {
  // What is split by line ends takes a paste, which writes several paragraphs in one step.
  return found.editable && applicationOf(window).paragraphs === 'whole' ? new AccessiblePlace(found) : null;
}

async function insertBelow(found: FoundText, text: string): Promise<Written | null> {
  const { start, end } = found;
  const object = found.object.patient();
  if ((await object.text(start, end)) !== found.text)
    throw new AppError('put-back/changed', 'the text at the place is another one');
  return writeText({ object, start: end, end, text: '', editable: true, isField: true, whole: false }, `\n\n${text}`);
}

/** Throws `put-back/unchecked`. */
function requireChecked({ checked }: Written): PlaceWay {
  if (!checked) throw new AppError('put-back/unchecked', 'no answer while it was written');
  return 'accessibility';
}

/** An object that cannot be asked any more is gone, with its window or its paragraph. */
async function ownErrors<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('put-back/')) throw error;
    if (isBusy(error)) throw new AppError('put-back/refused', 'the application does not answer');
    throw new AppError('put-back/target-gone', `the place is gone: ${String(error)}`);
  }
}
