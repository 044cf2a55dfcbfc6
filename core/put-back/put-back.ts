import type { DiffPiece } from '../../contract/changes.ts';
import type { Conversation, Message } from '../../contract/conversation.ts';
import type { PutBackAnswer, RichText } from '../../contract/desktop.ts';
import { AppError, type ErrorCode, toErrorShape } from '../../contract/errors.ts';
import type { PutBackState } from '../../contract/routes/put-back.ts';
import { languageOfText } from '../../text/language.ts';
import { StateSource } from '../../wire/state-source.ts';
import type { Attachment } from '../attachment.ts';
import { delimiterOf } from '../prompts/delimiter.ts';
import { toRichText } from './rich-text.ts';
import { diffWords, withoutChanges } from './word-diff.ts';

export interface PutBackOptions {
  readonly write: (
    targetId: string,
    text: string,
    mode: 'replace' | 'insert-below',
    rich: RichText | null,
  ) => Promise<PutBackAnswer>;
  readonly undo: (targetId: string) => Promise<PutBackAnswer>;
  /** Copies a text for the person to paste; false when nothing could. */
  readonly copy: (text: string) => Promise<boolean>;
  /** Told before an answer goes to an application, and when it is known how that ended. */
  readonly journal: { readonly begin: (application: string | null) => void; readonly end: () => void };
  /** Hides Beckon's own window, or brings it back. */
  readonly setOverlayVisible: (visible: boolean) => Promise<void>;
  /** The conversation of a message; throws `conversation/not-found`. */
  readonly conversationOf: (messageId: string) => Conversation;
  /** Texts of a conversation's questions, by the questions' ids. */
  readonly attachmentsOf: (conversationId: string) => ReadonlyMap<string, readonly Attachment[]>;
}

interface Target {
  readonly targetId: string;
  readonly editable: boolean;
  readonly takesRichText: boolean;
  readonly needsFocus: boolean;
  readonly application: string | null;
  /** White space at the ends of the selected text. */
  readonly edges: readonly [string, string];
}

interface Found {
  readonly answer: Message;
  /** Null when it is not known any more where its text came from. */
  readonly question: Message | null;
  readonly text: string;
}

/** It may be there, or an application is still to paste what is lent: neither is copied over. */
const leavesClipboard: readonly ErrorCode[] = ['put-back/unchecked', 'put-back/pending'];

function failed(code: ErrorCode, message: string): PutBackAnswer {
  return { status: 'failed', cause: { code, message } };
}

/** What the causes of putting back are where it is to be undone; any other is `put-back/not-undone`. */
const whyNotUndone: Partial<Record<ErrorCode, ErrorCode>> = {
  // It may be undone: that nothing was changed would be wrong to say.
  'put-back/unchecked': 'put-back/undo-unchecked',
  'put-back/target-gone': 'put-back/undo-gone',
  'put-back/not-in-front': 'put-back/undo-not-in-front',
};

/** As many as the desktop process remembers. */
const rememberedTargets = 20;
/** A longer text is not told as changes: finding them would take long, and nobody reads them all. */
const longestChanged = 20_000;

/** Answers on their way back to where their text was selected. */
export class PutBack {
  readonly state = new StateSource<PutBackState>({ targets: [], written: [], undoable: null });
  readonly #options: PutBackOptions;
  /** Where each question's text came from; forgotten with the process, since the places are. */
  readonly #targets = new Map<string, Target>();
  /** How those ended that are in their place, or may be, by their messages' ids: each goes in once, until it is undone. */
  readonly #written = new Map<string, PutBackAnswer>();
  #undoable: { readonly messageId: string; readonly place: Target } | null = null;
  /** The one that is going on: Enter pressed twice puts an answer back once. */
  #going: { readonly messageId: string; readonly answer: Promise<PutBackAnswer> } | null = null;

  constructor(options: PutBackOptions) {
    this.#options = options;
  }

