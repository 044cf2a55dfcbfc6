import { AppError } from '../../../contract/errors.ts';
import { walkXml } from '../../xml/read-xml.ts';
import type { OpenedZip } from '../opened-zip.ts';

/** Throws `file/locked` for a file whose parts are encrypted, and `file/damaged` for one without a text. */
export async function checkOdf({ zip, budget }: OpenedZip): Promise<void> {
  let isLocked = false;
  await walkXml(zip.chunks('META-INF/manifest.xml'), budget, {
    open: (name) => {
      if (name === 'manifest:encryption-data' || name.endsWith(':encrypted-key')) isLocked = true;
    },
  });
  if (isLocked || zip.has('encrypted-package')) throw new AppError('file/locked', 'its parts are encrypted');
  if (!zip.has('content.xml')) throw new AppError('file/damaged', 'its text is missing');
}
