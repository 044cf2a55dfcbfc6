import type { CardSource } from '../../../contract/card.ts';
import type { Grounding } from '../../../contract/grounding.ts';

/** A text that a question is about, as far as a card names it. */
export interface NamedText {
  readonly kind: string;
  readonly title: string | null;
}

const mostTitles = 6;
const mostQuotes = 4;
const longestQuote = 300;

/**
 * The documents that an answer is about and, where it is one, the passages nearest to what the answer says. A selection, a
 * clipboard and a screen are the person's own: of those nothing is named and nothing is quoted.
 */
export function cardSources(texts: readonly NamedText[], grounding: Grounding): CardSource[] {
  const about = texts.filter(({ kind }) => kind !== 'window');
  if (about.some(({ kind }) => kind !== 'file')) return [];
  const titles = about.map(({ title }) => (title ?? '').trim().slice(0, 200)).filter((title) => title !== '');
  const [only = '', ...others] = titles;
  const quotes = others.length === 0 && only !== '' ? quotesOf(grounding) : [];
  if (quotes.length > 0) return quotes.map((quote) => ({ title: only, ...quote }));
  return titles.slice(0, mostTitles).map((title) => ({ title: title.toWellFormed(), quote: null, place: null }));
}

function quotesOf(grounding: Grounding): Pick<CardSource, 'quote' | 'place'>[] {
  if (grounding.status !== 'looked-up') return [];
  const found = new Map<string, Pick<CardSource, 'quote' | 'place'>>();
  for (const { nearest } of grounding.sentences) {
    if (nearest === null || found.size === mostQuotes) continue;
    const quote = nearest.text.replaceAll(/\s+/g, ' ').trim().slice(0, longestQuote).toWellFormed();
    if (quote !== '') found.set(quote, { quote, place: nearest.locator });
  }
  return [...found.values()];
}
