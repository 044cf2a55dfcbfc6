import { dialects } from './dialects.ts';
import { isRecord, tellsError } from './said-error.ts';
import { type SaidUsage, usageOf } from './said-usage.ts';

/** What one piece of an answer holds, in whatever shape it came. */
export type ChunkPart =
  | { readonly type: 'text' | 'thinking'; readonly text: string }
  | { readonly type: 'reason'; readonly reason: string }
  | { readonly type: 'usage'; readonly usage: SaidUsage }
  /** The answer is one message, not a piece of one. */
  | { readonly type: 'whole' }
  /** It asks for a tool, or is of another protocol. */
  | { readonly type: 'tool' | 'foreign' }
  /** It belongs to an answer, whatever it holds; or to one that has no place for words. */
  | { readonly type: 'opened' | 'hollow' }
  | { readonly type: 'error'; readonly value: unknown };

/**
 * Reads a piece of an answer: a chunk of a stream, a whole answer, Ollama's own shape, or a list of these. What is not
 * understood is left out; it takes nothing else along.
 */
export function partsOf(value: unknown): ChunkPart[] {
  if (Array.isArray(value)) return value.flatMap((one) => (isRecord(one) ? partsOf(one) : []));
  if (!isRecord(value)) return [];
  const parts: ChunkPart[] = [];
  const choices = value['choices'];
  if (Array.isArray(choices) && choices.length === 0) parts.push({ type: 'hollow' });
  else if (Array.isArray(choices)) for (const choice of choices) parts.push(...partsOfChoice(choice));
  else parts.push(...partsOfNative(value));
  const usage = usageOf(value);
  if (usage !== null) parts.push({ type: 'usage', usage });
  if (tellsError(value)) parts.push({ type: 'error', value });
  // An error that comes along with an end is why it ended.
  return [...parts.filter(({ type }) => type !== 'reason'), ...parts.filter(({ type }) => type === 'reason')];
}

function partsOfChoice(choice: unknown): ChunkPart[] {
  // Only the first of several answers to one question is read.
  if (!isRecord(choice) || Number(choice['index'] ?? 0) !== 0) return [];
  const { delta, message } = choice;
  const parts: ChunkPart[] = [{ type: 'opened' }];
  parts.push(...partsOfBody(isRecord(delta) ? delta : isRecord(message) ? message : choice));
  if (isRecord(message) && !isRecord(delta)) parts.push({ type: 'whole' });
  if (typeof choice['text'] === 'string') parts.push({ type: 'text', text: choice['text'] });
  parts.push(...partsOfReason(choice['finish_reason'] ?? choice['finishReason'] ?? choice['stop_reason']));
  if (isRecord(choice['error'])) parts.push({ type: 'error', value: choice['error'] });
  return parts;
}

function partsOfNative(value: Readonly<Record<string, unknown>>): ChunkPart[] {
  const parts = isRecord(value['message']) ? partsOfBody(value['message']) : [];
  if (typeof value['response'] === 'string') parts.push({ type: 'text', text: value['response'] });
  if (parts.length === 0 && isForeign(value)) parts.push({ type: 'foreign' });
  else if (parts.length > 0 || isRecord(value['message'])) parts.push({ type: 'opened' });
  if (value['done'] === true) parts.push(...partsOfReason(value['done_reason'] ?? 'stop'));
  return parts;
}

function isForeign(value: Readonly<Record<string, unknown>>): boolean {
  const { kinds, kindsBegin, fields } = dialects.otherProtocols;
  const kind = String(value['type'] ?? '');
  return kinds.includes(kind) || kind.startsWith(kindsBegin) || fields.some((name) => (value[name] ?? null) !== null);
}

/** Some write with every piece, in a word, that it is not the last. */
function partsOfReason(reason: unknown): ChunkPart[] {
  const word = typeof reason === 'string' ? reason.trim() : '';
  const isNone = word === '' || dialects.finishReasons.none.includes(word.toLowerCase());
  return isNone ? [] : [{ type: 'reason', reason: word.slice(0, 100) }];
}

function partsOfBody(body: Readonly<Record<string, unknown>>): ChunkPart[] {
  const parts: ChunkPart[] = [];
  // Some send the same under two names.
  const thinking = dialects.thinkingFields.map((name) => flatten(body[name])).find((text) => text !== '');
  if (thinking !== undefined) parts.push({ type: 'thinking', text: thinking });
  for (const name of dialects.textFields) parts.push(...partsOfContent(body[name], 0));
  if (dialects.toolFields.some((name) => isGiven(body[name]))) parts.push({ type: 'tool' });
  return parts;
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : isRecord(value);
}

/** Text, a list of pieces of text or thinking, or (of servers that mean well) a bare number. */
function partsOfContent(content: unknown, depth: number): ChunkPart[] {
  if (Array.isArray(content) && depth < 3) return content.flatMap((one) => partsOfContent(one, depth + 1));
  if (isRecord(content)) {
    const thought = flatten(content['thinking']);
    if (thought !== '') return [{ type: 'thinking', text: thought }];
    const text = flatten(content['text']);
    return text === '' ? [] : [{ type: content['type'] === 'thinking' ? 'thinking' : 'text', text }];
  }
  const text = flatten(content);
  return text === '' ? [] : [{ type: 'text', text }];
}

function flatten(value: unknown, depth = 0): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (depth > 3) return '';
  if (Array.isArray(value)) return value.map((one) => flatten(one, depth + 1)).join('');
  if (!isRecord(value)) return '';
  return flatten(value['text'] ?? value['content'] ?? value['value'] ?? value['thinking'], depth + 1);
}
