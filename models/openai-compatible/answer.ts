import type { GenerateInput, ModelPart } from '../../contract/engine.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import { type TextPiece, ThinkingSplitter } from '../thinking/thinking-splitter.ts';
import { toPart } from '../thinking/to-part.ts';
import { type EndFacts, endOf, failed, isEndWord } from './answer-end.ts';
import { type ChunkPart, partsOf } from './chunk.ts';
import type { Refusal } from './dialects.ts';
import type { Frame } from './frame-reader.ts';
import { Continuation, type WayToGoOn } from './going-on.ts';
import type { AnswerLimits } from './limits.ts';
import { onlyNew } from './repeated-message.ts';
import { countsThatCanBe, noUsage } from './said-usage.ts';

/** Bounds words of a server that are no part of the protocol, in characters: a cause stands at the beginning. */
const mostWords = 2000;
/** A piece that is broken within, as its own names tell. */
const damagedPiece = /^\s*\{.*"(?:choices|delta|content|message|response)"/s;

/** How an answer is asked for and read. */
export interface AnswerOptions {
  readonly way: WayToGoOn;
  readonly host: string;
  readonly limits: AnswerLimits;
  /** What codes of this server's own mean. */
  readonly refusals?: readonly Refusal[];
  /** In which it was asked; in that of OpenAI's chats when left out. */
  readonly protocol?: EndFacts['protocol'];
}

/** One answer as it is put together from what a server sends. It ends by what the protocol says, and only by that. */
export class Answer {
  readonly #host: string;
  readonly #refusals: readonly Refusal[];
  readonly #protocol: EndFacts['protocol'];
  readonly #splitter: ThinkingSplitter;
  readonly #input: GenerateInput;
  readonly #way: WayToGoOn;
  #continuation: Continuation;
  #textRoom: number;
  #thinkingRoom: number;
  #usage = noUsage;
  /** Why it ended, in the server's word. */
  #reason: string | null = null;
  /** A reason is given with pieces that are not the last. */
  #givesReasonsEarly = false;
  #error: unknown = null;
  #ended = false;
  /** Something of the protocol came, whatever it was. */
  #began = false;
  readonly #seen = new Set<ChunkPart['type']>();
  #words = '';
  #damaged: EndFacts['damaged'] = 'none';
  /** The answer as it came, with what may have been thought. */
  #given = { text: '', thinking: '' };
  #unopened = false;

  constructor(input: GenerateInput, { way, host, limits, refusals = [], protocol = 'chat' }: AnswerOptions) {
    this.#host = host;
    this.#protocol = protocol;
    this.#refusals = refusals;
    this.#textRoom = input.maxTokens * limits.charactersPerToken;
    this.#thinkingRoom = limits.thinkingCharacters;
    this.#splitter = new ThinkingSplitter([], {
      goesOn: input.hints.continueFrom !== undefined,
      mayThink: true,
      mayLackOpening: true,
    });
    this.#input = input;
    this.#way = way;
    this.#continuation = new Continuation(input, way);
  }

  /** Nothing that comes now belongs to it. */
  get ended(): boolean {
    return this.#ended;
  }

  /** It was said to be whole; counts may still follow. */
  get finished(): boolean {
    return isEndWord(this.#reason) && !this.#givesReasonsEarly;
  }

  /** Its thinking was closed by a mark that no other had opened. */
  get unopened(): boolean {
    return this.#unopened;
  }

  take(frame: Frame): ModelPart[] {
    if (this.#ended) return [];
    if (frame.type === 'end') {
      this.#began = true;
      this.#ended = true;
      return [];
    }
    // Nothing tells what it would have been, and it surely was not all.
    if (frame.type === 'begun') return this.takeParts([{ type: 'opened' }]);
    if (frame.type === 'words') {
      if (frame.event === 'error') this.#fail(frame.text);
      else this.#takeWords(frame.text);
      return [];
    }
    // A bare word is none of the protocol, though it can be read as JSON.
    if (typeof frame.value !== 'object' || frame.value === null) {
      this.#takeWords(String(frame.value));
      return [];
    }
    const parts = this.takeParts(onlyNew(partsOf(frame.value), this.#given));
    if (frame.event === 'error') this.#fail(frame.value);
    return parts;
  }

  /** What a piece of the protocol holds, read by whoever knows that protocol. */
  takeParts(chunk: readonly ChunkPart[]): ModelPart[] {
    this.#began = true;
    return this.#ended ? [] : chunk.flatMap((part) => this.#takePart(part));
  }

  /** What was held back, and how it ended; `broke`: why nothing more comes, unless the server closed the connection. */
  end(broke: AppErrorShape | null): ModelPart[] {
    const rest = this.#toParts(this.#splitter.end());
    const held = this.#continuation.end();
    const parts: ModelPart[] = held === '' ? rest : [...rest, { type: 'text-delta', text: held }];
    const last = endOf(this.#facts(), broke);
    // An answer that only says again what is there is not whole by that.
    const saysNothingNew = last.type === 'finish' && last.reason === 'stop' && this.#continuation.onlyRepeated;
    return [...parts, saysNothingNew ? failed(this.#host, 'server/cut', 'only what was there was said again') : last];
  }

  #takeWords(text: string): void {
    if (this.#words.length < mostWords) this.#words += `${text}\n`;
    // What begins with so much else is no answer, however long it goes on.
    this.#ended ||= !this.#began && this.#words.length >= mostWords;
    // After the end was said, nothing of the answer is missing.
    if (this.#reason !== null || !text.trimStart().startsWith('{')) return;
    if (damagedPiece.test(text)) this.#damaged = 'surely';
    else if (this.#damaged === 'none') this.#damaged = 'perhaps';
  }

  #takePart(part: ChunkPart): ModelPart[] {
    switch (part.type) {
      case 'text':
        this.#given.text += part.text;
        this.#takeBackReason(part.text);
        return this.#toParts(this.#splitter.push(part.text));
      case 'thinking':
        this.#given.thinking += part.text;
        this.#splitter.noteThinkingElsewhere();
        return this.#bounded([{ type: 'thinking-delta', text: part.text }]);
      case 'reason':
        // A word that is not known may be no end at all.
        if (!isEndWord(this.#reason)) this.#reason = part.reason;
        return [];
      case 'usage':
        this.#usage = part.usage;
        return [];
      case 'whole':
      case 'tool':
      case 'foreign':
      case 'opened':
      case 'hollow':
        this.#seen.add(part.type);
        return [];
      case 'error':
        this.#fail(part.value);
        return [];
    }
  }

  /** What was said to be the end was none where the answer goes on. */
  #takeBackReason(text: string): void {
    if (this.#reason === null || text.trim() === '') return;
    this.#reason = null;
    this.#givesReasonsEarly = true;
  }

  /** An answer that was said to be whole stays so, whatever goes wrong after it. */
  #fail(error: unknown): void {
    if (!isEndWord(this.#reason)) this.#error ??= error;
    this.#ended = true;
  }

  #toParts(pieces: readonly TextPiece[]): ModelPart[] {
    const parts: ModelPart[] = [];
    for (const piece of pieces) {
      if (piece.kind === 'was-thinking') {
        this.#unopened = true;
        // What goes on with the words before begins only now.
        this.#continuation = new Continuation(this.#input, this.#way);
      }
      const text = piece.kind === 'text' ? this.#continuation.push(piece.text) : null;
      if (text === null) parts.push(toPart(piece));
      else if (text !== '') parts.push({ type: 'text-delta', text });
    }
    return this.#bounded(parts);
  }

  /** Ends an answer that goes on past what was asked for: servers may not know of the limit, or keep to it. */
  #bounded(parts: readonly ModelPart[]): ModelPart[] {
    const kept: ModelPart[] = [];
    for (const part of parts) {
      if (part.type !== 'text-delta' && part.type !== 'thinking-delta') {
        kept.push(part);
        continue;
      }
      const room = part.type === 'text-delta' ? this.#textRoom : this.#thinkingRoom;
      const text = part.text.length <= room ? part.text : part.text.slice(0, room).toWellFormed();
      if (part.type === 'text-delta') this.#textRoom -= text.length;
      else this.#thinkingRoom -= text.length;
      if (text !== '') kept.push({ ...part, text });
      if (text.length === part.text.length) continue;
      this.#reason ??= 'length';
      this.#ended = true;
      break;
    }
    return kept;
  }

  #facts(): EndFacts {
    const hasWords = this.#given.text.trim() !== '' || this.#given.thinking.trim() !== '';
    return {
      host: this.#host,
      reason: this.#reason,
      error: this.#error,
      ended: this.#ended,
      began: this.#began,
      whole: this.#seen.has('whole'),
      hasText: this.#given.text.trim() !== '',
      hasWords,
      asksForTool: this.#seen.has('tool'),
      foreign: this.#seen.has('foreign'),
      opened: this.#seen.has('opened'),
      hollow: this.#seen.has('hollow'),
      protocol: this.#protocol,
      words: this.#words,
      damaged: this.#damaged,
      usage: countsThatCanBe(this.#usage, hasWords),
      refusals: this.#refusals,
    };
  }
}
