import { type RefObject, useEffect } from 'react';
import { useClient } from '../app/backend.ts';
import { useModels } from '../app/use-models.ts';
import { useMayGoAway } from '../sending/use-route.ts';
import type { ChatMenu } from './chat-menu.ts';
import type { ChatsState, PageParts } from './chats-page.tsx';
import type { ChatsHost } from './commands/command.ts';
import type { ChatDesk } from './use-chat.ts';

export interface ChatsHostDeps {
  readonly host: RefObject<ChatsHost | null>;
  readonly state: RefObject<ChatsState | null>;
  readonly desk: ChatDesk;
  readonly page: PageParts;
  readonly menuFor: (id: string) => ChatMenu;
  readonly setRenaming: (renaming: { readonly id: string; readonly where: 'list' | 'head' }) => void;
  readonly setExporting: (ids: readonly string[] | 'all') => void;
  readonly setNarrow: (narrow: 'list' | 'chat') => void;
}

/** Gives the commands of the window what they do and have to know here, as it is now. */
export function useChatsHost({ host, state, ...deps }: ChatsHostDeps): void {
  const client = useClient();
  const goesAway = useMayGoAway(useModels());
  useEffect(() => {
    host.current = hostOf(deps, () => void client.request('file.pick', {}));
    state.current = stateOf(deps.desk, goesAway);
  });
}

function stateOf({ conversation, draft, lookedUp }: ChatDesk, goesAway: boolean): ChatsState {
  const { id, messages, running } = conversation;
  const last = messages.at(-1);
  const ended = last?.role !== 'assistant' ? 'none' : last.canGoOn ? 'cut' : 'done';
  return {
    isStored: id !== null,
    answer: running ? 'growing' : ended,
    isInputEmpty: draft.text === '',
    goesAway,
    hasFormer: conversation.former !== null,
    hasMarks: lookedUp.marks.length > 0,
  };
}

function hostOf(deps: Omit<ChatsHostDeps, 'host' | 'state'>, addFile: () => void): ChatsHost {
  const { desk, page, setNarrow } = deps;
  const { conversation } = desk;
  const focusSoon = (element: () => HTMLElement | null | undefined) => whenShown(element, (shown) => shown.focus());
  const inChat = (then: () => HTMLElement | null | undefined) => {
    setNarrow('chat');
    focusSoon(then);
  };
  return {
    newChat: () => {
      conversation.open(null);
      inChat(() => page.input.current);
    },
    find: () => {
      setNarrow('list');
      focusSoon(() => page.search.current);
    },
    goToList: () => {
      setNarrow('list');
      focusSoon(() => page.list.current?.querySelector<HTMLElement>('.chat-item[tabindex="0"]'));
    },
    goToComposer: () => inChat(() => page.input.current),
    chooseModel: () => {
      setNarrow('chat');
      whenShown(
        () => page.modelButton.current,
        (button) => button.click(),
      );
    },
    addFile,
    ...onOpenChat(deps),
    editLast: () => {
      desk.editLast();
      inChat(() => page.input.current);
    },
    nextMark: () => desk.lookedUp.next(),
    receipt: () => {
      const answer = desk.conversation.messages.at(-1);
      if (answer?.role === 'assistant' && answer.receipt !== null) desk.openReceipt.toggle(answer.id);
    },
  };
}

type OnOpenChat =
  | 'rename'
  | 'pin'
  | 'copyChat'
  | 'exportChat'
  | 'makeAction'
  | 'remove'
  | 'copyAnswer'
  | 'copyCard'
  | 'saveCard'
  | 'again'
  | 'goOn'
  | 'stop'
  | 'look'
  | 'againWith'
  | 'swapAnswers';

/** What is done to the chat that is open, and to its last answer. */
function onOpenChat(deps: Omit<ChatsHostDeps, 'host' | 'state'>): Pick<ChatsHost, OnOpenChat> {
  const { desk, menuFor, setRenaming, setExporting, setNarrow } = deps;
  const { conversation } = desk;
  const { id, messages } = conversation;
  const answer = messages.at(-1);
  return {
    rename: () => {
      setNarrow('chat');
      if (id !== null) setRenaming({ id, where: 'head' });
    },
    pin: () => id !== null && menuFor(id).pin(),
    copyChat: () => id !== null && menuFor(id).copy(),
    exportChat: () => setExporting(id === null ? 'all' : [id]),
    makeAction: () => id !== null && menuFor(id).makeAction(),
    remove: () => id !== null && menuFor(id).remove(),
    copyAnswer: () => answer !== undefined && desk.copyAnswer(answer),
    copyCard: () => answer !== undefined && desk.cards.copy(answer.id),
    saveCard: () => answer !== undefined && desk.cards.save(answer.id),
    again: () => answer !== undefined && desk.againAt(answer),
    goOn: () => void conversation.goOn(),
    stop: conversation.stop,
    look: desk.look,
    againWith: () => desk.chooseAnother(true),
    swapAnswers: conversation.swap,
  };
}

/** Frames after which what was not drawn will not be. */
const mostFrames = 60;

/**
 * Does something with an element at once, so that the next key finds it done; one that is hidden, or on a page that is, when
 * it is drawn.
 */
function whenShown(
  find: () => HTMLElement | null | undefined,
  then: (element: HTMLElement) => void,
  frames = mostFrames,
): void {
  const element = find();
  if (element != null && element.offsetParent !== null) then(element);
  else if (frames > 0) requestAnimationFrame(() => whenShown(find, then, frames - 1));
}
