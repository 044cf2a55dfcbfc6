import { Box, ChartNoAxesColumn, type LucideIcon, MessageSquare, Settings, Workflow } from 'lucide-react';
import { type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend, useClient, useMirror } from '../app/backend.ts';
import { ActionsPage } from './actions/actions-page.tsx';
import { CardsProvider } from './cards/use-cards.tsx';
import { ChatsPage, type ChatsState } from './chats-page.tsx';
import type { ActionsHost, ChatsHost, WindowPage } from './commands/command.ts';
import { KeysDialog } from './keys-dialog.tsx';
import { ModelsPage } from './models-page.tsx';
import { Palette } from './palette.tsx';
import { SettingsPage } from './settings-page.tsx';
import { ImportDialog } from './sharing/import-dialog.tsx';
import { ToastProvider } from './toast.tsx';
import { UsagePage } from './usage/usage-page.tsx';
import { useWindowKeys, type WindowKeys } from './use-window-keys.ts';

const pages: readonly { readonly id: WindowPage; readonly Icon: LucideIcon }[] = [
  { id: 'chats', Icon: MessageSquare },
  { id: 'models', Icon: Box },
  { id: 'actions', Icon: Workflow },
  { id: 'usage', Icon: ChartNoAxesColumn },
  { id: 'settings', Icon: Settings },
];

/** The main window: a rail of pages, and the page. */
export function WindowApp(): ReactNode {
  const navigation = useMirror('navigation');
  useTextSize();
  if (navigation === undefined) return null;
  return (
    <ToastProvider>
      <CardsProvider>
        <Frame {...navigation} />
      </CardsProvider>
    </ToastProvider>
  );
}

interface FrameProps {
  readonly page: WindowPage;
  readonly conversationId: string | null;
  readonly revision: number;
}

function Frame({ page, conversationId, revision }: FrameProps): ReactNode {
  const chats = useRef<ChatsHost | null>(null);
  const state = useRef<ChatsState | null>(null);
  const actions = useRef<ActionsHost | null>(null);
  const findSetting = useRef<HTMLInputElement>(null);
  const keys = useWindowKeys({ page, chats, actions, state, findSetting });
  const making = useMaking();
  const asked = { id: page === 'chats' ? conversationId : null, revision };
  return (
    <div className="frame">
      <Rail page={page} />
      <main className="pages">
        <Page id="chats" page={page}>
          <ChatsPage asked={asked} host={chats} state={state} onMakeAction={making.begin} />
        </Page>
        <Page id="models" page={page}>
          <ModelsPage />
        </Page>
        <Page id="actions" page={page}>
          <ActionsPage host={actions} making={making} />
        </Page>
        <Page id="usage" page={page}>
          <UsagePage />
        </Page>
        <Page id="settings" page={page}>
          <SettingsPage search={findSetting} />
        </Page>
      </main>
      <Dialogs keys={keys} />
      <ImportDialog />
    </div>
  );
}

/** Every page keeps what it shows, and where it was scrolled to, while another one is looked at. */
function Page({
  id,
  page,
  children,
}: {
  readonly id: WindowPage;
  readonly page: WindowPage;
  readonly children: ReactNode;
}) {
  const [wasShown, setWasShown] = useState(id === page || id === 'chats');
  useEffect(() => {
    if (id === page) setWasShown(true);
  }, [id, page]);
  if (!wasShown && id !== page) return null;
  return (
    <section className={`page page-${id}`} hidden={id !== page}>
      {children}
    </section>
  );
}

function Rail({ page }: { readonly page: WindowPage }): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  return (
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
          <Icon size={18} strokeWidth={1.6} aria-hidden />
        </button>
      ))}
    </nav>
  );
}

function Dialogs({ keys }: { readonly keys: WindowKeys }): ReactNode {
  const { dialog, close } = keys;
  if (dialog === 'commands') return <Palette keys={keys} onClose={close} />;
  if (dialog === 'keys') return <KeysDialog onClose={close} />;
  return null;
}

/** Carries a question from its chat to the page of actions, which may not have been looked at before. */
function useMaking() {
  const client = useClient();
  const [wanted, setWanted] = useState<string | null>(null);
  return useMemo(
    () => ({
      wanted,
      begin: (question: string) => {
        setWanted(question);
        void client.request('window.open', { page: 'actions', conversationId: null });
      },
      taken: () => setWanted(null),
    }),
    [client, wanted],
  );
}

/** Draws the page in the size that is set. */
function useTextSize(): void {
  const percent = useMirror('settings')?.textPercent;
  const { drawAt } = useBackend();
  useEffect(() => {
    if (percent !== undefined) drawAt(percent);
  }, [percent, drawAt]);
}

export type SearchInput = RefObject<HTMLInputElement | null>;
