import { FileText, type LucideIcon, MessageSquare, TextSelect } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useMirror } from '../app/backend.ts';
import { isThisMachine } from '../app/this-machine.ts';
import { useModels } from '../app/use-models.ts';
import { keyParts } from '../ui/key.tsx';
import { Mark } from './mark.tsx';

/** What the page is for, where a question goes, and three ways to begin. */
export function EmptyChat({ onAsk }: { readonly onAsk: (question: string) => void }): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const shell = useMirror('shell');
  const chosen = useModels().find((model) => model.chosen);
  const hotkey = shell === undefined ? '' : keyParts(shell.hotkey.accelerator, shell.platform).join(' ');
  const example = t('chats.start.example');
  const open = (page: 'models' | 'settings') => void client.request('window.open', { page, conversationId: null });
  return (
    <div className="empty">
      <Mark size={44} />
      <h2>{t('chats.start.title')}</h2>
      {chosen === undefined ? (
        <p className="dim">
          {t('chats.emptyNone')}{' '}
          <button type="button" className="text-button" onClick={() => open('models')}>
            {t('chats.toModels')}
          </button>
        </p>
      ) : (
        <p className="dim">
          {chosen.kind === 'server'
            ? t(isThisMachine(chosen.host) ? 'chats.emptyHere' : 'chats.emptyServer', { host: chosen.host })
            : t('chats.emptyModel', { model: chosen.name })}
        </p>
      )}
      <div className="start-cards">
        <Card
          Icon={FileText}
          title={t('chats.start.file')}
          about={t('chats.start.fileAbout')}
          onClick={() => void client.request('file.pick', {})}
        />
        <Card
          Icon={TextSelect}
          title={t('chats.start.text')}
          about={t('chats.start.textAbout', { keys: hotkey })}
          onClick={() => open('settings')}
        />
        <Card
          Icon={MessageSquare}
          title={t('chats.start.quoted', { example })}
          about={t('chats.start.exampleAbout')}
          onClick={() => onAsk(example)}
        />
      </div>
    </div>
  );
}

interface CardProps {
  readonly Icon: LucideIcon;
  readonly title: string;
  readonly about: string;
  readonly onClick: () => void;
}

function Card({ Icon, title, about, onClick }: CardProps): ReactNode {
  return (
    <button type="button" className="start-card" onClick={onClick}>
      <Icon size={18} strokeWidth={1.6} aria-hidden />
      {/* A full-width quote at the beginning of a line is no indent. */}
      <b className={title.startsWith('“') ? 'quoted' : undefined}>{title}</b>
      <span className="dim small">{about}</span>
    </button>
  );
}
