import type { PlainStep } from '../../contract/atom-steps.ts';
import type { Room } from './room.ts';

type StepNamed<Name extends PlainStep['do']> = Extract<PlainStep, { readonly do: Name }>;

const byWords = new Intl.Collator(['en', 'zh-CN'], { numeric: true });

/** Stable: items that count as the same stay in their order. */
export function sort(items: readonly string[], { by, order = 'up' }: StepNamed<'sort'>): readonly string[] {
  const compare = comparisons[by];
  const sign = order === 'up' ? 1 : -1;
  return items.toSorted((one, other) => sign * compare(one, other));
}

const comparisons: Readonly<Record<StepNamed<'sort'>['by'], (one: string, other: string) => number>> = {
  text: (one, other) => byWords.compare(one, other),
  number: (one, other) => firstNumber(one) - firstNumber(other) || 0,
  length: (one, other) => [...one].length - [...other].length,
};

/** Items without a number come last. */
function firstNumber(item: string): number {
  const [digits] = /[-−]?\d[\d,\u202f\u00a0]*(?:\.\d+)?/.exec(item) ?? [];
  return digits === undefined ? Number.MAX_VALUE : Number(digits.replace('−', '-').replace(/[,\u202f\u00a0]/g, ''));
}

/** Throws `step/too-large` where `room` does not hold it. */
export function join(items: readonly string[], { with: between, mark }: StepNamed<'join'>, room: Room): string {
  room.take(items.reduce((sum, item) => sum + item.length + 8 + (between?.length ?? 1), 0));
  const marked = items.map((item, index) => {
    if (mark === undefined) return item;
    return `${mark === 'bullet' ? '-' : `${index + 1}.`} ${item}`;
  });
  return marked.join(between ?? '\n');
}
