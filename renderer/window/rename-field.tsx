import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { glyphLanguageOf } from '../../text/language.ts';
import { useClient } from '../app/backend.ts';
import { CompositionWatch } from '../overlay/composition.ts';

export interface RenameFieldProps {
  readonly id: string;
  readonly title: string;
  readonly className: string;
  readonly onDone: () => void;
}

const longestTitle = 200;

/** The name of a chat while it is changed: Enter or leaving it keeps what stands there, Escape what stood there. */
export function RenameField({ id, title, className, onDone }: RenameFieldProps): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const input = useRef<HTMLInputElement>(null);
  const composition = useRef(new CompositionWatch());
  const isDone = useRef(false);
  const [draft, setDraft] = useState(title);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const end = (keeps: boolean) => {
    if (isDone.current) return;
    isDone.current = true;
    const clean = draft.trim();
    if (keeps && clean !== '' && clean !== title)
      void client.request('conversation.rename', { conversationId: id, title: clean.slice(0, longestTitle) });
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (composition.current.owns(event.nativeEvent)) return;
    if (event.key === 'Enter') end(true);
    else if (event.key === 'Escape') end(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <input
      ref={input}
      className={className}
      value={draft}
      maxLength={longestTitle}
      aria-label={t('chats.rename')}
      lang={glyphLanguageOf(draft)}
      spellCheck={false}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => end(true)}
      onKeyDown={onKeyDown}
      onCompositionStart={() => composition.current.start()}
      onCompositionEnd={(event) => composition.current.end(event.timeStamp)}
    />
  );
}
