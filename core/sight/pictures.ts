import { AppError } from '../../contract/errors.ts';
import { pictureLimits, type SightPart } from '../../contract/sight.ts';
import { isRead, pictureFormatOf } from '../../models/sight/picture-format.ts';
import type { SightProcess } from '../../models/sight/sight-process.ts';
import type { SightModels } from '../models/sight-models.ts';

/** Reads pictures, wherever their bytes come from. */
export interface PictureReader {
  /** Whether the model that reads them is here. */
  canRead(): boolean;
  /** What stands in a picture, as parts of `contract/sight`, ended by `finish`. Throws `picture/…` or the abort reason. */
  read(picture: Picture, signal: AbortSignal): AsyncGenerator<SightPart>;
}

export interface Picture {
  readonly byteLength: number;
  /** Its first bytes tell its kind. */
  readonly head: Uint8Array;
  /** All of it; only called for one that is read. */
  bytes(): Promise<Uint8Array>;
}

/** Pictures are read by the model that is fetched for it. What is no kind that is read is refused before that is asked for. */
export function createPictureReader(
  models: Pick<SightModels, 'files'>,
  process: Pick<SightProcess, 'read'>,
): PictureReader {
  return {
    canRead: () => models.files() !== null,
    async *read(picture, signal) {
      const format = pictureFormatOf(picture.head);
      if (format === null) throw new AppError('picture/damaged', 'no picture');
      if (!isRead(format)) throw new AppError('picture/kind', format, { values: { kind: format } });
      if (picture.byteLength > pictureLimits.bytes)
        throw new AppError('picture/too-large', `${picture.byteLength} bytes`);
      const files = models.files();
      if (files === null) throw new AppError('picture/no-model', 'the model is not here', { action: 'get-model' });
      const bytes = await picture.bytes();
      signal.throwIfAborted();
      for await (const part of process.read(bytes, files, signal)) {
        if (part.type === 'failure') throw new AppError(part.code, part.message);
        yield part;
      }
    },
  };
}
