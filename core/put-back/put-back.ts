import type { DiffPiece } from '../../contract/changes.ts';
import type { PutBackAnswer, PutBackMode } from '../../contract/desktop.ts';
import { type AppErrorShape, type ErrorCode, toErrorShape } from '../../contract/errors.ts';
import type { DoneThere } from '../../contract/host.ts';
import { type PutBackState, putBackRoutes } from '../../contract/routes/put-back.ts';
import { StateSource } from '../../wire/state-source.ts';
import type { ApplicationBook } from '../applications/application-book.ts';
import type { Attachment } from '../attachment.ts';
import { InTurn } from '../in-turn.ts';
import { type AnswerFound, AnswerTexts, type StoredChats } from './answer-texts.ts';
import { BackBook } from './back-book.ts';
import type { OnTheWay } from './journal.ts';
import { type Place, Places } from './places.ts';
import { type WayIn, wayInto } from './way-in.ts';

/** The person's word for putting back where nobody has tried it: for this once, or from now on. */
export type GivenWord = 'once' | 'always' | null;

export interface PutBackOptions extends StoredChats {
  /** What the person said of applications; nothing where this is left out. */
  readonly words?: Pick<ApplicationBook, 'wordOf' | 'wrote'>;
  readonly write: (way: WayIn) => Promise<PutBackAnswer>;
  readonly undo: (targetId: string) => Promise<PutBackAnswer>;
  /** Copies a text for the person to paste; false when nothing could. */
  readonly copy: (text: string) => Promise<boolean>;
  /** Told before another application is written to, and when it is known how that ended. */
  readonly journal: { readonly begin: (going: OnTheWay) => void; readonly end: () => void };
  /** Lets Beckon's own window go, so that another one has the keyboard. */
  readonly stepAside: () => Promise<void>;
  /** `away`: the window is done with. `back`: it went for nothing, and what is to be read stands in it. */
  readonly finishOverlay: (how: 'away' | 'back', done?: DoneThere) => Promise<void>;
}

/** It may be there, or an application is still to paste what is lent: neither is copied over. */
const leavesClipboard: readonly ErrorCode[] = ['put-back/unchecked', 'put-back/pending'];

/** What the causes of putting back are where it is to be undone; any other is `put-back/not-undone`. */
const whyNotUndone: Partial<Record<ErrorCode, ErrorCode>> = {
  // It may be undone: that nothing was changed would be wrong to say.
  'put-back/unchecked': 'put-back/undo-unchecked',
  'put-back/target-gone': 'put-back/undo-gone',
  'put-back/not-in-front': 'put-back/undo-not-in-front',
};

/** Answers on their way back to where their text was selected, or else to the clipboard; who asks only begins it. */
export class PutBack {
  readonly state = new StateSource<PutBackState>(putBackRoutes.states.putBack.initial);
  readonly #options: PutBackOptions;
  readonly #places = new Places();
  readonly #texts: AnswerTexts;
  readonly #book = new BackBook((told) => this.state.update(told));
  /** Enter pressed twice puts an answer back once. */
  readonly #turns = new InTurn<PutBackAnswer>();

  constructor(options: PutBackOptions) {
    this.#options = options;
    this.#texts = new AnswerTexts(options, (questionId) => this.#places.has(questionId));
  }

  remember(questionId: string, attachments: readonly Attachment[]): void {
    this.#places.remember(questionId, attachments);
    this.wordsChanged();
  }

  /** The person may have said something else of an application. */
  wordsChanged(): void {
    this.state.update({ targets: this.#places.targets((name) => this.#options.words?.wordOf(name) ?? null) });
  }

  /** See `AnswerTexts.changes`. */
  changes(messageId: string): readonly DiffPiece[] {
    return this.#texts.changes(messageId);
  }

  /** Begins to put an answer back; throws where there is none. `leftOut`: numbers of its changes that are not made. */
  begin(messageId: string, mode: PutBackMode, leftOut: readonly number[] = [], word: GivenWord = null): void {
    this.#texts.find(messageId);
    void this.write(messageId, mode, leftOut, word);
  }

  /** Ends as it is in the state then. What is in its place, or may be, is not written once more. */
  async write(
    messageId: string,
    mode: PutBackMode,
    leftOut: readonly number[] = [],
    word: GivenWord = null,
  ): Promise<PutBackAnswer> {
    const asked = { mode, leftOut, word };
    const write = async () => this.#book.writtenOf(messageId) ?? this.#write(messageId, asked);
    return this.#turns.do(messageId, write);
  }

  /** What could not be undone can be tried again, unless its place is gone for good. */
  async undo(): Promise<PutBackAnswer> {
    return this.#turns.do('', () => this.#undo());
  }

  /** The person has seen what was told. */
  seen(): void {
    this.#book.seen();
  }

  /** What an earlier core was at when it died; nobody knows how far it came, nor how to take it back. */
  tellCut({ doing, ...ids }: OnTheWay): void {
    const message = 'core died meanwhile';
    if (doing === 'undo') {
      this.#book.notUndone(ids, { code: 'put-back/undo-unchecked', message }, true);
      return;
    }
    const cause = { code: 'put-back/unchecked', message, action: 'copy' } as const;
    this.#book.wrote(ids, { status: 'failed', cause, canUndo: false }, null);
  }

  async #write(messageId: string, { leftOut, ...asked }: Asked): Promise<PutBackAnswer> {
    let found: AnswerFound | null = null;
    try {
      found = this.#texts.find(messageId);
      this.#book.writing(found);
      return await this.#writeOrCopy(found, this.#texts.without(found, leftOut), asked);
    } catch (error) {
      const cause = toErrorShape(error);
      if (found !== null) this.#book.notWritten(found, 'failed', cause);
      return { status: 'failed', cause };
    }
  }

  /** What could not be put back is not lost: it is where it can be pasted from. */
  async #writeOrCopy(found: AnswerFound, text: string, asked: Omit<Asked, 'leftOut'>): Promise<PutBackAnswer> {
    const done = await this.#writeThere(found, text, asked);
    if (done.status === 'done') {
      const what = asked.mode === 'replace' ? 'replaced' : 'inserted';
      await this.#leave({ what, theirs: this.#book.undoable?.takesKeyboard === true });
      return done;
    }
    const { cause } = done;
    if (cause.code === 'put-back/unchecked') return done;
    if (leavesClipboard.includes(cause.code)) return this.#notWritten(found, 'failed', cause);
    if (await this.#options.copy(text)) return this.#notWritten(found, 'copied', cause);
    const message = `${cause.code}: ${cause.message}`;
    return this.#notWritten(found, 'failed', { code: 'put-back/not-copied', message, action: 'copy' });
  }

  #notWritten(found: AnswerFound, status: 'copied' | 'failed', cause: AppErrorShape): PutBackAnswer {
    this.#book.notWritten(found, status, cause);
    return failed(cause);
  }

