import type { Currency } from '../../../contract/price.ts';
import type { UsageGroup } from '../../../contract/usage.ts';

export type Span = 'week' | 'month' | 'year';

/** How many days, or for a year months, are shown; the last is today's. */
const lengths: Readonly<Record<Span, number>> = { week: 7, month: 30, year: 12 };

/** What was asked in one piece of time, in the currency that is shown. */
export interface Slot {
  /** `2026-11-30`, or `2026-11` of a year. */
  readonly key: string;
  readonly cost: number;
  readonly here: number;
  readonly sent: number;
}

export interface CostRow {
  readonly calls: number;
  readonly words: number;
  readonly low: number;
  readonly high: number;
  /** Calls of which no price is known. */
  readonly unpriced: number;
}

export interface ModelFigures extends CostRow {
  readonly modelName: string;
  readonly host: string;
  readonly isHere: boolean;
}

export interface ActionFigures extends CostRow {
  /** Null for questions in one's own words. */
  readonly action: string | null;
  readonly here: number;
  readonly sent: number;
}

export interface Figures extends CostRow {
  readonly currency: Currency;
  readonly slots: readonly Slot[];
  readonly here: number;
  readonly sent: number;
  readonly models: readonly ModelFigures[];
  readonly actions: readonly ActionFigures[];
}

export interface Money {
  readonly currency: Currency;
  readonly yuanPerDollar: number;
}

/** The first moment of what is shown, in milliseconds since 1970. */
export function beginOf(span: Span, now: Date): number {
  const back = lengths[span] - 1;
  if (span === 'year') return new Date(now.getFullYear(), now.getMonth() - back, 1).getTime();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - back).getTime();
}

/** All that the page shows, from what core counted. */
export function figuresOf(groups: readonly UsageGroup[], span: Span, now: Date, budget: Money): Figures {
  const currency = shownCurrency(groups, budget.currency);
  const rate = rateInto(currency, budget.yuanPerDollar);
  const rows = groups.map((group) => ({ ...group, ...rate(group), isHere: group.place === 'device' }));
  const keys = slotKeys(span, now);
  const slots = keys.map((key) => {
    const own = rows.filter(({ day }) => day.startsWith(key));
    return { key, cost: total(own, 'high'), here: wordsOf(own, true), sent: wordsOf(own, false) };
  });
  const models = grouped(rows, ({ modelName, host, place }) => JSON.stringify([modelName, host, place]))
    .map((own) => ({ ...ofFirst(own), ...summed(own) }))
    .toSorted(byCost);
  const actions = grouped(rows, ({ action }) => action)
    .map((own) => ({
      ...{ action: own[0]?.action ?? null, here: callsOf(own, true), sent: callsOf(own, false) },
      ...summed(own),
    }))
    .toSorted(byCost);
  return { currency, slots, here: wordsOf(rows, true), sent: wordsOf(rows, false), models, actions, ...summed(rows) };
}

/** `Map.groupBy` is newer than the oldest runtime that Beckon starts on. */
function grouped(rows: readonly Row[], keyOf: (row: Row) => string | null): readonly (readonly Row[])[] {
  const groups = new Map<string | null, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return [...groups.values()];
}

type Row = UsageGroup & { readonly isHere: boolean };

function ofFirst(rows: readonly Row[]) {
  const { modelName = '', host = '', isHere = true } = rows[0] ?? {};
  return { modelName, host, isHere };
}

/** That of the budget, or the one that all was charged in. */
function shownCurrency(groups: readonly UsageGroup[], ofBudget: Currency): Currency {
  const charged = new Set(groups.flatMap(({ currency }) => (currency === null ? [] : [currency])));
  const [only] = charged;
  return charged.size === 1 && only !== undefined ? only : ofBudget;
}

function rateInto(currency: Currency, yuanPerDollar: number) {
  return ({ currency: own, low, high }: UsageGroup) => {
    const by = own === null || own === currency ? 1 : currency === 'CNY' ? yuanPerDollar : 1 / yuanPerDollar;
    return { low: low * by, high: high * by };
  };
}

function slotKeys(span: Span, now: Date): readonly string[] {
  const two = (value: number) => String(value).padStart(2, '0');
  return Array.from({ length: lengths[span] }, (_, at) => {
    const back = lengths[span] - 1 - at;
    const day = span === 'year' ? 1 : now.getDate() - back;
    const date = new Date(now.getFullYear(), span === 'year' ? now.getMonth() - back : now.getMonth(), day);
    const month = `${date.getFullYear()}-${two(date.getMonth() + 1)}`;
    return span === 'year' ? month : `${month}-${two(date.getDate())}`;
  });
}

function summed(rows: readonly Row[]): CostRow {
  const of = (name: 'calls' | 'words' | 'low' | 'high' | 'unpriced') => total(rows, name);
  return { calls: of('calls'), words: of('words'), low: of('low'), high: of('high'), unpriced: of('unpriced') };
}

function total<Name extends string>(rows: readonly Readonly<Record<Name, number>>[], name: Name): number {
  return rows.reduce((sum, row) => sum + row[name], 0);
}

function wordsOf(rows: readonly Row[], isHere: boolean): number {
  return total(
    rows.filter((row) => row.isHere === isHere),
    'words',
  );
}

function callsOf(rows: readonly Row[], isHere: boolean): number {
  return total(
    rows.filter((row) => row.isHere === isHere),
    'calls',
  );
}

function byCost(one: CostRow, other: CostRow): number {
  return other.high - one.high || other.calls - one.calls;
}

/** The least round number that is no less: where the axis of a chart ends. */
export function niceTop(most: number): number {
  if (!(most > 0)) return 0;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 3, 4, 5, 6, 8, 10].find((each) => each * power >= most * (1 - 1e-9)) ?? 10;
  return step * power;
}
