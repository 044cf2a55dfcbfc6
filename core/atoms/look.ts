import { statSync } from 'node:fs';
import { atomFileLimitBytes } from '../../contract/atom-edit.ts';

/** What a file of an action is before it is opened. */
export interface Found {
  readonly path: string;
  readonly changed: number;
  /** Why it is not read; null when it can be. */
  readonly refused: 'action/not-a-file' | 'action/file-too-large' | null;
}

/** Looks at a file before it is opened: a pipe or a device would hold core up. */
export function look(path: string): Found {
  try {
    const stat = statSync(path);
    const tooLarge = stat.size > atomFileLimitBytes ? 'action/file-too-large' : null;
    return { path, changed: stat.mtimeMs, refused: stat.isFile() ? tooLarge : 'action/not-a-file' };
  } catch {
    // A link to nothing or to itself.
    return { path, changed: 0, refused: 'action/not-a-file' };
  }
}
