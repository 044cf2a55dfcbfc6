import { AppError } from '../contract/errors.ts';
import type { ReaderPart, ResumeToken } from '../contract/reader.ts';
import type { DocumentInput } from './input.ts';

/** Where to begin, and when to stop. */
export interface ReadSpan {
  /** What a section carried after which to go on; null for the beginning. */
  readonly resume: ResumeToken | null;
  /** Whether to stop at the next section. */
  readonly isOver: () => boolean;
}

export type DocumentPart = Extract<ReaderPart, { type: 'kind' | 'section' | 'note' }>;

/**
 * Reads documents of one kind: first what the document is, then its sections. It may end early when `isOver` says so, and
 * gives one section at least, so that the next reader has less to do. Throws `file/…`.
 */
export type DocumentReader = (
  input: DocumentInput,
  span: ReadSpan,
) => AsyncGenerator<DocumentPart, Ended> | Generator<DocumentPart, Ended>;

/** Whether a reader came to the end of its document. */
export type Ended = 'whole' | 'stopped';

/** The number that a token says, for kinds that count their sections from 0. Throws `file/unreadable`. */
export function numberOfToken(resume: ResumeToken | null): number {
  if (resume === null) return 0;
  if (!/^\d{1,8}$/.test(resume)) throw new AppError('file/unreadable', 'no place to go on from');
  return Number(resume);
}
