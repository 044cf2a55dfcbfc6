import type { UsedAction } from './atom.ts';
import type { ContextKind } from './context.ts';
import type { Extent, Place } from './document.ts';
import type { AppErrorShape } from './errors.ts';

/** Longest question in characters (UTF-16 units). Longer text belongs into a file. */
export const questionLimit = 2_000_000;

/**
 * How a message stands. `growing` is only ever seen while its run lives; after a crash it is found as `cut`.
 */
export type MessageState = 'complete' | 'growing' | 'stopped' | 'cut' | 'failed';

/** What answered, how fast, and what it cost; shown in one quiet line under an answer. */
export interface Receipt {
  /** `device`: nothing left the machine. `server`: the text went to `host`. */
  readonly where: 'device' | 'server';
  readonly host: string | null;
  readonly modelId: string;
  readonly modelName: string;
  readonly promptTokens: number | null;
  /** Prompt tokens that were already evaluated from an earlier turn. */
  readonly cachedTokens: number | null;
  readonly outputTokens: number | null;
  readonly contextTokens: number | null;
  /** From the start of the run to the first visible text, in milliseconds. */
  readonly firstTextMs: number | null;
  /** Words (or Chinese characters) a second, counted from the first text to the end. */
  readonly wordsPerSecond: number | null;
  readonly tokensPerSecond: number | null;
  /** Earlier messages that no longer fitted the context window and were left out, oldest first. */
  readonly droppedMessages: number;
  /** How many texts of earlier questions did not fit the context window; what was said about them stayed. */
  readonly lostTexts?: number;
  /** Of a text too long for the model at once: how many of its parts were read. */
  readonly coverage?: { readonly read: number; readonly total: number };
  /**
   * Of a question about long texts: the places that the model was given, and how many pages or lines there are. `name` is
   * set when there is more than one text.
   */
  readonly places?: readonly {
    readonly name: string | null;
    readonly places: readonly Place[];
    readonly total: number;
  }[];
}

/** A text that went along with a question. Its beginning is told; the whole stays in core. */
export interface AttachmentSummary {
  readonly kind: ContextKind;
  readonly application: string | null;
  readonly title: string | null;
  readonly words: number;
  readonly characters: number;
  /** Of a file: how much of it was read. */
  readonly extent: Extent | null;
  /** At most `excerptCharacters` of it. */
  readonly excerpt: string;
}

export const excerptCharacters = 20_000;

export interface Message {
  readonly id: string;
  readonly conversationId: string;
  readonly role: 'user' | 'assistant';
  readonly text: string;
  /** What a thinking model wrote before its answer; kept apart, shown folded. */
  readonly thinking: string;
  readonly state: MessageState;
  readonly error: AppErrorShape | null;
  readonly receipt: Receipt | null;
  /** Of an answer: it was broken off, and `run.continue` goes on with it. */
  readonly canGoOn: boolean;
  /** Of a question: the texts it is about. */
  readonly attachments: readonly AttachmentSummary[];
  /** Of a question: the action that was used instead of words of the person's own. */
  readonly action: UsedAction | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

export interface ConversationSummary {
  readonly id: string;
  readonly title: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly questions: number;
  /** The run that is still answering, if any. */
  readonly runningRunId: string | null;
}

export interface Conversation extends ConversationSummary {
  readonly messages: readonly Message[];
}

/** A place where a search found its words: `snippet` holds the words around, `ranges` the hits in it as [start, end). */
export interface SearchHit {
  readonly conversationId: string;
  readonly messageId: string | null;
  readonly title: string;
  readonly snippet: string;
  readonly ranges: readonly (readonly [number, number])[];
  readonly createdAt: number;
}
