import { AppError } from '../contract/errors.ts';
import type { NotYetKind } from './sniff.ts';

/** Thrown for a kind that is known by name and not read yet. */
export class NotYet extends AppError {
  readonly kind: NotYetKind;

  constructor(kind: NotYetKind) {
    super('file/not-yet', `${kind} is not read yet`);
    this.kind = kind;
  }
}
