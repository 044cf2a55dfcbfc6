import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Basis, Receipt } from '../../contract/receipt.ts';
import { sumCosts } from '../../locales/format-money.ts';
import { type SayWords, sayPlaces } from '../../locales/say-locator.ts';
import { sayReason } from '../../locales/say-rule.ts';
import { isThisMachine } from '../app/this-machine.ts';

/** The quiet line under an answer: where it came from, how fast, and what it cost. */
export function ReceiptLine({ receipt }: { readonly receipt: Receipt }): ReactNode {
  const { t } = useTranslation('common');
  const { entries, basis, firstTextMs, wordsPerSecond } = receipt;
  const call = entries.at(-1);
  if (call === undefined) return null;
  const { where, host, modelName, droppedMessages, hidden = 0 } = call;
  const parts = [where === 'device' ? t('where.device') : sayServer(t, host ?? '')];
  const why = receipt.reason === undefined ? [] : [sayReason(t, receipt.reason)];
  const isUsual = receipt.reason?.type === 'chosen' || receipt.reason?.type === 'here-first';
  // What decided otherwise than always stands first.
  if (!isUsual) parts.push(...why);
  parts.push(modelName);
  if (firstTextMs !== null && firstTextMs >= leastToldMs)
    parts.push(t('receipt.firstWord', { seconds: sayFigure(firstTextMs / 1000) }));
  if (wordsPerSecond !== null && wordsPerSecond > 0)
    parts.push(t('receipt.speed', { speed: sayFigure(wordsPerSecond) }));
  if (where === 'device') parts.push(t('receipt.free'));
  else parts.push(...sumCosts(entries.map(({ cost }) => cost)));
  if (hidden > 0) parts.push(t('receipt.hidden', { count: hidden }));
  const madeFrom = sayBasis(t, basis);
  const dropped = droppedMessages > 0 ? [t('receipt.dropped', { count: droppedMessages })] : [];
  parts.push(...(basis.type === 'without-earlier-texts' ? [...dropped, ...madeFrom] : [...madeFrom, ...dropped]));
  if (isUsual) parts.push(...why);
  return <span className="receipt">{parts.join(' · ')}</span>;
}

/** A first word that came sooner came at once. */
const leastToldMs = 100;

/** Tenths only of what is small: more digits say more than was measured. */
function sayFigure(figure: number): string {
  return figure < 9.95 ? figure.toFixed(1) : String(Math.round(figure));
}

function sayServer(t: SayWords, host: string): string {
  return isThisMachine(host) ? t('where.hereServer', {}) : t('where.server', { host });
}

/** What an answer was made from; nothing where it was made from all there is. */
function sayBasis(t: SayWords, basis: Basis): readonly string[] {
  switch (basis.type) {
    case 'whole':
      return [];
    case 'passages':
      return basis.texts.map((text) => sayPlaces(t, text));
    case 'parts':
      return [t('receipt.coverage', { read: basis.read, count: basis.total })];
    case 'steps':
      return [t('receipt.steps', { done: basis.done, count: basis.total })];
    case 'without-earlier-texts':
      return [t('receipt.lostTexts', { count: basis.texts })];
  }
}
