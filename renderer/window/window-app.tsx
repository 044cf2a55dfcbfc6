import { Box, type LucideIcon, MessageSquare, Settings } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useMirror } from '../app/backend.ts';
import { ChatsPage } from './chats-page.tsx';
import { ModelsPage } from './models-page.tsx';
import { SettingsPage } from './settings-page.tsx';

const pages: readonly { readonly id: 'chats' | 'models' | 'settings'; readonly Icon: LucideIcon }[] = [
  { id: 'chats', Icon: MessageSquare },
  { id: 'models', Icon: Box },
  { id: 'settings', Icon: Settings },
];

/** The main window: a rail of pages, and the page. */
export function WindowApp(): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const navigation = useMirror('navigation');
  if (navigation === undefined) return null;
  const { page, conversationId, revision } = navigation;
  return (
    <div className="frame">
      <nav className="rail" aria-label={t('pages')}>
        {pages.map(({ id, Icon }) => (
          <button
            key={id}
            type="button"
            className={id === page ? 'rail-button at' : 'rail-button'}
            aria-current={id === page ? 'page' : undefined}
            aria-label={t(`page.${id}`)}
            title={t(`page.${id}`)}
            onClick={() => void client.request('window.open', { page: id, conversationId: null })}
          >
            <Icon size={18} strokeWidth={1.6} />
          </button>
        ))}
      </nav>
      <main className="page">
        {page === 'chats' && <ChatsPage key={revision} initialId={conversationId} />}
        {page === 'models' && <ModelsPage />}
        {page === 'settings' && <SettingsPage />}
      </main>
    </div>
  );
}
