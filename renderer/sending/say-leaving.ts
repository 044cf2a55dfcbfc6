import type { TFunction } from 'i18next';
import type { Leaving } from '../../contract/look.ts';
import { formatCost } from '../../locales/format-money.ts';
import { sayPolicy } from '../../locales/say-policy.ts';

/** Who may keep or learn from it, in one line; `warns` where somebody may, or where that is not known. */
export function sayKept(
  t: TFunction<'sending'>,
  { policy, place }: Pick<Leaving, 'policy' | 'place'>,
): { readonly said: string; readonly warns: boolean } {
  if (policy === null) return { said: t(`ownServer.${place}`), warns: place === 'outside' };
  return { said: sayPolicy(t, { policy, group: 'international' }), warns: policy.training !== 'no' };
}

/** What it may cost: from reading it to the longest answer, about so many tokens. */
export function sayExpected(
  t: TFunction<'sending'>,
  { price, promptTokens, answerTokens, place }: Pick<Leaving, 'price' | 'promptTokens' | 'answerTokens' | 'place'>,
  language: string,
): string {
  const tokens = t('tokens', { read: inWords(promptTokens, language), most: inWords(answerTokens, language) });
  if (price === null) return `${t(place === 'outside' ? 'priceUnknown' : 'noPrice')} · ${tokens}`;
  const amount = t(price.hours ? 'priceNow' : 'price', { amount: formatCost(price), day: price.on });
  return `${amount} · ${tokens}`;
}

/** About so many words, or characters of Chinese, are so many tokens; in two digits, since it is an estimate. */
function inWords(tokens: number, language: string): number {
  const words = tokens * (language === 'zh-CN' ? 1.33 : 0.75);
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, words))) - 1);
  return Math.max(1, Math.round(words / step) * step);
}
