import type { GenerateUsage } from '../../contract/engine.ts';
import type { Cost } from '../../contract/price.ts';
import { type Holidays, hashOf, type Price, type Tier } from './price.ts';

type Counted = Pick<
  GenerateUsage,
  'promptTokens' | 'cachedTokens' | 'cacheWriteTokens' | 'outputTokens' | 'thinkingTokens'
>;

/** When a question was asked and when its answer was whole: a provider may charge by either. */
export interface When {
  readonly began: Date;
  readonly ended: Date;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/**
 * What one call costs by a price row; null where it was not told what was read and written. A range where the hour, a holiday
 * or a rate is open. Pure: the same in gives the same out, wherever and whenever it is asked.
 */
export function cost(usage: Counted, price: Price, when: When, holidays: Holidays): Cost | null {
  const { promptTokens, outputTokens } = usage;
  if (promptTokens === null || outputTokens === null) return null;
  const ranges = [when.began, when.ended]
    .flatMap((at) => tiersAt(price, at, holidays))
    .map((tiers) => tiers.find(({ upToInput }) => upToInput === null || promptTokens <= upToInput) ?? null);
  // Longer than any length that a price is known for.
  if (ranges.some((tier) => tier === null)) return null;
  const costs = ranges.filter((tier) => tier !== null).map((tier) => costBy(tier, usage, promptTokens, outputTokens));
  return {
    currency: price.currency,
    low: Math.min(...costs.map(({ low }) => low)),
    high: Math.max(...costs.map(({ high }) => high)),
    row: hashOf(price),
    on: price.on,
  };
}

function costBy(tier: Tier, usage: Counted, promptTokens: number, outputTokens: number): Range {
  const cached = Math.min(usage.cachedTokens ?? 0, promptTokens);
  const written = Math.min(usage.cacheWriteTokens ?? 0, promptTokens - cached);
  const thought = Math.min(usage.thinkingTokens ?? 0, outputTokens);
  const fixed =
    (promptTokens - cached - written) * tier.input +
    written * (tier.cacheWrite ?? tier.input) +
    (outputTokens - thought) * tier.output +
    thought * (tier.thinking ?? tier.output);
  const million = 1_000_000;
  return {
    low: (fixed + cached * (tier.cached ?? 0)) / million,
    high: (fixed + cached * (tier.cached ?? tier.input)) / million,
  };
}

/** The rates that hold at a time; two where a holiday may lie on that day. */
function tiersAt({ tiers, hours }: Price, at: Date, holidays: Holidays): readonly (readonly Tier[])[] {
  if (hours === undefined) return [tiers];
  const { weekday, minute, monthDay } = inZone(at, hours.zone);
  const isWithin = hours.windows.some(({ weekdays, from, to }) => {
    const [start, end] = [minutesOf(from), minutesOf(to)];
    if (start < end) return weekdays.includes(weekday) && minute >= start && minute < end;
    // What goes over midnight belongs to the day on which it began.
    const dayBefore = weekday === 1 ? 7 : weekday - 1;
    return (weekdays.includes(weekday) && minute >= start) || (weekdays.includes(dayBefore) && minute < end);
  });
  if (!isWithin) return [hours.otherwise];
  const between = holidays[hours.exceptHolidays ?? '']?.between ?? [];
  const mayBeHoliday = between.some(([first, last]) => monthDay >= first && monthDay <= last);
  return mayBeHoliday ? [tiers, hours.otherwise] : [tiers];
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function inZone(at: Date, timeZone: string) {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', weekday: 'short', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit' },
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    weekday: names.indexOf(parts['weekday'] ?? '') + 1,
    minute: Number(parts['hour']) * 60 + Number(parts['minute']),
    monthDay: `${parts['month']}-${parts['day']}`,
  };
}
