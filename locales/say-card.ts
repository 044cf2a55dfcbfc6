import type { CardPage, ToldCard } from '../contract/card.ts';
import type { Language } from './index.ts';
import { showHiddenInLine } from './show-hidden.ts';

/** The words of `sharing.json` in one language. */
export interface CardWords {
  readonly language: Language;
  readonly say: (key: string, values?: Readonly<Record<string, string | number>>) => string;
}

type Made = Pick<CardPage, 'model' | 'host' | 'at' | 'receipt'>;

/** What made an answer, a line each: who, with what and where, when, and which line of their log says so. */
export function sayMade(words: CardWords, page: Made & Pick<CardPage, 'by'>): readonly string[] {
  return [words.say('card.by', { name: showHiddenInLine(page.by) }), ...sayHow(words, page)];
}

/** What made an answer, without who. */
export function sayHow({ say, language }: CardWords, { model, host, at, receipt }: Made): readonly string[] {
  const values = { model: showHiddenInLine(model), host: showHiddenInLine(host ?? '') };
  const where = host === null ? 'here' : host === '' ? 'own' : 'sent';
  const withModel = say(`card.${where}`, values);
  return [
    model === '' ? say('card.noModel') : withModel,
    new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(at),
    ...(receipt === null ? [] : [say('card.receipt', { hash: receipt.slice(0, 16) })]),
  ];
}

/** A card that was read: who signed it, what it has, and what could not be checked; the last are `doubts`. */
export function sayCard(
  words: CardWords,
  card: ToldCard,
): { readonly facts: readonly string[]; readonly doubts: readonly string[] } {
  const { say } = words;
  const by = { name: showHiddenInLine(card.by.name), fingerprint: card.by.fingerprint };
  const isSure = card.check === 'as-signed';
  return {
    facts: [
      say(`card.signed.${card.standing}`, by),
      ...sayHow(words, card),
      ...(isSure ? [say('card.check.as-signed')] : []),
      ...(card.action === 'inside' ? [] : [say(`card.action.${card.action}`)]),
    ],
    doubts: isSure ? [] : [say(`card.check.${card.check}`)],
  };
}
