import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useMirror } from '../app/backend.ts';
import type { ChatsState } from './chats-page.tsx';
import type {
  ActionsHost,
  ChatsHost,
  WindowCommand,
  WindowContext,
  WindowHost,
  WindowPage,
} from './commands/command.ts';
import { findWindowCommand } from './commands/commands.ts';
import { stepSize } from './text-size.ts';
import { useToast, useUndo } from './toast.tsx';

export interface WindowKeysDeps {
  readonly page: WindowPage;
  readonly chats: RefObject<ChatsHost | null>;
  readonly actions: RefObject<ActionsHost | null>;
  readonly state: RefObject<ChatsState | null>;
  readonly findSetting: RefObject<HTMLInputElement | null>;
}

/** The keys of the window, and what they open over it. */
export interface WindowKeys {
  readonly dialog: 'commands' | 'keys' | null;
  readonly close: () => void;
  readonly contextNow: () => WindowContext;
  readonly run: (command: WindowCommand) => void;
}

const noChat: ChatsState = {
  isStored: false,
  answer: 'none',
  isInputEmpty: true,
  hasMarks: false,
  goesAway: false,
  hasFormer: false,
};

/** Does what a key means, wherever in the window the keyboard is. */
export function useWindowKeys({ page, chats, actions, state, findSetting }: WindowKeysDeps): WindowKeys {
  const platform = useMirror('shell')?.platform ?? 'linux';
  const [dialog, setDialog] = useState<WindowKeys['dialog']>(null);
  const undo = useUndo();
  const contextNow = (): WindowContext => ({
    page,
    ...(state.current ?? noChat),
    hasSelection: hasSelection(),
    isInText: isInText(),
    hasUndo: undo !== null,
  });
  const host = useHost({ page, chats, actions, state, findSetting }, setDialog, undo);
  const run = (command: WindowCommand) => {
    const runs = host();
    if (runs !== null) command.run(runs);
  };
  const onKey = (event: KeyboardEvent) => {
    // What is open over the window has the keys; so has whatever took this one.
    if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open], .menu') !== null) return;
    const command = findWindowCommand(event, platform, contextNow());
    if (command !== null) run(command);
    else if (event.key === 'Escape') host()?.openPage('chats');
    else return;
    if (event.key === 'Escape') chats.current?.goToComposer();
    event.preventDefault();
  };
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => latest.current(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  const close = useMemo(() => () => setDialog(null), []);
  return { dialog, close, contextNow, run };
}

function useHost(
  { page, chats, actions, findSetting }: WindowKeysDeps,
  show: (dialog: 'commands' | 'keys') => void,
  undo: (() => void) | null,
): () => WindowHost | null {
  const { t } = useTranslation('window');
  const client = useClient();
  const toast = useToast();
  const percent = useMirror('settings')?.textPercent ?? 100;
  const openPage = (to: WindowPage) => {
    if (to !== page) void client.request('window.open', { page: to, conversationId: null });
  };
  const resize = (by: 1 | -1 | 0) => {
    const textPercent = by === 0 ? 100 : stepSize(percent, by);
    void client.request('settings.set', { textPercent });
    toast({ text: t('settings.textPercent.now', { percent: textPercent }) });
  };
  return () => {
    if (chats.current === null) return null;
    return {
      client,
      chats: onChats(chats.current, () => openPage('chats')),
      actions: actions.current,
      openPage,
      find: () => {
        if (page === 'settings') findSetting.current?.focus();
        else if (page === 'actions') actions.current?.find();
        else {
          openPage('chats');
          chats.current?.find();
        }
      },
      show,
      undo: () => undo?.(),
      resize,
    };
  };
}

/** What is done to chats shows them. */
function onChats(chats: ChatsHost, show: () => void): ChatsHost {
  const entries = Object.entries(chats).map(([name, does]) => [
    name,
    () => {
      show();
      does();
    },
  ]);
  return Object.fromEntries(entries);
}

function hasSelection(): boolean {
  const { activeElement: field } = document;
  if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)
    if (field.selectionStart !== field.selectionEnd) return true;
  return (window.getSelection()?.toString() ?? '') !== '';
}

/** A field with text in it, whose own undo goes first. */
function isInText(): boolean {
  const { activeElement: field } = document;
  if (field instanceof HTMLTextAreaElement) return field.value !== '';
  return (
    field instanceof HTMLInputElement && /^(?:text|search|password|number)$/.test(field.type) && field.value !== ''
  );
}
