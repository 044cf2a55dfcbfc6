import { Copy, Pencil, RotateCcw, Trash2 } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorAction } from '../../contract/errors.ts';
import { glyphLanguageOf } from '../../text/language.ts';
import { idOfPlainAnswer, isChangedText } from '../answer/is-changed-text.ts';
import { useSayError } from '../answer/say-error.ts';
import { takeStep } from '../answer/take-step.ts';
import { Answer, Question } from '../answer/turn.tsx';
import { useCopy } from '../answer/use-copy.ts';
import { useLookedUp } from '../answer/use-looked-up.ts';
import { useClient } from '../app/backend.ts';
import { CompositionWatch } from '../overlay/composition.ts';
import { keepTooLongOut } from '../run/too-long.ts';
import type { ConversationView } from '../run/use-conversation.ts';
import { EmptyChat } from './empty-chat.tsx';

export interface ChatViewProps {
  readonly conversation: ConversationView;
  readonly onDelete: (id: string, title: string) => void;
}

/** One conversation in the main window, with its composer. */
export function ChatView({ conversation, onDelete }: ChatViewProps): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const sayError = useSayError();
  const scroll = useRef<HTMLElement>(null);
  const atEnd = useRef(true);
  const [editing, setEditing] = useState<string | null>(null);
  const [text, setText] = useState('');
  const { id, messages, run, running, error } = conversation;
  // biome-ignore lint/correctness/useExhaustiveDependencies: after every change of the text
  useLayoutEffect(() => {
    const element = scroll.current;
    if (element !== null && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [messages]);
  const send = async () => {
    if (text.trim() === '') return;
    if (await conversation.ask(text, editing === null ? {} : { editsMessageId: editing })) {
      setText('');
      setEditing(null);
    }
  };
  const lastQuestion = messages.findLast(({ role }) => role === 'user');
  const edit = () => {
    if (lastQuestion === undefined) return;
    setText(lastQuestion.text);
    setEditing(lastQuestion.id);
  };
  const openPage = (page: 'models' | 'settings') => void client.request('window.open', { page, conversationId: null });
  const act = (action: ErrorAction) =>
    takeStep(action, {
      goOn: () => void conversation.goOn(),
      again: () => void conversation.again(),
      openModels: () => openPage('models'),
      openSettings: () => openPage('settings'),
      newChat: () => conversation.open(null),
      editQuestion: edit,
      copy: () => void client.request('clipboard.writeText', { text: messages.at(-1)?.text ?? '' }),
      restart: () => void client.request('core.restart', {}),
    });
  const lookedUp = useLookedUp(idOfPlainAnswer(messages));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' || !event.ctrlKey || lookedUp.marks.length === 0) return;
    lookedUp.next();
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of whatever has the focus in it
    <section className="chat" onKeyDown={onKeyDown}>
      <header className="chat-head">
        <Title conversation={conversation} />
        {id !== null && (
          <button
            type="button"
            className="icon-button"
            aria-label={t('chats.delete')}
            title={t('chats.delete')}
            onClick={() => onDelete(id, conversation.title)}
          >
            <Trash2 size={16} />
          </button>
        )}
      </header>
      <section
        className="chat-scroll"
        ref={scroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={t('chats.messages')}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          atEnd.current = scrollHeight - scrollTop - clientHeight < 24;
        }}
      >
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
                <Tools text={message.text} onAgain={() => void conversation.again()} onEdit={edit} />
              )}
            </div>
          ),
        )}
      </section>
      {error !== null && <p className="note danger chat-error">{sayError(error)}</p>}
      <Composer
        text={text}
        editing={editing !== null}
        running={running}
        onChange={setText}
        onTooLong={conversation.refuseLong}
        onSend={() => void send()}
        onStop={conversation.stop}
        onCancelEdit={() => {
          setEditing(null);
          setText('');
        }}
      />
    </section>
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

interface ComposerProps {
  readonly text: string;
  readonly editing: boolean;
  readonly running: boolean;
  readonly onChange: (text: string) => void;
  readonly onTooLong: () => void;
  readonly onSend: () => void;
  readonly onStop: () => void;
  readonly onCancelEdit: () => void;
}

function Composer({
  text,
  editing,
  running,
  onChange,
  onTooLong,
  onSend,
  onStop,
  onCancelEdit,
}: ComposerProps): ReactNode {
  const { t } = useTranslation('window');
  const composition = useRef(new CompositionWatch());
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => input.current?.focus(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = input.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, 180)}px`;
  }, [text]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (composition.current.owns(event.nativeEvent)) return;
    if (event.key === 'Enter' && !event.shiftKey) onSend();
    else if (event.key === 'Escape' && editing) onCancelEdit();
    else if (event.key === 'Escape' && running) onStop();
    else return;
    event.preventDefault();
  };
  return (
    <div className="composer">
      <textarea
        ref={input}
        rows={1}
        value={text}
        placeholder={editing ? t('chats.editing') : t('chats.ask')}
        aria-label={t('chats.ask')}
        lang={glyphLanguageOf(text)}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onPaste={(event) => keepTooLongOut(event, onTooLong)}
        onDrop={(event) => keepTooLongOut(event, onTooLong)}
        onKeyDown={onKeyDown}
        onCompositionStart={() => composition.current.start()}
        onCompositionEnd={(event) => composition.current.end(event.timeStamp)}
      />
      {running ? (
        <button type="button" className="button" onClick={onStop}>
          {t('chats.stop')}
        </button>
      ) : (
        <button type="button" className="button primary" disabled={text.trim() === ''} onClick={onSend}>
          {t('chats.send')}
        </button>
      )}
    </div>
  );
}
