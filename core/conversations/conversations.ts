import { randomUUID } from 'node:crypto';
import type { UsedAction } from '../../contract/atom.ts';
import type { Conversation, Message, SearchHit } from '../../contract/conversation.ts';
import type { Disposable } from '../../contract/disposable.ts';
import { AppError } from '../../contract/errors.ts';
import type { Receipt } from '../../contract/receipt.ts';
import type { Attachment } from '../attachment.ts';
import type { Queries } from '../queries.ts';
import { titleOf } from '../title.ts';
import { insertAttachments } from './attachments.ts';
import { DeletedConversations } from './deleted-conversations.ts';
import { FormerAnswers } from './former-answers.ts';
import { type AnswerPatch, MessageRows, type NewMessage } from './message-rows.ts';
import { search } from './search.ts';
import type { SearchIndex } from './search-index.ts';
import { notFound, StoredConversations } from './stored-conversations.ts';
import { wellFormed } from './text.ts';
import { Titles } from './titles.ts';
import { Transactions } from './transactions.ts';

/** What goes along with a question. */
export interface QuestionExtras {
  readonly attachments: readonly Attachment[];
  readonly action: UsedAction | null;
  /** Its id; one is made when left out. */
  readonly questionId?: string | undefined;
}

const noExtras: QuestionExtras = { attachments: [], action: null };
const emptyAnswer: NewMessage = { role: 'assistant', text: '', state: 'growing' };

/** Conversations on disk, to be read and changed. Every method returns after its change is committed. */
export class Conversations extends StoredConversations implements Disposable {
  readonly #database: Queries;
  readonly #index: SearchIndex | null;
  readonly #titles: Titles;
  readonly #onChange: () => void;
  readonly #transactions: Transactions;
  readonly #messages: MessageRows;
  readonly #deleted: DeletedConversations;
  readonly #former = new FormerAnswers();

  /**
   * `onPutOff`: something could not be tidied up, which is tried again at the next start. Without an `index` a search reads
   * every message. `receiptsOf`: where questions went whose answers were broken off before they had a receipt of their own.
   */
  constructor(
    database: Queries,
    onChange: () => void,
    onPutOff: (error: unknown) => void = () => {},
    index: SearchIndex | null = null,
    receiptsOf: (conversationId: string) => ReadonlyMap<string, Receipt> = () => new Map(),
  ) {
    super(database, receiptsOf);
    this.#database = database;
    this.#index = index;
    this.#titles = new Titles(database);
    this.#onChange = onChange;
    this.#transactions = new Transactions({ database, onCommitted: () => index?.changed(), onPutOff });
    this.#messages = new MessageRows(database);
    this.#deleted = new DeletedConversations(database, this.#transactions);
    this.#deleted.purgeAll();
    this.#transactions.tidy(() => this.#messages.markCut());
  }

  create(question: string): string {
    const id = `c-${randomUUID()}`;
    const now = Date.now();
    const title = titleOf(question);
    this.#database
      .prepare('INSERT INTO conversations (id, title, created_at, updated_at) VALUES (?, ?, ?, ?)')
      .run(id, title, now, now);
    this.#titles.changed(id, title);
    return id;
  }

