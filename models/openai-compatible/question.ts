import type { GenerateInput, PromptMessage } from '../../contract/engine.ts';
import { dialects } from './dialects.ts';
import { messagesFor, type WayToGoOn } from './going-on.ts';
import type { LeftOut } from './habits.ts';

/** What one provider wants said otherwise, or besides. */
export interface ChatDialect {
  /** The field that bounds an answer, which is sent with every question. */
  readonly limitField: string;
  /** Whether another sampling than its own is refused. */
  readonly fixedSampling: boolean;
  readonly thinking: Readonly<Record<'on' | 'off', Readonly<Record<string, unknown>>>>;
  /** The strictest that can be asked for of who may keep or learn from a question; never left out. */
  readonly control: Readonly<Record<string, unknown>>;
}

export interface QuestionOptions {
  readonly model: string;
  readonly way: WayToGoOn;
  /** Longest answer in tokens; `null` leaves it to the server. */
  readonly maxTokens: number | null;
  readonly leftOut: LeftOut;
  readonly dialect?: ChatDialect | undefined;
}

/** A question as the protocol has it. */
export function questionOf(input: GenerateInput, options: QuestionOptions): Record<string, unknown> {
  const { model, maxTokens, leftOut, way, dialect } = options;
  const { temperature, topP, presencePenalty } = dialect?.fixedSampling ? noSampling : input.sampling;
  const optional: Record<string, unknown> = {
    [dialect?.limitField ?? 'max_tokens']: maxTokens ?? undefined,
    temperature,
    top_p: topP,
    presence_penalty: presencePenalty,
    seed: input.seed,
    stream: true,
    stream_options: leftOut.has('stream') ? undefined : { include_usage: true },
    ...dialect?.thinking[input.thinking],
  };
  for (const { parameter, instead } of dialects.parameters) {
    if (!leftOut.has(parameter)) continue;
    if (instead !== undefined) optional[instead] = optional[parameter];
    delete optional[parameter];
  }
  const messages = withSystemFirst(messagesFor(input, way), leftOut.has('system'));
  const given = Object.entries(optional).filter(([, value]) => value !== undefined);
  const content = messages.map(({ role, text }) => ({ role, content: text }));
  return { model, messages: content, ...Object.fromEntries(given), ...dialect?.control };
}

const noSampling: Partial<GenerateInput['sampling']> = {};

/** All that is said to the model as one message, or, where a server knows no such role, before the first question. */
function withSystemFirst(messages: readonly PromptMessage[], noSystem: boolean): readonly PromptMessage[] {
  const system = messages
    .filter(({ role }) => role === 'system')
    .map(({ text }) => text)
    .join('\n\n');
  const others = messages.filter(({ role }) => role !== 'system');
  if (system === '') return others;
  if (!noSystem) return [{ role: 'system', text: system }, ...others];
  const [first, ...rest] = others;
  if (first === undefined || first.role !== 'user') return [{ role: 'user', text: system }, ...others];
  return [{ role: 'user', text: `${system}\n\n${first.text}` }, ...rest];
}
