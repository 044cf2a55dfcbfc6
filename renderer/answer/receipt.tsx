import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Receipt } from '../../contract/conversation.ts';
import { sayPlaces } from '../../locales/say-locator.ts';

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
