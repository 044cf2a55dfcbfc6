import { Copy, Pencil, RotateCcw, Trash2 } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorAction } from '../../contract/errors.ts';
import { glyphLanguageOf } from '../../text/language.ts';
import { idOfPlainAnswer, isChangedText } from '../answer/is-changed-text.ts';
import { useSayError } from '../answer/say-error.ts';
import { takeStep } from '../answer/take-step.ts';
import { Answer, Question } from '../answer/turn.tsx';
import { useCopy } from '../answer/use-copy.ts';
import { type LookedUp, useLookedUp } from '../answer/use-looked-up.ts';
import { useStickToEnd } from '../answer/use-stick-to-end.ts';
import { useClient } from '../app/backend.ts';
import { notTakenIn } from '../run/too-long.ts';
import type { ConversationView } from '../run/use-conversation.ts';
import { Composer } from './composer.tsx';
import { EmptyChat } from './empty-chat.tsx';

export interface ChatViewProps {
  readonly conversation: ConversationView;
  readonly onDelete: (id: string, title: string) => void;
}

/** One conversation in the main window, with its composer. */
export function ChatView({ conversation, onDelete }: ChatViewProps): ReactNode {
  const sayError = useSayError();
  const [editing, setEditing] = useState<string | null>(null);
  const [text, setText] = useState('');
  const { messages, running, error } = conversation;
  const write = (next: string, questionId: string | null) => {
    setText(next);
    setEditing(questionId);
  };
  const send = async () => {
    if (text.trim() === '') return;
    if (await conversation.ask(text, editing === null ? {} : { editsMessageId: editing })) write('', null);
  };
  const edit = () => {
    const question = messages.findLast(({ role }) => role === 'user');
    if (question !== undefined) write(question.text, question.id);
  };
  const lookedUp = useLookedUp(idOfPlainAnswer(messages));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' || !event.ctrlKey || lookedUp.marks.length === 0) return;
    lookedUp.next();
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of whatever has the focus in it
    <section className="chat" onKeyDown={onKeyDown}>
      <ChatHead conversation={conversation} onDelete={onDelete} />
      <Messages conversation={conversation} lookedUp={lookedUp} onEdit={edit} />
      {error !== null && <p className="note danger chat-error">{sayError(error)}</p>}
      <Composer
        text={text}
        editing={editing !== null}
        running={running}
        onChange={setText}
        onTooLong={() => conversation.refuse(notTakenIn)}
        onSend={() => void send()}
        onStop={conversation.stop}
        onCancelEdit={() => write('', null)}
      />
    </section>
  );
}

interface MessagesProps {
  readonly conversation: ConversationView;
  readonly lookedUp: LookedUp;
  /** Puts the last question into the composer. */
  readonly onEdit: () => void;
}

/** The chat itself. It follows its end only while the reader is there. */
function Messages({ conversation, lookedUp, onEdit }: MessagesProps): ReactNode {
  const { t } = useTranslation('window');
  const act = useNextStep(conversation, onEdit);
  const { messages, run, running } = conversation;
  const { scroll, onScroll } = useStickToEnd(messages);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="chat-scroll" ref={scroll} tabIndex={0} aria-label={t('chats.messages')} onScroll={onScroll}>
      {messages.length === 0 && <EmptyChat />}
      {messages.map((message, index) =>
        message.role === 'user' ? (
          <Question key={message.id} message={message} className="bubble" />
        ) : (
          <div key={message.id} className="chat-answer">
            <Answer
              message={message}
              isLast={index === messages.length - 1}
              phase={running && run?.answer.id === message.id ? run.phase : null}
              progress={run?.answer.id === message.id ? run.progress : null}
              onAction={act}
              showsChanges={isChangedText(messages, index)}
              {...(index === messages.length - 1 ? { lookedUp } : {})}
            />
            {message.state !== 'growing' && message === messages.at(-1) && (
              <Tools text={message.text} onAgain={() => void conversation.again()} onEdit={onEdit} />
            )}
          </div>
        ),
      )}
    </section>
  );
}

/** Takes the one next step of an error. */
function useNextStep(conversation: ConversationView, onEdit: () => void): (action: ErrorAction) => void {
  const client = useClient();
  const openPage = (page: 'models' | 'settings') => void client.request('window.open', { page, conversationId: null });
  const text = conversation.messages.at(-1)?.text ?? '';
  return (action) =>
    takeStep(action, {
      goOn: () => void conversation.goOn(),
      again: () => void conversation.again(),
      openModels: () => openPage('models'),
      openSettings: () => openPage('settings'),
      newChat: () => conversation.open(null),
      editQuestion: onEdit,
      copy: () => void client.request('clipboard.writeText', { text }),
      restart: () => void client.request('core.restart', {}),
    });
}

function ChatHead({ conversation, onDelete }: ChatViewProps): ReactNode {
  const { t } = useTranslation('window');
  const { id, title } = conversation;
  return (
    <header className="chat-head">
      <Title conversation={conversation} />
      {id !== null && (
        <button
          type="button"
          className="icon-button"
          aria-label={t('chats.delete')}
          title={t('chats.delete')}
          onClick={() => onDelete(id, title)}
        >
          <Trash2 size={16} />
        </button>
      )}
    </header>
  );
}

function Tools({
  text,
  onAgain,
  onEdit,
}: {
  readonly text: string;
  readonly onAgain: () => void;
  readonly onEdit: () => void;
}): ReactNode {
  const { t } = useTranslation('window');
  const { copied, copy } = useCopy();
  return (
    <div className="tools">
      <button
        type="button"
        className="icon-button"
        aria-label={t('chats.copy')}
        title={t('chats.copy')}
        onClick={() => copy(text)}
      >
        <Copy size={15} />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={t('chats.again')}
        title={t('chats.again')}
        onClick={onAgain}
      >
        <RotateCcw size={15} />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={t('chats.edit')}
        title={t('chats.edit')}
        onClick={onEdit}
      >
        <Pencil size={15} />
      </button>
      <span className="dim small" role="status">
        {copied ? t('chats.copied') : ''}
      </span>
    </div>
  );
}

function Title({ conversation }: { readonly conversation: ConversationView }): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const { id, title } = conversation;
  const [draft, setDraft] = useState(title);
  useEffect(() => setDraft(title), [title]);
  if (id === null) return <h1 className="chat-name">{t('chats.new')}</h1>;
  const save = () => {
    const clean = draft.trim();
    if (clean === '' || clean === title) setDraft(title);
    else void client.request('conversation.rename', { conversationId: id, title: clean.slice(0, 200) });
  };
  return (
    <input
      className="chat-name"
      value={draft}
      aria-label={t('chats.rename')}
      title={t('chats.rename')}
      lang={glyphLanguageOf(draft)}
      spellCheck={false}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && event.currentTarget.blur()}
    />
  );
}