  remember(questionId: string, attachments: readonly Attachment[]): void {
    const first = attachments.find(({ targetId }) => targetId !== null);
    if (first?.targetId == null) return;
    const { targetId, editable, takesRichText = false, needsFocus, application } = first;
    const edges = edgesOf(first.text);
    this.#targets.set(questionId, { targetId, editable, takesRichText, needsFocus, application, edges });
    for (const old of [...this.#targets.keys()].slice(0, -rememberedTargets)) this.#targets.delete(old);
    this.state.update({
      targets: [...this.#targets].map(([id, target]) => ({
        questionId: id,
        editable: target.editable,
        application: target.application,
      })),
    });
  }

  /** What an answer changes in its text; empty when it is no changed form of one. Throws `conversation/not-found`. */
  changes(messageId: string): readonly DiffPiece[] {
    const { id, messages } = this.#options.conversationOf(messageId);
    const at = messages.findIndex((message) => message.id === messageId);
    const [question, answer] = [messages[at - 1], messages[at]];
    if (answer?.state !== 'complete' || question?.action?.diff !== true) return [];
    const source = this.#sourceOf(id, question.id);
    if (source === null || source.length > longestChanged) return [];
    const after = plainAnswer(answer.text, source);
    return diffWords(source, after, languageOfText(after));
  }

  /** `leftOut`: numbers of the answer's changes that are not made. */
  async write(
    messageId: string,
    mode: 'replace' | 'insert-below',
    leftOut: readonly number[] = [],
  ): Promise<PutBackAnswer> {
    if (this.#going?.messageId === messageId) return this.#going.answer;
    return this.#alone(messageId, async () => this.#written.get(messageId) ?? this.#write(messageId, mode, leftOut));
  }

  /** What could not be put back is not lost: it is where it can be pasted from. */
  async #write(
    messageId: string,
    mode: 'replace' | 'insert-below',
    leftOut: readonly number[],
  ): Promise<PutBackAnswer> {
    try {
      const found = this.#find(messageId);
      const text = leftOut.length === 0 ? found.text : withoutChanges(this.changes(messageId), new Set(leftOut));
      const done = await this.#writeThere(found, text, mode);
      if (done.status === 'done' || leavesClipboard.includes(done.cause.code)) return done;
      if (await this.#options.copy(text)) return done;
      const { code, message } = done.cause;
      return {
        status: 'failed',
        cause: { code: 'put-back/not-copied', message: `${code}: ${message}`, action: 'copy' },
      };
    } catch (error) {
      return { status: 'failed', cause: toErrorShape(error) };
    }
  }

  async #writeThere(
    { question, answer }: Found,
    text: string,
    mode: 'replace' | 'insert-below',
  ): Promise<PutBackAnswer> {
    const target = question === null ? undefined : this.#targets.get(question.id);
    if (question === null || target === undefined)
      return failed('put-back/target-gone', 'the place is not known any more');
    try {
      const [lead, trail] = target.edges;
      const placed = `${mode === 'replace' ? lead : ''}${text}${trail}`;
      // A corrected text is that text with other words: what looks like Markdown in it stood there before. White space at
      // the ends would be lost in rich text.
      const takesRichText = target.takesRichText && `${lead}${trail}` === '';
      const rich = takesRichText && question.action?.diff !== true ? toRichText(text) : null;
      // Rich text goes in by a paste.
      const place = { ...target, needsFocus: target.needsFocus || rich !== null };
      const { journal, write } = this.#options;
      journal.begin(target.application);
      const written = this.#inFocus(place, () => write(target.targetId, placed, mode, rich));
      const done = await written.finally(() => journal.end());
      if (done.status === 'done' || done.cause.code === 'put-back/unchecked') this.#noteWritten(answer.id, place, done);
      return done;
    } catch (error) {
      return { status: 'failed', cause: toErrorShape(error) };
    }
  }

