import type { GenerateInput } from '../../contract/engine.ts';
import { AppError } from '../../contract/errors.ts';
import type { Cost, Currency } from '../../contract/price.ts';
import type { BudgetSetting } from '../../contract/settings.ts';
import { mostCost } from '../../models/prices/most.ts';
import { hashOf, type Price } from '../../models/prices/price.ts';
import type { Budget, Reservation, Spent } from './budget.ts';
import type { Destination } from './destination.ts';
import type { Money, SendingPurpose } from './receipt-book.ts';

export type Period = 'day' | 'month';

/** How it stands with one limit, in the currency of the budget. */
export interface Standing {
  readonly period: Period;
  readonly limit: number;
  /** What was spent and what is set aside for what is under way. */
  readonly used: number;
}

export interface LimitsOptions {
  readonly budget: () => BudgetSetting;
  /** What the receipts since a time come to, or may, where that is open: in milliseconds since 1970, by currency. */
  readonly spentSince: (from: number) => Readonly<Record<Currency, number>>;
  /** Null: unknown. */
  readonly priceOf: (to: Destination) => Price | null;
  /** A limit is nearly used up; told once for each day and month. */
  readonly onNear: (standing: Standing, currency: Currency) => void;
  readonly now?: () => Date;
}

/** From here on it is said that a limit is nearly used up. */
const nearShare = 0.8;
/** What stands around each message of a prompt, in tokens. */
const aroundMessage = 16;

/**
 * What a person lets models elsewhere cost in a day and in a month. The most that a prompt may come to is set aside before it
 * leaves, so that many at once cannot spend together what each alone could; what it came to is counted after. Sums are read
 * from the receipts each time: they outlive Beckon, and a chat that is deleted gives nothing back.
 */
export class Limits implements Budget {
  readonly #options: LimitsOptions;
  readonly #now: () => Date;
  /** What is set aside and stands in no receipt yet. */
  readonly #waiting = new Set<Money>();
  readonly #told = new Set<string>();

  constructor(options: LimitsOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  reserve(input: GenerateInput, to: Destination, purpose: SendingPurpose): Reservation {
    const price = this.#options.priceOf(to);
    if (price === null) {
      this.#requireKnown(to, purpose);
      return { settle: (spent) => spent?.usage?.cost ?? null };
    }
    const most = { currency: price.currency, amount: mostCost(price, mostPromptTokens(input), input.maxTokens) };
    this.#requireRoom(most, to);
    this.#waiting.add(most);
    const free = () => void this.#waiting.delete(most);
    return {
      price: { row: hashOf(price), on: price.on },
      most,
      written: free,
      settle: (spent) => {
        free();
        return spent === null ? null : costOf(spent, price, most);
      },
      settled: () => this.#tellNear(),
    };
  }

  /** Each limit there is, and how much of it is used. */
  standings(): readonly Standing[] {
    const { currency, day, month } = this.#options.budget();
    const limits = [['day', day] as const, ['month', month] as const];
    return limits.flatMap(([period, limit]) => {
      if (limit === null) return [];
      const spent = this.#options.spentSince(this.#beginOf(period).getTime());
      const money = (['CNY', 'USD'] as const).map((each) => ({ currency: each, amount: spent[each] }));
      const used = [...money, ...this.#waiting].reduce((sum, one) => sum + this.#converted(one, currency), 0);
      return [{ period, limit, used }];
    });
  }

  #requireRoom(most: Money, { modelName }: Destination): void {
    const { currency } = this.#options.budget();
    const amount = this.#converted(most, currency);
    const full = this.standings().find(({ limit, used }) => used + amount > limit);
    if (full === undefined) return;
    throw new AppError('budget/exceeded', `the budget of the ${full.period} has no room for ${amount}`, {
      values: {
        context: full.period,
        limit: moneyOf(full.limit, currency),
        used: moneyOf(full.used, currency),
        model: modelName,
      },
      action: 'open-usage',
    });
  }

  /** A budget that does not know what something costs would hold nothing. A trial writes a word or two. */
  #requireKnown({ place, host, modelName }: Destination, purpose: SendingPurpose): void {
    const { day, month, unknownPrices } = this.#options.budget();
    const isFree = place !== 'outside' || purpose === 'trial' || unknownPrices === 'allow';
    if (isFree || (day === null && month === null)) return;
    throw new AppError('budget/unknown-price', `no price is known of ${modelName}`, {
      values: { host, model: modelName },
      action: 'open-usage',
    });
  }

  #tellNear(): void {
    for (const standing of this.standings()) {
      if (standing.used < standing.limit * nearShare) continue;
      const { currency } = this.#options.budget();
      const key = `${this.#beginOf(standing.period).toISOString()} ${standing.period} ${standing.limit} ${currency}`;
      if (this.#told.has(key)) continue;
      this.#told.add(key);
      this.#options.onNear(standing, currency);
    }
  }

  #beginOf(period: Period): Date {
    const now = this.#now();
    return new Date(now.getFullYear(), now.getMonth(), period === 'day' ? now.getDate() : 1);
  }

  #converted({ currency, amount }: Money, into: Currency): number {
    if (currency === into) return amount;
    const { yuanPerDollar } = this.#options.budget();
    return into === 'CNY' ? amount * yuanPerDollar : amount / yuanPerDollar;
  }
}

/** A bound: a token is two bytes or more in nearly every language, and more is sent than is written. */
function mostPromptTokens({ messages, hints }: GenerateInput): number {
  const texts = [
    ...messages.map(({ text }) => text),
    hints.continueFrom?.text ?? '',
    hints.continueFrom?.request ?? '',
  ];
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return Math.ceil(bytes / 2) + texts.length * aroundMessage;
}

/**
 * What is not told is not taken for nothing: a call whose end nobody saw may have come to all that was set aside. What was
 * refused is charged by nobody.
 */
function costOf({ usage, wasRefused = false }: Spent, price: Price, most: Money): Cost {
  const told = usage?.cost;
  if (told !== undefined) return told;
  const high = wasRefused ? 0 : most.amount;
  return { currency: most.currency, low: 0, high, row: hashOf(price), on: price.on };
}

/** As a sentence names it. */
export function moneyOf(amount: number, currency: Currency): string {
  return `${currency === 'CNY' ? '¥' : '$'}${Number(amount < 1 ? amount.toPrecision(2) : amount.toFixed(2))}`;
}
