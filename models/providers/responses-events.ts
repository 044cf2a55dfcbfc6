import { isRecord } from '../openai-compatible/said-error.ts';
import { count } from '../openai-compatible/said-usage.ts';

type Json = Readonly<Record<string, unknown>>;

/** Kinds of items by which a model asks the one who asked it to do something. */
const calls: readonly unknown[] = ['function_call', 'custom_tool_call'];

/**
 * What is read of one event of Responses, or of a whole answer, in as many events as that takes: words, thinking, refusals
 * and the end. The SDK's reader takes one field of an event it knows that is not as it was for the end of the whole answer;
 * nothing that Beckon has no use for comes to it, and of the rest only the fields it needs.
 */
export function readableEvents(value: Json): readonly Json[] {
  if (value['object'] === 'response' && typeof value['type'] !== 'string') return eventsOfWhole(value);
  const { type, delta, response } = value;
  switch (type) {
    case 'response.output_text.delta':
    case 'response.refusal.delta':
      return typeof delta === 'string' ? [{ type, item_id: idOf(value), delta }] : [];
    // What open models think comes under a name of its own.
    case 'response.reasoning_text.delta':
    case 'response.reasoning_summary_text.delta':
      return typeof delta === 'string' ? [thought(idOf(value), delta)] : [];
    case 'response.completed':
    case 'response.incomplete':
      return [{ type, response: endOf(isRecord(response) ? response : {}, type === 'response.incomplete') }];
    case 'response.failed':
      return [{ type, sequence_number: 0, response: endOf(isRecord(response) ? response : {}, false) }];
    default:
      return [];
  }
}

/** Whether an event, or an item of a whole answer, asks for a tool. */
export function asksForTool(value: Json): boolean {
  const { item, output } = value;
  const items = Array.isArray(output) ? output : [item];
  return items.some((one) => isRecord(one) && calls.includes(one['type']));
}

/** The last event of an answer by its state; any other state of a whole answer is its good end. */
const endsOf: Readonly<Record<string, string>> = {
  incomplete: 'response.incomplete',
  failed: 'response.failed',
  cancelled: 'response.failed',
};

function eventsOfWhole(answer: Json): readonly Json[] {
  const items = Array.isArray(answer['output']) ? answer['output'].filter(isRecord) : [];
  const last = endsOf[String(answer['status'])] ?? 'response.completed';
  return [...items.flatMap(eventsOfItem), ...readableEvents({ type: last, response: answer })];
}

function eventsOfItem(item: Json): readonly Json[] {
  const parts = (name: string) => (Array.isArray(item[name]) ? item[name].filter(isRecord) : []);
  if (item['type'] === 'reasoning')
    return [...parts('summary'), ...parts('content')].flatMap(({ text }) =>
      typeof text === 'string' ? [thought(idOf(item), text)] : [],
    );
  if (item['type'] !== 'message') return [];
  return parts('content').flatMap(({ text, refusal }) => {
    if (typeof text === 'string') return [{ type: 'response.output_text.delta', item_id: idOf(item), delta: text }];
    return typeof refusal === 'string' ? [{ type: 'response.refusal.delta', item_id: idOf(item), delta: refusal }] : [];
  });
}

function thought(id: string, delta: string): Json {
  return { type: 'response.reasoning_summary_text.delta', item_id: id, summary_index: 0, delta };
}

function idOf({ item_id: item, id }: Json): string {
  return String(item ?? id ?? '');
}

/** Why an answer ended, and what it used. One that is said to be incomplete and not why was ended by its length. */
function endOf({ incomplete_details: details, usage, status }: Json, isIncomplete: boolean): Json {
  const named = isRecord(details) && typeof details['reason'] === 'string' ? details['reason'] : null;
  const reason = named ?? (isIncomplete || status === 'incomplete' ? 'max_output_tokens' : null);
  return { incomplete_details: reason === null ? null : { reason }, usage: isRecord(usage) ? usageOf(usage) : null };
}

function usageOf(usage: Json): Json | null {
  const { input_tokens: input, output_tokens: output } = usage;
  if (count(input) === null || count(output) === null) return null;
  const details = (name: string) => (isRecord(usage[name]) ? onlyCounts(usage[name]) : {});
  return {
    ...{ input_tokens: input, input_tokens_details: details('input_tokens_details') },
    ...{ output_tokens: output, output_tokens_details: details('output_tokens_details') },
  };
}

function onlyCounts(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => count(value) !== null));
}
