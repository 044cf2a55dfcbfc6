import { ClipboardCopy, Copy, Image, ImageDown, RotateCcw } from 'lucide-react';
import { type MouseEvent, type ReactNode, type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../contract/conversation.ts';
import type { ErrorAction } from '../../contract/errors.ts';
import { PassageDeskContext } from '../answer/citations.ts';
import { useSayError } from '../answer/say-error.ts';
import { takeStep } from '../answer/take-step.ts';
import { useCopied } from '../answer/use-copied.ts';
import { useClient } from '../app/backend.ts';
import { DropZone } from '../overlay/drop-zone.tsx';
import { notTakenIn } from '../run/too-long.ts';
import { useRoute } from '../sending/use-route.ts';
import { useCards } from './cards/use-cards.tsx';
import { ChatHead, type ChatHeadProps } from './chat-head.tsx';
import { Composer } from './composer.tsx';
import { Dialog } from './dialog.tsx';
import { Menu, type MenuItem, type MenuPlace } from './menu.tsx';
import { Messages } from './messages.tsx';
import { AgainWithMenu } from './model-menu.tsx';
import { PassagePane } from './passage-pane.tsx';
import { SendingDialog } from './sending-dialog.tsx';
import { ToastView } from './toast.tsx';
import type { ChatDesk } from './use-chat.ts';
import { usePassages } from './use-passages.ts';

export interface ChatViewProps extends Omit<ChatHeadProps, 'conversation' | 'next'> {
  readonly desk: ChatDesk;
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly modelButton: RefObject<HTMLButtonElement | null>;
}

/** One conversation in the main window, with its composer. */
export function ChatView({ desk, input, modelButton, ...head }: ChatViewProps): ReactNode {
  const sayError = useSayError();
  const { conversation } = desk;
  const { error } = conversation;
  const act = useNextStep(desk);
  const chipIds = desk.files.filter(({ on }) => on).map(({ id }) => id);
  const next = useRoute({ conversationId: conversation.id, text: desk.draft.text, actionId: null, chipIds });
  const again = useAgain(desk);
  const menu = useAnswerMenu(again.ask);
  const passages = usePassages(conversation.messages);
  return (
    <PassageDeskContext value={passages.desk}>
      <section className="chat">
        <ChatHead conversation={conversation} next={next} {...head} />
        <Messages key={conversation.id ?? 'new'} desk={desk} onAction={act} onAgain={again.ask} onMenu={menu.open} />
        {error !== null && <p className="note danger chat-error">{sayError(error)}</p>}
        <Composer
          key={`composer ${conversation.id ?? 'new'}`}
          desk={desk}
          input={input}
          modelButton={modelButton}
          onTooLong={() => conversation.refuse(notTakenIn)}
        />
        <ToastView />
        <DropZone />
        {menu.element}
        {again.element}
        {desk.choosesAnother && (
          <AgainWithMenu
            button={modelButton}
            onChoose={(modelId) => void conversation.again(modelId)}
            onClose={() => desk.chooseAnother(false)}
          />
        )}
        {conversation.sheet !== null && <SendingDialog sheet={conversation.sheet} />}
      </section>
      {passages.desk.shown !== null && (
        <PassagePane citation={passages.desk.shown} onGo={passages.go} onClose={passages.close} />
      )}
    </PassageDeskContext>
  );
}

/** Takes the one next step of an error. */
function useNextStep({ conversation, editLast }: ChatDesk): (action: ErrorAction) => void {
  const client = useClient();
  const openPage = (page: 'models' | 'usage' | 'settings') =>
    void client.request('window.open', { page, conversationId: null });
  const text = conversation.messages.at(-1)?.text ?? '';
  return (action) =>
    takeStep(action, {
      goOn: () => void conversation.goOn(),
      again: () => void conversation.again(),
      openModels: () => openPage('models'),
      openSettings: () => openPage('settings'),
      openUsage: () => openPage('usage'),
      newChat: () => conversation.open(null),
      editQuestion: editLast,
      copy: () => void client.request('clipboard.writeText', { text }),
      restart: () => void client.request('core.restart', {}),
      look: () => void conversation.again(undefined, true),
    });
}

/** Answers a question again; where others follow it, which would go, the person agrees first. */
function useAgain(desk: ChatDesk): { readonly ask: (answer: Message) => void; readonly element: ReactNode } {
  const { t } = useTranslation('window');
  const [asked, setAsked] = useState<Message | null>(null);
  const { messages } = desk.conversation;
  const close = () => setAsked(null);
  const ask = (answer: Message) => (answer === messages.at(-1) ? desk.againAt(answer) : setAsked(answer));
  const after = asked === null ? 0 : messages.length - 1 - messages.findIndex(({ id }) => id === asked.id);
  const element = asked !== null && (
    <Dialog label={t('chats.again')} className="ask-first" onClose={close}>
      <h2>{t('chats.againTitle')}</h2>
      <p className="dim">{t('chats.againAbout', { count: after })}</p>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={close}>
          {t('cancel')}
        </button>
        <button
          type="button"
          className="button primary"
          onClick={() => {
            close();
            const answer = messages.find(({ id }) => id === asked.id);
            if (answer !== undefined) desk.againAt(answer);
          }}
        >
          {t('chats.again')}
        </button>
      </div>
    </Dialog>
  );
  return { ask, element };
}

/** What a right click on an answer offers. */
function useAnswerMenu(onAgain: (answer: Message) => void) {
  const { t } = useTranslation('window');
  const { copyAnswer } = useCopied();
  const cards = useCards();
  const [open, setOpen] = useState<{ place: MenuPlace; message: Message; selected: string } | null>(null);
  const items: readonly MenuItem[] =
    open === null
      ? []
      : [
          // The page copies what is selected itself, with its formats.
          ...(open.selected === ''
            ? []
            : [
                {
                  id: 'selection',
                  name: t('chats.copySelection'),
                  icon: ClipboardCopy,
                  keys: 'Ctrl+C',
                  run: copySelection,
                },
              ]),
          {
            id: 'copy',
            name: t('chats.copy'),
            icon: Copy,
            run: () => void copyAnswer(open.message),
          },
          { id: 'copy-card', name: t('card.copy'), icon: Image, run: () => cards.copy(open.message.id) },
          { id: 'save-card', name: t('card.make'), icon: ImageDown, run: () => cards.save(open.message.id) },
          { id: 'again', name: t('chats.again'), icon: RotateCcw, apart: true, run: () => onAgain(open.message) },
        ];
  return {
    open: (message: Message, event: MouseEvent) => {
      if (message.state === 'growing') return;
      event.preventDefault();
      const selected = window.getSelection()?.toString() ?? '';
      setOpen({ place: { x: event.clientX, y: event.clientY }, message, selected });
    },
    element: open !== null && (
      <Menu label={t('chats.answer')} place={open.place} items={items} onClose={() => setOpen(null)} />
    ),
  };
}

function copySelection(): void {
  document.execCommand('copy');
}
