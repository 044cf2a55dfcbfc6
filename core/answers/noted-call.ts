import type { GenerateUsage, ModelPart } from '../../contract/engine.ts';
import type { Entry } from '../../contract/receipt.ts';
import type { ModelIdentity } from '../../models/language-model.ts';
import { countWords } from '../../text/words.ts';
import { isEnd } from '../text-filters/text-filter.ts';

/**
 * Told of a call with its entry. `words`: counts what was read and written, when nobody waits any more. `beganAt`: by
 * `performance.now()`; of calls that are under way together the first to begin need not be the first to end.
 */
export type NoteCall = (entry: Entry, words: () => number, beganAt: number) => void;

/** One call of a model, from its beginning to its entry. */
export class NotedCall {
  readonly #identity: ModelIdentity;
  readonly #note: NoteCall;
  readonly #asked: readonly string[];
  #written = '';
  #state: 'waiting' | 'begun' | 'answered' | 'ended' = 'waiting';
  #beganAt = 0;

  /** `asked`: the texts of its prompt. */
  constructor(identity: ModelIdentity, note: NoteCall, asked: readonly string[] = []) {
    this.#asked = asked;
    this.#identity = identity;
    this.#note = note;
  }

  get hasEnded(): boolean {
    return this.#state === 'ended';
  }

  /** `at`: by `performance.now()`. Only the first time counts. */
  begin(at: number): void {
    if (this.#state !== 'waiting') return;
    this.#state = 'begun';
    this.#beganAt = at;
  }

  take(part: ModelPart): void {
    if (this.#state === 'ended') return;
    if (part.type === 'text-delta' || part.type === 'thinking-delta') this.#written += part.text;
    const wasAnswered = this.#state === 'answered';
    this.#state = isEnd(part) ? 'ended' : 'answered';
    if (this.#state !== 'ended') return;
    // What failed before a model saw it, such as behind the offline lock, was no call of one.
    const wasSeen = wasAnswered || part.type !== 'failure' || /^(?:model|server)\//.test(part.error.code);
    if (wasSeen) this.#note(this.#entry(part.type === 'finish' ? part.usage : null), this.#words, this.#beganAt);
  }

  /** Nobody waits for its end any more. */
  leave(): void {
    if (this.#state === 'waiting' || this.#state === 'ended') return;
    this.#note({ ...this.#entry(null), ms: null }, this.#words, this.#beganAt);
    this.#state = 'ended';
  }

  readonly #words = () => [...this.#asked, this.#written].reduce((sum, text) => sum + countWords(text), 0);

  #entry(usage: GenerateUsage | null): Entry {
    const { where, host, id: modelId, name: modelName } = this.#identity;
    return {
      ...{ where, host, modelId, modelName },
      promptTokens: usage?.promptTokens ?? null,
      cachedTokens: usage?.cachedTokens ?? null,
      outputTokens: usage?.outputTokens ?? null,
      contextTokens: usage?.contextTokens ?? null,
      droppedMessages: usage?.droppedMessages ?? 0,
      ms: Math.round(performance.now() - this.#beganAt),
      ...toldBesides(usage),
    };
  }
}

/** What some tell, and others do not. */
function toldBesides(
  usage: GenerateUsage | null,
): Pick<Entry, 'cacheWriteTokens' | 'thinkingTokens' | 'hidden' | 'cost'> {
  const { cacheWriteTokens = null, thinkingTokens = null, hidden, cost } = usage ?? {};
  return {
    ...(cacheWriteTokens === null ? {} : { cacheWriteTokens }),
    ...(thinkingTokens === null ? {} : { thinkingTokens }),
    ...(hidden === undefined ? {} : { hidden }),
    ...(cost === undefined ? {} : { cost }),
  };
}
