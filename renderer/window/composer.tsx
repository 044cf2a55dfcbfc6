import { ArrowUp, Plus, Square, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { glyphLanguageOf } from '../../text/language.ts';
import { useClient } from '../app/backend.ts';
import { CompositionWatch } from '../overlay/composition.ts';
import { FileChip } from '../overlay/file-chip.tsx';
import { keepTooLongOut } from '../run/too-long.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { ModelPill } from './model-menu.tsx';
import type { ChatDesk } from './use-chat.ts';

interface ComposerProps {
  readonly desk: ChatDesk;
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly modelButton: RefObject<HTMLButtonElement | null>;
  readonly onTooLong: () => void;
}

/** What is asked next in the main window, with what goes along and who answers. */
export function Composer({ desk, input, modelButton, onTooLong }: ComposerProps): ReactNode {
  const { draft, write, conversation } = desk;
  const { t } = useTranslation('window');
  const composition = useRef(new CompositionWatch());
  const isEditing = draft.editing !== null;
  useEffect(() => input.current?.focus(), [input]);
  useHeightOf(input, draft.text);
  const onKeyDown = (event: KeyboardEvent) => {
    if (composition.current.owns(event.nativeEvent)) return;
    const isPlain = !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === 'Enter' && isPlain) desk.send();
    else if (event.key === 'ArrowUp' && isPlain && draft.text === '') desk.editLast();
    else if (event.key === 'Escape' && isEditing) desk.cancelEdit();
    else if (event.key === 'Escape' && conversation.running) conversation.stop();
    else return;
    event.preventDefault();
  };
  const label = conversation.messages.length > 0 ? t('chats.followUp') : t('chats.ask');
  return (
    <div className="composer">
      <textarea
        ref={input}
        rows={1}
        value={draft.text}
        placeholder={isEditing ? t('chats.editing') : label}
        aria-label={label}
        lang={glyphLanguageOf(draft.text)}
        dir="auto"
        spellCheck={false}
        onChange={(event) => write(event.target.value)}
        onPaste={(event) => keepTooLongOut(event, onTooLong)}
        onDrop={(event) => keepTooLongOut(event, onTooLong)}
        onKeyDown={onKeyDown}
        onCompositionStart={() => composition.current.start()}
        onCompositionEnd={(event) => composition.current.end(event.timeStamp)}
      />
      <div className="composer-foot">
        <AddButton />
        <Along desk={desk} />
        <ModelPill button={modelButton} />
        <SendButton desk={desk} />
      </div>
    </div>
  );
}

/** What goes along with the question, and that an old one is worded anew. */
function Along({ desk: { files, draft, cancelEdit } }: { readonly desk: ChatDesk }): ReactNode {
  const { t } = useTranslation('window');
  return (
    <div className="composer-chips">
      {files.map((chip) => (
        <FileChip key={chip.id} chip={chip} onPreview={() => {}} />
      ))}
      {draft.editing !== null && (
        <button type="button" className="pill" onClick={cancelEdit}>
          {t('chats.cancelEdit')} <X size={12} strokeWidth={1.8} aria-hidden />
        </button>
      )}
    </div>
  );
}

function AddButton(): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  return <IconButton name={t('chats.addFile')} icon={Plus} onPress={() => void client.request('file.pick', {})} />;
}

function SendButton({ desk: { draft, conversation, send } }: { readonly desk: ChatDesk }): ReactNode {
  const { t } = useTranslation('window');
  const { running, stop } = conversation;
  const name = running ? t('chats.stop') : t('chats.send');
  const Icon = running ? Square : ArrowUp;
  return (
    <button
      type="button"
      className="send"
      aria-label={name}
      title={name}
      disabled={!running && draft.text.trim() === ''}
      onClick={running ? stop : () => send()}
    >
      <Icon size={16} strokeWidth={1.8} aria-hidden />
    </button>
  );
}

/** The height of the field follows its text, up to some lines. */
function useHeightOf(input: RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = input.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, 180)}px`;
  }, [text]);
}
