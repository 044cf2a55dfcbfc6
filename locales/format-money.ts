import type { Cost } from '../contract/price.ts';

const signs = { USD: '$', CNY: '¥' } as const;

/** An amount with three digits that say something: what a short question costs has many zeros before them. */
export function formatMoney(amount: number, currency: Cost['currency']): string {
  return signs[currency] + digitsOf(amount);
}

/** What it cost, as a range where the tariff leaves it open. */
export function formatCost({ currency, low, high }: Pick<Cost, 'currency' | 'low' | 'high'>): string {
  const [from, to] = [digitsOf(low), digitsOf(high)];
  return from === to ? signs[currency] + from : `${signs[currency]}${from}–${to}`;
}

/** The sum of several calls in each currency; one that cost nothing known adds nothing. */
export function sumCosts(costs: readonly (Pick<Cost, 'currency' | 'low' | 'high'> | undefined)[]): readonly string[] {
  const known = costs.filter((cost) => cost !== undefined);
  return (['CNY', 'USD'] as const).flatMap((currency) => {
    const own = known.filter((cost) => cost.currency === currency);
    const low = own.reduce((sum, cost) => sum + cost.low, 0);
    const high = own.reduce((sum, cost) => sum + cost.high, 0);
    return own.length === 0 ? [] : [formatCost({ currency, low, high })];
  });
}

function digitsOf(amount: number): string {
  if (amount === 0) return '0';
  // Never with an exponent, however little it is.
  const digits = Math.max(2, 2 - Math.floor(Math.log10(amount)));
  const text = amount.toFixed(Math.min(digits, 12));
  return digits > 2 ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
}
