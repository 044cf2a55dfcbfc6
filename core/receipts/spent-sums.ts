import type { Currency } from '../../contract/price.ts';
import type { Queries } from '../queries.ts';
import type { Money } from '../sending/receipt-book.ts';

type Sums = Readonly<Record<Currency, number>>;

/** A day and a month, and those before them for a moment. */
const mostKept = 4;

/**
 * Sums of what was spent since some times, read once and then kept in step with what is written: a month has thousands of
 * entries, and each call asks several times. What was read is forgotten where it is not sure what was written.
 */
export class SpentSums {
  readonly #read: (from: number) => Sums;
  readonly #kept = new Map<number, Record<Currency, number>>();
  /** What was set aside for calls that are under way, by entry, and when they began. */
  readonly #open = new Map<string, { readonly at: number; readonly money: Money }>();

  /** `read`: in milliseconds since 1970, from the database. */
  constructor(read: (from: number) => Sums) {
    this.#read = read;
  }

  since(from: number): Sums {
    const kept = this.#kept.get(from) ?? { ...this.#read(from) };
    this.#kept.set(from, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    return kept;
  }

  /** An entry was written. */
  begin(id: string, at: number, reserved: Money | null): void {
    if (reserved === null) return;
    this.#open.set(id, { at, money: reserved });
    this.#add(at, reserved.currency, reserved.amount);
  }

  /** It ended; `high`: what it may have come to at most, null where that is not known and all that was set aside counts on. */
  settle(id: string, cost: { readonly currency: Currency; readonly high: number } | null): void {
    const open = this.#open.get(id);
    this.#open.delete(id);
    if (cost === null) return;
    if (open === undefined) {
      // When it began is not known here, and what is kept may lack it.
      this.#kept.clear();
      return;
    }
    this.#add(open.at, open.money.currency, -open.money.amount);
    this.#add(open.at, cost.currency, cost.high);
  }

  #add(at: number, currency: Currency, amount: number): void {
    for (const [from, sums] of this.#kept) if (from <= at) sums[currency] = Math.max(0, sums[currency] + amount);
  }
}

/** What a call under way may come to counts as spent, and so does one whose end nobody saw. */
export function readSpent(database: Queries, from: number): Sums {
  const rows = database
    .prepare(
      `SELECT currency, sum(coalesce(cost_high, reserved, 0)) AS spent FROM receipts
       WHERE began_at >= ? AND currency IS NOT NULL GROUP BY currency`,
    )
    .all(from);
  const sums = new Map(rows.map(({ currency, spent }) => [currency, Number(spent)]));
  return { CNY: sums.get('CNY') ?? 0, USD: sums.get('USD') ?? 0 };
}