  /** What could not be undone can be tried again, unless its place is gone for good. */
  async undo(): Promise<PutBackAnswer> {
    if (this.#going?.messageId === '') return this.#going.answer;
    return this.#alone('', async () => {
      const { messageId, place } = this.#undoable ?? { messageId: '', place: null };
      const done = place === null ? null : await this.#inFocus(place, () => this.#options.undo(place.targetId));
      if (done?.status === 'done') {
        this.#forgetUndoable();
        this.#written.delete(messageId);
        this.#tellWritten();
        return done;
      }
      const { code, message } = done?.cause ?? { code: 'put-back/refused', message: 'nothing' };
      if (code === 'put-back/target-gone') this.#forgetUndoable();
      return { status: 'failed', cause: { code: whyNotUndone[code] ?? 'put-back/not-undone', message } };
    });
  }

  #noteWritten(messageId: string, place: Target, done: PutBackAnswer): void {
    this.#written.set(messageId, done);
    for (const old of [...this.#written.keys()].slice(0, -rememberedTargets)) this.#written.delete(old);
    this.#tellWritten();
    if (done.canUndo === false) return;
    this.#undoable = { messageId, place };
    this.state.update({ undoable: { messageId, application: place.application } });
  }

  #tellWritten(): void {
    const written = [...this.#written].map(([messageId, { status }]) => ({ messageId, checked: status === 'done' }));
    this.state.update({ written });
  }

  #forgetUndoable(): void {
    this.#undoable = null;
    this.state.update({ undoable: null });
  }

  /** Each begins when the one before has ended. `messageId`: empty for an undo. */
  async #alone(messageId: string, work: () => Promise<PutBackAnswer>): Promise<PutBackAnswer> {
    const before = this.#going?.answer ?? null;
    const answer = (async () => {
      await before?.catch(() => {});
      return work();
    })();
    const going = { messageId, answer };
    this.#going = going;
    try {
      return await answer;
    } finally {
      if (this.#going === going) this.#going = null;
    }
  }

  /** Brings the window back when it went for nothing, so that the cause can be read. */
  async #inFocus({ needsFocus }: Target, write: () => Promise<PutBackAnswer>): Promise<PutBackAnswer> {
    if (needsFocus) await this.#options.setOverlayVisible(false);
    const answer = await write();
    if (needsFocus && answer.status === 'failed') await this.#options.setOverlayVisible(true);
    return answer;
  }

  /** Throws `put-back/target-gone` when there is no such answer, or nothing in it. */
  #find(messageId: string): Found {
    const { id: conversationId, messages } = this.#options.conversationOf(messageId);
    const at = messages.findIndex(({ id }) => id === messageId);
    const answer = messages[at];
    // A follow-up such as "shorter" still belongs to the text of an earlier question.
    const question = messages.slice(0, at).findLast(({ id, role }) => role === 'user' && this.#targets.has(id)) ?? null;
    const source = question === null ? null : this.#sourceOf(conversationId, question.id);
    const text = answer === undefined ? '' : plainAnswer(answer.text, source ?? '');
    if (answer === undefined || text === '')
      throw new AppError('put-back/target-gone', 'there is no answer to put back');
    return { answer, question, text };
  }

  /** The text that a question is about. */
  #sourceOf(conversationId: string, questionId: string): string | null {
    const attachments = this.#options.attachmentsOf(conversationId).get(questionId) ?? [];
    return attachments.find(({ kind }) => kind !== 'window')?.text ?? null;
  }
}

/** Three clicks select a line with its end: without it, the next line would join the answer. */
function edgesOf(selected: string): readonly [string, string] {
  return [/^\s*/.exec(selected)?.[0] ?? '', /\s*$/.exec(selected)?.[0] ?? ''];
}

/**
 * An answer as it goes into a document: without the fence or the marks that small models put around a whole text. What the
 * text itself, `source`, stands in stays.
 */
export function plainAnswer(text: string, source = ''): string {
  const trimmed = text.trim();
  const fenced = /^```[\w-]*\n([\s\S]*?)\n```$/.exec(trimmed)?.[1];
  if (fenced !== undefined) return source.trimStart().startsWith('```') ? trimmed : fenced;
  const mark = delimiterOf(source);
  const marked = trimmed.startsWith(`${mark}\n`) && trimmed.endsWith(`\n${mark}`);
  return marked ? trimmed.slice(mark.length + 1, -mark.length - 1) : trimmed;
}
