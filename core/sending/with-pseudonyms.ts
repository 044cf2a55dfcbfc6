import type { GenerateInput, ModelPart } from '../../contract/engine.ts';
import { Pseudonyms, RestoredText } from './pseudonyms.ts';
import type { Redact } from './redaction.ts';

export interface PseudonymOptions {
  readonly isOn: () => boolean;
  /** Names that the person wants to be hidden. */
  readonly names: () => readonly string[];
  /** The conversation that an answer belongs to; null for what belongs to none. */
  readonly conversationOf: (messageId: string | null) => string | null;
}

/** Conversations whose pseudonyms are kept; of an older one they are made anew. */
const mostConversations = 100;

/**
 * Hides what is secret in a prompt that leaves for the outside, and puts it back into the answer. One conversation has one set of
 * pseudonyms, so that a model that was told of a name is told of the same one again.
 */
export function withPseudonyms({ isOn, names, conversationOf }: PseudonymOptions): Redact {
  const sets = new Map<string, Pseudonyms>();
  const setOf = (conversationId: string | null) => {
    const kept = conversationId === null ? undefined : sets.get(conversationId);
    const set = kept ?? new Pseudonyms(names);
    if (conversationId === null) return set;
    sets.delete(conversationId);
    sets.set(conversationId, set);
    const [oldest] = sets.keys();
    if (sets.size > mostConversations && oldest !== undefined) sets.delete(oldest);
    return set;
  };
  return (input, to, messageId) => {
    if (!isOn() || to.place !== 'outside') return { input, hidden: 0, restore: (parts) => parts };
    const pseudonyms = setOf(conversationOf(messageId));
    const { input: redacted, hidden } = hideIn(input, pseudonyms);
    return { input: redacted, hidden, restore: (parts) => restored(parts, pseudonyms) };
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
