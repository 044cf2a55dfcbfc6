import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { extentOf } from '../../contract/document.ts';
import { AppError } from '../../contract/errors.ts';
import type { Opened, Passage, PassageAt, ViewerPlace } from '../../contract/passage.ts';
import { type AskedAboutParts, askedAbout } from '../asked-about.ts';
import type { Attachment, FileOrigin } from '../attachment.ts';
import { aroundPassage, viewerPlaceOf } from './around-passage.ts';

export interface PassagesOptions extends AskedAboutParts {
  /** Shows a file in the viewer that the system has for it. */
  readonly openFile: (path: string, place: ViewerPlace | null) => Promise<Opened>;
}

/** Shows passages of the texts that answers are about, and opens the files that those were read from. */
export class Passages {
  readonly #options: PassagesOptions;

  constructor(options: PassagesOptions) {
    this.#options = options;
  }

  /** Throws `conversation/not-found`, also for a passage of no text. */
  async show(messageId: string, at: PassageAt): Promise<Passage> {
    const { text, positions, title, origin } = this.#textOf(messageId, at);
    const extent = positions === null ? null : extentOf(positions);
    const file = origin === undefined ? 'none' : await stateOf(origin);
    return { title, extent, file, ...aroundPassage(text, positions, at) };
  }

  /** Opens a file that a person took along; where it was changed since, too, but at no place. Throws `file/…`. */
  async open(messageId: string, at: PassageAt): Promise<Opened> {
    const { text, positions, origin } = this.#textOf(messageId, at);
    if (origin === undefined) throw new AppError('file/no-path', 'it was read from no file that is known');
    const state = await stateOf(origin);
    const values = { file: basename(origin.path) };
    if (state === 'gone') throw new AppError('file/not-found', 'it is gone', { values });
    const place = state === 'same' ? viewerPlaceOf(aroundPassage(text, positions, at).locator) : null;
    return this.#options.openFile(origin.path, place);
  }

  #textOf(messageId: string, { text, start, end }: PassageAt): Attachment {
    const found = askedAbout(messageId, this.#options)?.texts[text];
    if (found === undefined || start >= end || end > found.text.length)
      throw new AppError('conversation/not-found', 'no such passage');
    return found;
  }
}

async function stateOf({ path, bytes, modifiedMs }: FileOrigin): Promise<'same' | 'changed' | 'gone'> {
  try {
    const now = await stat(path);
    if (!now.isFile()) return 'gone';
    return now.size === bytes && now.mtimeMs === modifiedMs ? 'same' : 'changed';
  } catch {
    return 'gone';
  }
}