  async #writeThere(found: AnswerFound, text: string, { mode, word }: Omit<Asked, 'leftOut'>): Promise<PutBackAnswer> {
    const { question, messageId, conversationId } = found;
    const place = question === null ? null : this.#places.of(question.id);
    if (place === null) return failed({ code: 'put-back/target-gone', message: 'the place is not known any more' });
    const { application } = place;
    // A capture in an application that is open for good asks nothing, and the desktop process wants to be told so all the same.
    const agreed = word !== null || this.#options.words?.wordOf(place.applicationId) === 'always';
    if (place.asksFirst && !agreed) return failed({ code: 'put-back/not-agreed', message: 'nobody agreed to it' });
    const way = { ...wayInto(place, text, mode, question?.action?.diff === true), agreed };
    const { targetId, takesKeyboard } = way;
    const going = { doing: 'write', messageId, conversationId, application, takesKeyboard } as const;
    const done = await this.#journaled(going, () => this.#options.write(way));
    if (done.status === 'done' || done.cause.code === 'put-back/unchecked')
      this.#book.wrote(found, done, done.canUndo === false ? null : { ...going, targetId });
    if (done.status === 'done') this.#noteWritten(place, word);
    return done;
  }

  /** A word is kept once it has served: what failed at first is asked about again. */
  #noteWritten({ applicationId, application, asksFirst }: Place, word: GivenWord): void {
    if (applicationId === null) return;
    this.#options.words?.wrote({ name: applicationId, label: application ?? applicationId, asks: asksFirst }, word);
  }

  async #undo(): Promise<PutBackAnswer> {
    const last = this.#book.undoable;
    if (last === null) return failed({ code: 'put-back/not-undone', message: 'nothing' });
    this.#book.undoing(last);
    const undo = () => this.#options.undo(last.targetId);
    const done = await this.#journaled({ ...last, doing: 'undo' }, undo);
    if (done.status === 'done') {
      this.#book.undone(last);
      await this.#leave({ what: 'taken-back', theirs: false });
      return done;
    }
    const { code, message } = done.cause;
    const cause = { code: whyNotUndone[code] ?? 'put-back/not-undone', message };
    this.#book.notUndone(last, cause, code === 'put-back/target-gone');
    return failed(cause);
  }

  /** What is in its place is so whether or not a window goes for it. */
  async #leave(done: DoneThere): Promise<void> {
    await this.#options.finishOverlay('away', done).catch(() => {});
  }

  /** Notes what another application is asked to do, with Beckon's window out of its way where that takes the keyboard. */
  async #journaled(
    { takesKeyboard, ...going }: OnTheWay & { readonly takesKeyboard: boolean },
    work: () => Promise<PutBackAnswer>,
  ): Promise<PutBackAnswer> {
    const { journal, stepAside, finishOverlay } = this.#options;
    journal.begin(going);
    try {
      if (takesKeyboard) await stepAside();
      const done = await work().catch((error: unknown) => failed(toErrorShape(error)));
      if (takesKeyboard && done.status === 'failed') await finishOverlay('back');
      return done;
    } catch (error) {
      // Main is gone, and its windows with it.
      return failed(toErrorShape(error));
    } finally {
      journal.end();
    }
  }
}

interface Asked {
  readonly mode: PutBackMode;
  readonly leftOut: readonly number[];
  readonly word: GivenWord;
}

function failed(cause: AppErrorShape): PutBackAnswer & { readonly status: 'failed' } {
  return { status: 'failed', cause };
}
