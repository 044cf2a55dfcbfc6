import type { ShownValue, TrialPart } from '../../../contract/atom-edit.ts';
import type { AppErrorShape } from '../../../contract/errors.ts';

/** What a step came to on the sample. */
export type Output =
  | { readonly status: 'waiting' | 'unfit' | 'passed' | 'deed' }
  /** Being done; what a model wrote so far, and items done of all. */
  | { readonly status: 'working'; readonly text: string; readonly done: number; readonly total: number }
  | { readonly status: 'failed'; readonly error: AppErrorShape; readonly ms: number }
  | Made;

export interface Made {
  readonly status: 'made';
  readonly value: ShownValue;
  readonly isWhole: boolean;
  readonly size: number;
  readonly ms: number;
  readonly modelName: string | null;
  readonly host: string | null;
}

/** By the key of the step. */
export type Outputs = ReadonlyMap<string, Output>;

/** What is shown after one more part; steps behind one that is done anew have nothing yet. */
export function takePart(outputs: Outputs, part: TrialPart, keys: readonly string[]): Outputs {
  const key = keys[part.step];
  if (key === undefined) return outputs;
  const next = new Map(outputs);
  const now = next.get(key);
  const working = now?.status === 'working' ? now : { status: 'working' as const, text: '', done: 0, total: 0 };
  switch (part.type) {
    case 'step-begun':
      for (const later of keys.slice(part.step)) next.delete(later);
      return next.set(key, { ...working, text: '' });
    case 'step-passed':
      return next.set(key, { status: part.why === 'off' ? 'passed' : 'deed' });
    case 'step-progress':
      return next.set(key, { ...working, done: part.done, total: part.total });
    case 'text-delta':
      return next.set(key, { ...working, text: working.text + part.text });
    case 'text-restarted':
      return next.set(key, { ...working, text: '' });
    case 'step-made': {
      const { value, isWhole, size, ms, modelName, host } = part;
      return next.set(key, { status: 'made', value, isWhole, size, ms, modelName, host });
    }
    case 'step-failed':
      return next.set(key, { status: 'failed', error: part.error, ms: part.ms });
    case 'model-wanted':
    case 'step-unfit':
      for (const later of keys.slice(part.step)) next.delete(later);
      return next.set(key, { status: part.type === 'model-wanted' ? 'waiting' : 'unfit' });
  }
}

/** The value that comes to a step: what the last one before it made; null where that is not known whole. */
export function valueBefore(outputs: Outputs, keys: readonly string[], at: number, sample: string): ShownValue | null {
  for (let index = at - 1; index >= 0; index -= 1) {
    const output = outputs.get(keys[index] ?? '');
    if (output?.status === 'passed' || output?.status === 'deed') continue;
    return output?.status === 'made' && output.isWhole ? output.value : null;
  }
  return { type: 'text', text: sample };
}

/** A value as lines that can be changed; null for one that would not be the same when it is read again. */
export function toLines(value: ShownValue): string | null {
  if (value.type === 'text') return value.text;
  if (value.type === 'list') return value.items.some((item) => /[\r\n]/.test(item)) ? null : value.items.join('\n');
  const isPlain = value.rows.every((row) => row.every((cell) => !/[\t\r\n]/.test(cell)));
  return isPlain ? value.rows.map((row) => row.join('\t')).join('\n') : null;
}

export function fromLines(text: string, type: ShownValue['type']): ShownValue {
  if (type === 'text') return { type, text };
  const lines = text.split('\n').filter((line) => line !== '');
  return type === 'list' ? { type, items: lines } : { type, rows: lines.map((line) => line.split('\t')) };
}
