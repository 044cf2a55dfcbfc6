import { type PutBackAnswer, rememberedPlaces } from '../../contract/desktop.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Back, PutBackState } from '../../contract/routes/put-back.ts';

/** The ids of an answer. */
export interface AnswerIds {
  readonly messageId: string;
  readonly conversationId: string;
}

/** What was put back last, and what has to be known to take it back. */
export interface Undoable extends AnswerIds {
  readonly targetId: string;
  readonly application: string | null;
  readonly takesKeyboard: boolean;
}

interface Entry {
  readonly conversationId: string;
  readonly back: Back;
  /** How it was written, while it is in its place or may be. */
  readonly written: PutBackAnswer | null;
}

type Told = Pick<PutBackState, 'answers' | 'told' | 'undoable'>;

/** How it stands with each answer that was put back or was to be, and what of it the person has still to be told. */
export class BackBook {
  readonly #onChange: (told: Told) => void;
  readonly #entries = new Map<string, Entry>();
  #told: string | null = null;
  #undoable: Undoable | null = null;

  constructor(onChange: (told: Told) => void) {
    this.#onChange = onChange;
  }

  get undoable(): Undoable | null {
    return this.#undoable;
  }

  /** How an answer was written that is in its place, or may be; null for one that is not. */
  writtenOf(messageId: string): PutBackAnswer | null {
    return this.#entries.get(messageId)?.written ?? null;
  }

  writing(ids: AnswerIds): void {
    this.#note(ids, { status: 'writing' }, null);
  }

  /** It is there, or may be; `undoable`: null where nobody could take it back. */
  wrote(ids: AnswerIds, written: PutBackAnswer, undoable: Undoable | null): void {
    this.#undoable = undoable ?? this.#undoable;
    this.#told = written.status === 'done' ? null : ids.messageId;
    this.#note(ids, backOf(written), written);
  }

  notWritten(ids: AnswerIds, status: 'copied' | 'failed', cause: AppErrorShape): void {
    this.#told = ids.messageId;
    this.#note(ids, { status, cause }, null);
  }

  undoing(ids: AnswerIds): void {
    const written = this.writtenOf(ids.messageId);
    this.#note(ids, { status: 'undoing', checked: written?.status === 'done' }, written);
  }

  undone({ messageId }: AnswerIds): void {
    this.#entries.delete(messageId);
    this.#undoable = null;
    this.#told = null;
    this.#publish();
  }

  /** It is there still, or may be. `isGone`: its place is gone for good, so that it cannot be tried again. */
  notUndone(ids: AnswerIds, cause: AppErrorShape, isGone: boolean): void {
    if (isGone) this.#undoable = null;
    this.#told = ids.messageId;
    const written = this.writtenOf(ids.messageId);
    this.#note(ids, { status: 'not-undone', checked: written?.status === 'done', cause }, written);
  }

  seen(): void {
    if (this.#told === null) return;
    this.#told = null;
    this.#publish();
  }

  /** The last few are kept, whichever changed last. */
  #note({ messageId, conversationId }: AnswerIds, back: Back, written: PutBackAnswer | null): void {
    this.#entries.delete(messageId);
    this.#entries.set(messageId, { conversationId, back, written });
    for (const old of [...this.#entries.keys()].slice(0, -rememberedPlaces)) this.#entries.delete(old);
    this.#publish();
  }

  #publish(): void {
    const answers = [...this.#entries].map(([messageId, { conversationId, back }]) => ({
      messageId,
      conversationId,
      back,
    }));
    const last = this.#undoable;
    const undoable = last === null ? null : { messageId: last.messageId, application: last.application };
    this.#onChange({ answers, told: this.#told, undoable });
  }
}

function backOf(written: PutBackAnswer): Back {
  return written.status === 'done' ? { status: 'there' } : { status: 'unchecked', cause: written.cause };
}