  /** Stores a question and the empty answer to come in one transaction. With `editsMessageId` what came from there on goes. */
  ask(
    conversationId: string | null,
    text: string,
    editsMessageId: string | null,
    { attachments, action, questionId: givenId }: QuestionExtras = noExtras,
  ): { conversationId: string; questionId: string; answerId: string } {
    return this.#transactions.run(() => {
      const id = conversationId ?? this.create(titleWith(text, attachments[0]));
      this.summaryOf(id);
      const edited = editsMessageId === null ? [] : (this.attachmentsOf(id).get(editsMessageId) ?? []);
      if (editsMessageId !== null) this.#messages.dropFrom(id, editsMessageId);
      const questionId = this.#messages.insert(id, { role: 'user', text, state: 'complete', id: givenId });
      // A question that is worded anew is still about the same texts.
      insertAttachments(this.#database, questionId, attachments.length > 0 ? attachments : edited);
      if (action !== null) this.#messages.noteAction(questionId, action);
      const answerId = this.#messages.insert(id, emptyAnswer);
      return { conversationId: id, questionId, answerId };
    });
  }

  /** A conversation, with the former answer to its last question where there is one. */
  override get(conversationId: string): Conversation {
    const conversation = super.get(conversationId);
    const former = this.#former.of(conversationId, conversation.messages);
    return former === null ? conversation : { ...conversation, former };
  }

  /** Removes the last answer and makes room for another one to the same question; with `keeps` it can be taken back. */
  askAgain(conversationId: string, keeps = false): { conversationId: string; questionId: string; answerId: string } {
    return this.#transactions.run(() => {
      const { messages } = this.get(conversationId);
      const question = messages.findLast(({ role }) => role === 'user');
      if (question === undefined) throw notFound(conversationId);
      const answer = messages[messages.indexOf(question) + 1];
      if (answer !== undefined) {
        if (keeps) this.#former.keep(conversationId, question.id, answer);
        this.#messages.dropFrom(conversationId, answer.id);
      }
      return {
        conversationId,
        questionId: question.id,
        answerId: this.#messages.insert(conversationId, emptyAnswer),
      };
    });
  }

  /** Puts the former answer in the place of the last one, and the other way round. Throws `conversation/not-found`. */
  swapAnswers(conversationId: string): void {
    this.#transactions.run(() => {
      const { messages, former } = this.get(conversationId);
      const [question, answer] = messages.slice(-2);
      if (former === undefined || question === undefined || answer === undefined || answer.state === 'growing')
        throw notFound(conversationId);
      this.#messages.dropFrom(conversationId, answer.id);
      const { id, text, thinking, state, error, receipt } = former;
      this.#messages.insert(conversationId, { ...emptyAnswer, id });
      this.#messages.update(id, { text, thinking, state, error, receipt });
      this.#former.keep(conversationId, question.id, answer);
    });
    this.#onChange();
  }

  /** Opens the last answer again, to be gone on with. Throws `run/cannot-continue`. */
  goOn(conversationId: string): {
    conversationId: string;
    questionId: string;
    answerId: string;
    written: Pick<Message, 'text' | 'thinking' | 'receipt'>;
  } {
    return this.#transactions.run(() => {
      const { messages } = this.get(conversationId);
      const answer = messages.at(-1);
      const question = messages.findLast(({ role }) => role === 'user');
      if (answer === undefined || question === undefined || !answer.canGoOn)
        throw new AppError('run/cannot-continue', 'the last answer was not broken off', { action: 'try-again' });
      this.#messages.reopen(answer.id);
      const { text, thinking, receipt } = answer;
      return { conversationId, questionId: question.id, answerId: answer.id, written: { text, thinking, receipt } };
    });
  }

  updateAnswer(answerId: string, patch: AnswerPatch): void {
    this.#transactions.run(() => this.#messages.update(answerId, patch));
    if (patch.state !== 'growing') this.#onChange();
  }

  search(query: string, limit: number): Promise<SearchHit[]> {
    return search({ database: this.#database, index: this.#index, titles: this.#titles }, query, limit);
  }

  rename(conversationId: string, name: string): void {
    this.summaryOf(conversationId);
    const title = wellFormed(name).trim() || '…';
    this.#transactions.run(() =>
      this.#database.prepare('UPDATE conversations SET title = ? WHERE id = ?').run(title, conversationId),
    );
    this.#titles.changed(conversationId, title);
    this.#onChange();
  }

  /** When it was last asked in stays as it is: a pinned chat is listed apart. */
  pin(conversationId: string, pinned: boolean): void {
    this.summaryOf(conversationId);
    const at = pinned ? Date.now() : null;
    this.#transactions.run(() =>
      this.#database.prepare('UPDATE conversations SET pinned_at = ? WHERE id = ?').run(at, conversationId),
    );
    this.#onChange();
  }

  /** Hides a conversation now and removes it for good after `undoMs`, unless it is restored before. */
  delete(conversationId: string): { readonly undoMs: number } {
    this.summaryOf(conversationId);
    const hidden = this.#deleted.hide(conversationId);
    this.#former.forget(conversationId);
    this.#onChange();
    return hidden;
  }

  restore(conversationId: string): void {
    this.#deleted.restore(conversationId);
    this.#onChange();
  }

  dispose(): void {
    this.#deleted.dispose();
  }
}

/** A chat about a text is named after it: a file by its name, other texts by their beginning. */
function titleWith(text: string, about: Attachment | undefined): string {
  if (about === undefined) return text;
  // A full stop between a question and what it is about would end the title in its middle.
  const asked = text.trimEnd().replace(/[.。]+$/u, '') || text;
  const between = /\p{Script=Han}$/u.test(asked) ? '：' : /[\p{L}\p{N}]$/u.test(asked) ? ': ' : ' ';
  return `${asked}${between}${about.kind === 'file' ? about.title : about.text}`;
}
