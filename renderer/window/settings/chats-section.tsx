import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/backend.ts';
import { Dialog } from '../dialog.tsx';
import { ExportDialog } from '../export-dialog.tsx';
import { useChatDeeds } from '../use-chat-deeds.ts';

const listPage = 500;

/** What stays on this computer: every chat as a file, or none of them any more. */
export function ChatsSection(): ReactNode {
  const { t } = useTranslation('window');
  const [open, setOpen] = useState<'export' | 'delete' | null>(null);
  return (
    <section className="settings-group" aria-label={t('settings.chats.name')}>
      <h2>{t('settings.chats.name')}</h2>
      <div className="setting-box">
        <div className="setting">
          <div className="setting-words">
            <b>{t('settings.chats.export')}</b>
            <p className="small dim">{t('settings.chats.exportAbout')}</p>
          </div>
          <button type="button" className="button" onClick={() => setOpen('export')}>
            {t('settings.chats.exportButton')}
          </button>
        </div>
        <div className="setting">
          <div className="setting-words">
            <b>{t('settings.chats.delete')}</b>
            <p className="small dim">{t('settings.chats.deleteAbout')}</p>
          </div>
          <button type="button" className="button danger" onClick={() => setOpen('delete')}>
            {t('settings.chats.deleteButton')}
          </button>
        </div>
      </div>
      {open === 'export' && <ExportDialog conversationIds={null} onClose={() => setOpen(null)} />}
      {open === 'delete' && <DeleteAll onClose={() => setOpen(null)} />}
    </section>
  );
}

function DeleteAll({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const { remove } = useChatDeeds();
  const removeAll = async () => {
    onClose();
    const chats: { id: string; title: string; updatedAt: number }[] = [];
    for (;;) {
      const last = chats.at(-1);
      const after = last === undefined ? null : { id: last.id, updatedAt: last.updatedAt };
      const answer = await client.request('conversation.list', { query: '', limit: listPage, after });
      if (!answer.ok) return;
      chats.push(...answer.value);
      if (answer.value.length < listPage) break;
    }
    await remove(chats);
  };
  return (
    <Dialog label={t('settings.chats.delete')} className="ask-first" onClose={onClose}>
      <h2>{t('settings.chats.deleteTitle')}</h2>
      <p className="dim">{t('settings.chats.deleteSure')}</p>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>
          {t('cancel')}
        </button>
        <button type="button" className="button danger" onClick={() => void removeAll()}>
          {t('settings.chats.delete')}
        </button>
      </div>
    </Dialog>
  );
}
