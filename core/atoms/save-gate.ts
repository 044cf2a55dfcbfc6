import type { AtomFile } from '../../contract/atom.ts';
import { AppError } from '../../contract/errors.ts';
import { touchesNothing, touchesOf, widenedBy } from '../steps/touches.ts';

/** What is known of an id before a file takes it. */
export interface Before {
  /** What has the id now; null where nothing has. */
  readonly here: AtomFile | null;
  /** The text is one that had the id here before, and was taken away or replaced. */
  readonly wasHere: boolean;
  /** A key runs what has the id, or a model of its own answers it: whatever takes the id takes these over. */
  readonly isBound: boolean;
}

/** Whether saving a file needs the person's word: by its id it may do more than it could without. */
export function widensBySaving(file: AtomFile, { here, wasHere, isBound }: Before): boolean {
  const next = touchesOf(file);
  if (here !== null) return widenedBy(touchesOf(here), next).length > 0;
  return isBound && !wasHere && widenedBy(touchesNothing, next).length > 0;
}

/** Throws `atom/asks-first` unless `agreed` names the file, as the person was asked in a window of main's. */
export function requireAgreed(file: AtomFile, before: Before, agreed: string | null): void {
  const { id, name } = file;
  const isAsked = agreed !== null && [name.en, name['zh-CN']].includes(agreed);
  if (!isAsked && widensBySaving(file, before)) throw new AppError('atom/asks-first', `${id} may do more than before`);
}
