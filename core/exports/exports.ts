import type { Conversation, ConversationRow } from '../../contract/conversation.ts';
import type { Disposable } from '../../contract/disposable.ts';
import { AppError } from '../../contract/errors.ts';
import { type ExportFormat, type ExportWords, exportEndings } from '../../contract/export.ts';
import type { ChatFormat, ExportedChat, ExportedText } from './exported-chat.ts';
import { fileNameOf } from './file-name.ts';
import { htmlFormat, type ToHtml } from './to-html.ts';
import { jsonFormat } from './to-json.ts';
import { markdownFormat } from './to-markdown.ts';
import { writeWhole } from './whole-file.ts';

export interface ExportsDeps {
  readonly version: string;
  readonly list: (limit: number, after: ConversationRow | null) => readonly ConversationRow[];
  /** Throws `conversation/not-found`. */
  readonly get: (conversationId: string) => Conversation;
  readonly textsOf: (conversationId: string) => ReadonlyMap<string, readonly ExportedText[]>;
  readonly toHtml: ToHtml;
}

interface Wanted {
  /** Null: all chats, the newest first. */
  readonly conversationIds: readonly string[] | null;
  readonly words: ExportWords;
}

const listPage = 200;

/** Chats as files that the person keeps or gives away. */
export class Exports implements Disposable {
  readonly #deps: ExportsDeps;
  readonly #running = new Set<AbortController>();

  constructor(deps: ExportsDeps) {
    this.#deps = deps;
  }

  /** Throws `conversation/not-found`. */
  name({ conversationIds, words }: Wanted, format: ExportFormat): string {
    return `${fileNameOf(this.#titleOf(conversationIds, words), words.chat)}.${exportEndings[format]}`;
  }

  /** False when it was cancelled. Throws `conversation/not-found`, `disk/…` and `export/not-written`. */
  async write(wanted: Wanted, format: Exclude<ExportFormat, 'pdf'>, path: string): Promise<boolean> {
    const running = new AbortController();
    this.#running.add(running);
    try {
      return await writeWhole(path, this.#pieces(wanted, this.#formatOf(format, wanted.words)), running.signal);
    } finally {
      this.#running.delete(running);
    }
  }

  cancel(): void {
    for (const running of this.#running) running.abort();
  }

  dispose(): void {
    this.cancel();
  }

  #formatOf(format: Exclude<ExportFormat, 'pdf'>, words: ExportWords): ChatFormat {
    if (format === 'json') return jsonFormat(this.#deps.version);
    return format === 'html' ? htmlFormat(words, this.#deps.toHtml) : markdownFormat(words);
  }

  /** Each chat is read when it is written, so that one at a time is in memory. */
  *#pieces({ conversationIds, words }: Wanted, format: ChatFormat): Generator<string> {
    yield format.head(this.#titleOf(conversationIds, words));
    let isFirst = true;
    for (const id of conversationIds ?? this.#allIds()) {
      const chat = this.#read(id, conversationIds?.length === 1);
      if (chat === null) continue;
      yield* format.chat(chat, isFirst);
      isFirst = false;
    }
    yield format.tail();
  }

  /** Null for one that was deleted meanwhile, unless it is the only one that was wanted. */
  #read(id: string, isOnly: boolean): ExportedChat | null {
    try {
      return { conversation: this.#deps.get(id), texts: this.#deps.textsOf(id) };
    } catch (error) {
      if (!isOnly && error instanceof AppError && error.code === 'conversation/not-found') return null;
      throw error;
    }
  }

  *#allIds(): Generator<string> {
    const seen = new Set<string>();
    let after: ConversationRow | null = null;
    for (;;) {
      const page = this.#deps.list(listPage, after);
      for (const { id } of page) {
        // A chat that is asked in meanwhile moves to the top.
        if (!seen.has(id)) yield id;
        seen.add(id);
      }
      after = page.at(-1) ?? null;
      if (page.length < listPage) return;
    }
  }

  #titleOf(conversationIds: readonly string[] | null, words: ExportWords): string {
    const [only, ...others] = conversationIds ?? [];
    return only !== undefined && others.length === 0 ? this.#deps.get(only).title : words.all;
  }
}
