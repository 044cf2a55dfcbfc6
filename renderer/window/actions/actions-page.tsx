import { MessageSquareText, Workflow } from 'lucide-react';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSayError } from '../../answer/say-error.ts';
import type { ActionsHost } from '../commands/command.ts';
import { ToastView } from '../toast.tsx';
import { ActionList, nameOf } from './action-list.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import type { Language } from './doc.ts';
import { type EditorHost, EditorView } from './editor-view.tsx';
import { type ActionDeeds, useActionDeeds } from './use-action-deeds.ts';
import { type DraftDesk, useDrafts } from './use-drafts.ts';

export interface ActionsPageProps {
  readonly host: RefObject<ActionsHost | null>;
  /** A question of a chat that an action is to be made of; null when there is none. */
  readonly making: { readonly wanted: string | null; readonly taken: () => void };
}

/** Actions: a list with search at the left, the editor of the chosen one at the right; in a narrow window one of the two. */
export function ActionsPage({ host, making }: ActionsPageProps): ReactNode {
  const { i18n } = useTranslation();
  const language: Language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  const desk = useDrafts();
  const search = useRef<HTMLInputElement>(null);
  const inEditor = useRef<EditorHost>(null);
  const [narrow, setNarrow] = useState<'list' | 'chat'>('list');
  const [sample, setSample] = useState('');
  const deeds = useActionDeeds(desk, language, inEditor);
  useFresh(desk);
  useMaking(making, (prompt) => {
    deeds.begin('action', prompt);
    setNarrow('chat');
  });
  useActionsHost(host, { desk, deeds, inEditor, search, show: () => setNarrow('chat') });
  const { draft } = desk;
  return (
    <div className="chats actions" data-narrow={narrow}>
      <ActionList
        {...{ drafts: desk.drafts, language, search, at: draft?.key ?? null }}
        onOpen={(key) => {
          void desk.store.open(key);
          setNarrow('chat');
        }}
        onNew={(kind) => {
          deeds.begin(kind);
          setNarrow('chat');
        }}
      />
      <div className="chat-side">
        {draft === null ? (
          <Nothing desk={desk} deeds={deeds} onBegin={() => setNarrow('chat')} />
        ) : (
          <EditorView
            key={draft.key}
            {...{ draft, language, error: desk.error, host: inEditor, edit: (change) => desk.store.edit(change) }}
            sample={{ text: sample, set: setSample }}
            menu={deeds.menu}
            onSave={deeds.save}
            onBack={() => setNarrow('list')}
            onDuplicate={deeds.duplicate}
          />
        )}
        <ToastView />
      </div>
      <Conflicts desk={desk} language={language} />
    </div>
  );
}

function Conflicts({ desk, language }: { readonly desk: DraftDesk; readonly language: Language }): ReactNode {
  const { conflict, draft } = desk;
  if (conflict === null || draft === null) return null;
  return (
    <ConflictDialog
      conflict={conflict}
      name={nameOf(draft, language)}
      mine={draft.history.now}
      onMine={() => void desk.store.save(true)}
      onTheirs={() => desk.store.takeTheirs()}
      onClose={() => desk.store.dismiss()}
    />
  );
}

interface NothingProps {
  readonly desk: DraftDesk;
  readonly deeds: ActionDeeds;
  readonly onBegin: () => void;
}

/** What the page is for, and the first step. */
function Nothing({ desk, deeds, onBegin }: NothingProps): ReactNode {
  const { t } = useTranslation('editor');
  const sayError = useSayError();
  const cards = [
    { kind: 'action', Icon: MessageSquareText, name: t('newAction') },
    { kind: 'chain', Icon: Workflow, name: t('newChain') },
  ] as const;
  return (
    <div className="actions-empty">
      <h2>{t('empty.title')}</h2>
      <p className="dim">{t('empty.about')}</p>
      {desk.error !== null && (
        <p className="note danger" role="alert">
          <span>{sayError(desk.error)}</span>
        </p>
      )}
      <div className="start-cards">
        {cards.map(({ kind, Icon, name }) => (
          <button
            key={kind}
            type="button"
            className="start-card"
            onClick={() => {
              deeds.begin(kind);
              onBegin();
            }}
          >
            <Icon size={18} strokeWidth={1.6} aria-hidden />
            <b>{name}</b>
            <span className="dim small">{t(`empty.${kind}`)}</span>
          </button>
        ))}
      </div>
    </div>
  );
}

function useMaking({ wanted, taken }: ActionsPageProps['making'], begin: (prompt: string) => void): void {
  useEffect(() => {
    if (wanted === null) return;
    taken();
    begin(wanted);
  });
}

/** Files may be changed by other programs: they are looked at again when the window is. */
function useFresh({ store }: DraftDesk): void {
  useEffect(() => {
    const refresh = () => void store.refresh();
    refresh();
    window.addEventListener('focus', refresh);
    return () => window.removeEventListener('focus', refresh);
  }, [store]);
}

interface HostNeeds {
  readonly desk: DraftDesk;
  readonly deeds: ActionDeeds;
  readonly inEditor: RefObject<EditorHost | null>;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly show: () => void;
}

function useActionsHost(host: RefObject<ActionsHost | null>, needs: HostNeeds): void {
  const { deeds, inEditor, search, show } = needs;
  useEffect(() => {
    const begin = (kind: 'action' | 'chain') => {
      deeds.begin(kind);
      show();
    };
    host.current = {
      newAction: () => begin('action'),
      newChain: () => begin('chain'),
      save: deeds.save,
      duplicate: deeds.duplicate,
      rename: () => inEditor.current?.goToName(),
      remove: deeds.remove,
      addStep: () => inEditor.current?.addStep(),
      run: () => inEditor.current?.run(),
      setKey: () => inEditor.current?.goToKey(),
      find: () => search.current?.focus(),
    };
    return () => {
      host.current = null;
    };
  });
}
