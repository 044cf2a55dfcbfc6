import type { GenerateInput, GenerateUsage, ModelPart, PromptMessage } from '../../contract/engine.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { quote, textSystemPrompt } from '../prompt-parts.ts';
import { splitText } from './split-text.ts';

export interface LongText {
  readonly text: string;
  /** What is to be done with it. */
  readonly instruction: string;
  /** `each`: the answers of the parts, one after another, are the answer (a translation). `merge`: they are notes for it. */
  readonly way: 'each' | 'merge';
  readonly language: 'en' | 'zh-CN';
}

/** How much of a text was read, in parts; shown with the answer. */
export interface Coverage {
  readonly read: number;
  readonly total: number;
}

/** A part that a small model still reads well, and that leaves room for its answer; in characters. */
const partCharacters = { en: 6000, 'zh-CN': 2200 } as const;
const noteTokens = 120;

const words = {
  en: {
    note: (instruction: string) =>
      `This is one part of a longer text. Note in one or two sentences what it says that matters for this task: ${instruction}`,
    merge: (instruction: string) => `These are notes on the consecutive parts of one text. ${instruction}`,
  },
  'zh-CN': {
    note: (instruction: string) => `这是一篇长文的一部分。请用一两句话记下其中与这项任务有关的内容：${instruction}`,
    merge: (instruction: string) => `以上是同一篇文章各部分的笔记，按先后排列。${instruction}`,
  },
} as const;

/**
 * Works on a text that is longer than the model's context: part by part, with all of them read, then on the notes of all
 * parts, in as many rounds as it takes. Yields the parts of one generation; `onCoverage` tells how far it is.
 */
export async function* generateInParts(
  model: LanguageModel,
  base: GenerateInput,
  long: LongText,
  signal: AbortSignal,
  onCoverage: (coverage: Coverage) => void,
): AsyncGenerator<ModelPart> {
  const parts = splitText(long.text, partCharacters[long.language]);
  const usage = new UsageSum();
  if (long.way === 'each') {
    yield* eachPart(model, base, { parts, long, signal, onCoverage, usage });
    return;
  }
  let notes: readonly string[] = parts;
  let firstRound = true;
  while (firstRound || joined(notes).length > partCharacters[long.language]) {
    const round: string[] = [];
    const groups: readonly string[] = firstRound ? parts : splitText(joined(notes), partCharacters[long.language]);
    // A round that does not get shorter would never end.
    if (!firstRound && groups.length >= notes.length) break;
    for (const [index, group] of groups.entries()) {
      if (firstRound) onCoverage({ read: index, total: parts.length });
      yield { type: 'prompt-progress', done: index, total: groups.length };
      const asked = words[long.language].note(long.instruction);
      const note = await collect(model, { ...ask(base, group, asked), maxTokens: noteTokens }, signal, usage);
      if (note.end !== null) return yield note.end;
      round.push(note.text.trim());
    }
    if (firstRound) onCoverage({ read: parts.length, total: parts.length });
    notes = round;
    firstRound = false;
  }
  const last = ask(base, joined(notes), words[long.language].merge(long.instruction));
  for await (const part of model.generate(last, signal)) yield part.type === 'finish' ? usage.finish(part) : part;
}

interface EachPart {
  readonly parts: readonly string[];
  readonly long: LongText;
  readonly signal: AbortSignal;
  readonly onCoverage: (coverage: Coverage) => void;
  readonly usage: UsageSum;
}

async function* eachPart(
  model: LanguageModel,
  base: GenerateInput,
  { parts, long, signal, onCoverage, usage }: EachPart,
): AsyncGenerator<ModelPart> {
  let finish: ModelPart | null = null;
  for (const [index, part] of parts.entries()) {
    onCoverage({ read: index, total: parts.length });
    for await (const piece of model.generate(ask(base, part.trim(), long.instruction), signal)) {
      if (piece.type === 'finish') finish = usage.finish(piece);
      else yield piece;
      if (piece.type === 'failure' || piece.type === 'aborted') return;
    }
    // The space between two parts belongs to the text.
    const space = /\s*$/.exec(part)?.[0] ?? '';
    if (index < parts.length - 1) yield { type: 'text-delta', text: space };
  }
  onCoverage({ read: parts.length, total: parts.length });
  if (finish !== null) yield finish;
}

function joined(notes: readonly string[]): string {
  return notes.join('\n');
}

function ask(base: GenerateInput, text: string, instruction: string): GenerateInput {
  const messages: PromptMessage[] = [
    { role: 'system', text: textSystemPrompt },
    { role: 'user', text: `${quote(text)}\n\n${instruction}` },
  ];
  return { ...base, messages };
}

async function collect(
  model: LanguageModel,
  input: GenerateInput,
  signal: AbortSignal,
  usage: UsageSum,
): Promise<{ readonly text: string; readonly end: ModelPart | null }> {
  let text = '';
  for await (const part of model.generate(input, signal)) {
    if (part.type === 'text-delta') text += part.text;
    if (part.type === 'finish') usage.finish(part);
    if (part.type === 'failure' || part.type === 'aborted') return { text, end: part };
  }
  return { text, end: null };
}

/** Tokens over all generations of one answer. */
class UsageSum {
  #prompt = 0;
  #output = 0;

  finish(part: Extract<ModelPart, { type: 'finish' }>): Extract<ModelPart, { type: 'finish' }> {
    this.#prompt += part.usage.promptTokens ?? 0;
    this.#output += part.usage.outputTokens ?? 0;
    const usage: GenerateUsage = { ...part.usage, promptTokens: this.#prompt, outputTokens: this.#output };
    return { ...part, usage };
  }
}
