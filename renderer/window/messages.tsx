import { ArrowDown } from 'lucide-react';
import { type MouseEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../contract/conversation.ts';
import type { ErrorAction } from '../../contract/errors.ts';
import { leftBelow } from '../answer/end-watch.ts';
import { Former } from '../answer/former.tsx';
import { isChangedText } from '../answer/is-changed-text.ts';
import { Answer, Question } from '../answer/turn.tsx';

import { useStickToEnd } from '../answer/use-stick-to-end.ts';
import { useMirror } from '../app/backend.ts';
import { formOf } from '../run/run-store.ts';
import { AnswerTools } from './answer-tools.tsx';
import { EmptyChat } from './empty-chat.tsx';
import type { ChatDesk } from './use-chat.ts';

export interface MessagesProps {
  readonly desk: ChatDesk;
  readonly onAction: (action: ErrorAction) => void;
  readonly onAgain: (answer: Message) => void;
  readonly onMenu: (message: Message, event: MouseEvent) => void;
}

/** Farther from the end than this, the button that goes there is shown, in pixels. */
const farFromEnd = 24;

/** The chat itself. It follows its end only while the reader is there. */
export function Messages({ desk, onAction, onAgain, onMenu }: MessagesProps): ReactNode {
  const { t } = useTranslation('window');
  const { messages, former, running, swap } = desk.conversation;
  const platform = useMirror('shell')?.platform ?? 'linux';
  const [isFar, setIsFar] = useState(false);
  const look = () => {
    if (scroll.current !== null) setIsFar(leftBelow(scroll.current) > farFromEnd);
  };
  const { scroll, onScroll } = useStickToEnd(messages, look, messages.length > 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is added below may be out of sight
  useEffect(look, [messages]);
  return (
    <div className="chat-middle">
      <section
        className="chat-scroll"
        ref={scroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={t('chats.messages')}
        onScroll={() => {
          onScroll();
          look();
        }}
      >
        <div className="column">
          {messages.length === 0 && <EmptyChat onAsk={(question) => desk.send(question)} />}
          {messages.map((message) => (
            <OneMessage
              key={message.id}
              message={message}
              desk={desk}
              onAction={onAction}
              onAgain={onAgain}
              onMenu={onMenu}
            />
          ))}
          {former !== null && messages.length > 0 && (
            <Former former={former} canSwap={!running} platform={platform} onSwap={swap} />
          )}
        </div>
      </section>
      {isFar && <ToEnd onClick={() => scroll.current?.scrollTo({ top: scroll.current.scrollHeight })} />}
    </div>
  );
}

function ToEnd({ onClick }: { readonly onClick: () => void }): ReactNode {
  const { t } = useTranslation('window');
  return (
    <button type="button" className="to-end" aria-label={t('chats.toEnd')} title={t('chats.toEnd')} onClick={onClick}>
      <ArrowDown size={16} strokeWidth={1.8} aria-hidden />
    </button>
  );
}

interface OneMessageProps extends MessagesProps {
  readonly message: Message;
}

function OneMessage({ message, desk, onAction, onAgain, onMenu }: OneMessageProps): ReactNode {
  const { conversation, lookedUp, editLast } = desk;
  const { messages, run, running } = conversation;
  if (message.role === 'user') return <Question message={message} className="bubble" />;
  const index = messages.indexOf(message);
  const isLast = index === messages.length - 1;
  const isOfRun = run?.answer.id === message.id;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a menu for the mouse; each of its entries has a button or a key
    <div className="chat-answer" onContextMenu={(event) => onMenu(message, event)}>
      <Answer
        message={message}
        isLast={isLast}
        phase={running && isOfRun ? run.phase : null}
        form={formOf(run, message)}
        progress={isOfRun ? run.progress : null}
        onAction={onAction}
        openReceipt={desk.openReceipt}
        showsChanges={isChangedText(messages, index)}
        {...(isLast ? { lookedUp } : {})}
      />
      {message.state !== 'growing' && (
        <AnswerTools message={message} isLast={isLast} onAgain={() => onAgain(message)} onEdit={editLast} />
      )}
    </div>
  );
}
