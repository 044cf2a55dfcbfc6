import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Receipt } from '../../contract/conversation.ts';
import { showHiddenInLine } from '../../locales/show-hidden.ts';

/** The quiet line under an answer: where it came from, how fast, and what it cost. */
export function ReceiptLine({ receipt }: { readonly receipt: Receipt }): ReactNode {
  const { t } = useTranslation('common');
  const { where, host, modelName, firstTextMs, wordsPerSecond, droppedMessages, lostTexts, coverage, places } = receipt;
  const parts = [where === 'device' ? t('where.device') : t('where.server', { host: host ?? '' }), modelName];
  if (firstTextMs !== null) parts.push(t('receipt.firstWord', { seconds: (firstTextMs / 1000).toFixed(1) }));
  if (wordsPerSecond !== null && wordsPerSecond > 0) parts.push(t('receipt.speed', { speed: wordsPerSecond }));
  if (where === 'device') parts.push(t('receipt.free'));
  if (coverage !== undefined) parts.push(t('receipt.coverage', { read: coverage.read, count: coverage.total }));
  for (const place of places ?? []) parts.push(sayPlaces(t, place));
  if (droppedMessages > 0) parts.push(t('receipt.dropped', { count: droppedMessages }));
  if (lostTexts !== undefined) parts.push(t('receipt.lostTexts', { count: lostTexts }));
  return <p className="receipt">{parts.join(' · ')}</p>;
}

/** The pages or lines an answer is from, such as `from pages 16–18, 30 of 40`. */
function sayPlaces(t: TFunction<'common'>, { name, places, total }: NonNullable<Receipt['places']>[number]): string {
  const [first] = places;
  if (first === undefined) return '';
  const ranges = places.map((place) =>
    place.first === place.last ? `${place.first}` : `${place.first}–${place.last}`,
  );
  const many = places.length > 1 || first.first !== first.last;
  const said = t(`receipt.${first.unit}${many ? 's' : ''}`, { ranges: ranges.join(', '), total });
  return name === null ? said : `${showHiddenInLine(name)}: ${said}`;
}
