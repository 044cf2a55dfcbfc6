import type { GenerateInput, ModelPart } from '../../contract/engine.ts';
import { Pseudonyms, RestoredText } from './pseudonyms.ts';
import type { PlaceHidden, Redact } from './redaction.ts';

export interface PseudonymOptions {
  readonly isOn: () => boolean;
  /** Names that the person wants to be hidden. */
  readonly names: () => readonly string[];
  /** The conversation that an answer belongs to; null for what belongs to none. */
  readonly conversationOf: (messageId: string | null) => string | null;
  readonly sets?: PseudonymSets;
}

/** A pseudonym that left, and what it stands for. */
export type UsedPseudonym = Pick<PlaceHidden, 'pseudonym' | 'secret'>;

/** Answers of which it is kept in memory which pseudonyms left for them. */
const mostAnswers = 200;

/** Conversations whose pseudonyms are kept; of an older one they are made anew. */
const mostConversations = 100;

/** Pseudonyms by what they belong to: a conversation, or the question of one that is not begun yet. */
export class PseudonymSets {
  readonly #names: () => readonly string[];
  readonly #sets = new Map<string, Pseudonyms>();
  readonly #used = new Map<string, Map<string, UsedPseudonym>>();

  constructor(names: () => readonly string[]) {
    this.#names = names;
  }

  /** Null: of nothing that is asked again. */
  of(key: string | null): Pseudonyms {
    const set = (key === null ? undefined : this.#sets.get(key)) ?? new Pseudonyms(this.#names);
    if (key !== null) this.#keep(key, set);
    return set;
  }

  /** What was shown of a question is sent in the conversation that it begins. */
  move(from: string, to: string): void {
    const set = this.#sets.get(from);
    if (set === undefined || this.#sets.has(to)) return;
    this.#sets.delete(from);
    this.#keep(to, set);
  }

  /** Notes which pseudonyms leave for an answer. */
  note(answerId: string, places: readonly UsedPseudonym[]): void {
    if (places.length === 0) return;
    const used = this.#used.get(answerId) ?? new Map<string, UsedPseudonym>();
    for (const { pseudonym, secret } of places) used.set(pseudonym, { pseudonym, secret });
    this.#used.delete(answerId);
    this.#used.set(answerId, used);
    for (const old of [...this.#used.keys()].slice(0, -mostAnswers)) this.#used.delete(old);
  }

  /** The pseudonyms that left for an answer; none of one from before core was started. */
  usedFor(answerId: string): readonly UsedPseudonym[] {
    return [...(this.#used.get(answerId)?.values() ?? [])];
  }

  #keep(key: string, set: Pseudonyms): void {
    this.#sets.delete(key);
    this.#sets.set(key, set);
    const [oldest] = this.#sets.keys();
    if (this.#sets.size > mostConversations && oldest !== undefined) this.#sets.delete(oldest);
  }
}

/**
 * Hides what is secret in a prompt that leaves for the outside, and puts it back into the answer. One conversation has one set of
 * pseudonyms, so that a model that was told of a name is told of the same one again.
 */
export function withPseudonyms({
  isOn,
  names,
  conversationOf,
  sets = new PseudonymSets(names),
}: PseudonymOptions): Redact {
  return (input, to, messageId) => {
    if (!isOn() || to.place !== 'outside') return { input, hidden: 0, restore: (parts) => parts };
    const pseudonyms = sets.of(conversationOf(messageId));
    const { input: redacted, hidden } = hideIn(input, pseudonyms);
    const places = (text: string) => pseudonyms.placesIn(text);
    if (messageId !== null && hidden > 0)
      sets.note(
        messageId,
        redacted.messages.flatMap(({ text }) => places(text)),
      );
    return { input: redacted, hidden, places, restore: (parts) => restored(parts, pseudonyms) };
  };
}

function hideIn(
  input: GenerateInput,
  pseudonyms: Pseudonyms,
): { readonly input: GenerateInput; readonly hidden: number } {
  let hidden = 0;
  const hide = (text: string) => {
    const made = pseudonyms.hide(text);
    hidden += made.hidden;
    return made.text;
  };
  const { continueFrom, draftFrom, ...hints } = input.hints;
  const redacted: GenerateInput = {
    ...input,
    messages: input.messages.map((message) => ({ ...message, text: hide(message.text) })),
    hints: {
      ...hints,
      ...(draftFrom === undefined ? {} : { draftFrom: pseudonyms.hide(draftFrom).text }),
      ...(continueFrom === undefined ? {} : { continueFrom: { ...continueFrom, text: hide(continueFrom.text) } }),
    },
  };
  return { input: redacted, hidden };
}

async function* restored(parts: AsyncIterable<ModelPart>, pseudonyms: Pseudonyms): AsyncGenerator<ModelPart> {
  const text = new RestoredText(pseudonyms);
  const thinking = new RestoredText(pseudonyms);
  const rest = function* (): Generator<ModelPart> {
    const lastThought = thinking.end();
    const lastText = text.end();
    if (lastThought !== '') yield { type: 'thinking-delta', text: lastThought };
    if (lastText !== '') yield { type: 'text-delta', text: lastText };
  };
  for await (const part of parts) {
    if (part.type !== 'text-delta' && part.type !== 'thinking-delta') {
      yield* rest();
      yield part;
      continue;
    }
    const sure = (part.type === 'text-delta' ? text : thinking).push(part.text);
    if (sure !== '') yield { ...part, text: sure };
  }
  yield* rest();
}
