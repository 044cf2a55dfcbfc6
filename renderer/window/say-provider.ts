import type { TFunction } from 'i18next';
import type { ProviderRow, ShownPrice } from '../../contract/provider.ts';

type Say = TFunction<'window'>;

/** What a question of a page with an answer of a paragraph has, in tokens; and for how many of them a price is told. */
const question = { input: 1500, output: 200 };
const told = 100;

const signs = { CNY: '¥', USD: '$' } as const;

/** What is sent may be learned from. */
export function mayTrain({ policy: { training } }: Pick<ProviderRow, 'policy'>): boolean {
  return training === 'yes' || training === 'unless-paid';
}

/** What a hundred short questions cost; a range where the hour decides, "from" where the length does. */
export function sayPrice(t: Say, price: ShownPrice | null): string {
  if (price === null) return t('providers.price.unknown');
  const costs = [price, ...(price.otherwise === null ? [] : [price.otherwise])].map(
    ({ input, output }) => (told * (question.input * input + question.output * output)) / 1e6,
  );
  const [low, high] = [twoFigures(Math.min(...costs)), twoFigures(Math.max(...costs))];
  const amount = signs[price.currency] + (low === high ? low : `${low}–${high}`);
  return price.variesByLength ? t('providers.price.from', { amount }) : amount;
}

/** Whose price it is, or that it was seen long ago; empty for one that was seen lately. */
export function sayPriceSource(t: Say, price: ShownPrice | null): string {
  if (price?.own) return t('providers.price.own');
  return price?.stale ? t('providers.price.stale', { day: price.on }) : '';
}

/** Nobody chooses by the third figure. Never with an exponent, however little it is. */
function twoFigures(amount: number): string {
  if (amount === 0) return '0';
  const places = Math.max(0, 1 - Math.floor(Math.log10(amount)));
  return amount.toFixed(Math.min(places, 12));
}
