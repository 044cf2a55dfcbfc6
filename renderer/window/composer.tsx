import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { glyphLanguageOf } from '../../text/language.ts';
import { CompositionWatch } from '../overlay/composition.ts';
import { keepTooLongOut } from '../run/too-long.ts';

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

/** What is asked next in the main window. */
export function Composer(props: ComposerProps): ReactNode {
  const { text, editing, running, onTooLong, onSend, onStop } = props;
  const { t } = useTranslation('window');
  const composition = useRef(new CompositionWatch());
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => input.current?.focus(), []);
  useHeightOf(input, text);
  const onKeyDown = (event: KeyboardEvent) => {
    if (composition.current.owns(event.nativeEvent)) return;
    if (event.key === 'Enter' && !event.shiftKey) onSend();
    else if (event.key === 'Escape' && editing) props.onCancelEdit();
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
        onChange={(event) => props.onChange(event.target.value)}
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
