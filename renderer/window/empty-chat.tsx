import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useModels } from '../app/use-models.ts';

/** What the page is for, and where a question goes. */
export function EmptyChat(): ReactNode {
  const { t } = useTranslation('window');
  const host = useModels().find(({ chosen }) => chosen)?.host ?? null;
  return <p className="empty dim">{host === null ? t('chats.empty') : t('chats.emptyServer', { host })}</p>;
}
