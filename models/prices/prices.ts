import { type Holidays, type Price, type PriceFile, priceFileSchema } from './price.ts';
import data from './prices.json' with { type: 'json' };

/** Who charges, and whom. */
export interface Charged {
  /** The id of the provider, and the host that is asked: an own price may name either. */
  readonly provider: string | null;
  readonly host: string;
  readonly region: string | null;
  readonly model: string;
  readonly language: 'en' | 'zh-CN';
}

/** A price that was seen longer ago may have changed, which is said; in days. */
const freshDays = 90;

/** All prices that are known; own ones go before those that came along. */
export class Prices {
  readonly #own: () => PriceFile;
  readonly #shipped: PriceFile;

  /** `own`: what the person has written into a file of the same form. */
  constructor(own: () => PriceFile = () => ({ holidays: {}, prices: [] }), shipped: unknown = data) {
    this.#own = own;
    this.#shipped = priceFileSchema.parse(shipped);
  }

  get holidays(): Holidays {
    return { ...this.#shipped.holidays, ...this.#own().holidays };
  }

  /** Null: unknown, which is said and never taken for nothing. */
  find(charged: Charged): Price | null {
    return this.shown(charged)?.price ?? null;
  }

  /** A price, with whether it is the person's own. */
  shown(charged: Charged): { readonly price: Price; readonly own: boolean } | null {
    const own = findIn(this.#own().prices, charged);
    const price = own ?? findIn(this.#shipped.prices, charged);
    return price === null ? null : { price, own: own !== null };
  }
}

function findIn(prices: readonly Price[], { provider, host, region, model, language }: Charged): Price | null {
  const fitting = prices.filter(
    (price) =>
      (price.provider === provider || price.provider === host) &&
      price.model === model &&
      (price.regions === undefined || (region !== null && price.regions.includes(region))),
  );
  return fitting.find((price) => price.language === language) ?? fitting[0] ?? null;
}

export function isStale({ on }: Pick<Price, 'on'>, now: Date): boolean {
  return now.getTime() - Date.parse(on) > freshDays * 86_400_000;
}
