import { Pin } from 'lucide-react';
import { type CompositionEvent, type ReactNode, type RefObject, useLayoutEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { glyphLanguageOf } from '../../text/language.ts';
import { keepTooLongOut } from '../run/too-long.ts';
import { ActionIcon } from './action-icon.tsx';
import { EngineMark } from './engine-mark.tsx';
import { listId } from './row-list.tsx';
import type { FamilyName } from './rows.ts';

export interface AskLineProps {
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  readonly placeholder: string;
  readonly pinned: boolean;
  /** The action whose second step is shown; it stands before what is typed. */
  readonly step: FamilyName | null;
  /** Element id of the chosen row of the list below; null when there is no list. */
  readonly chosenRowId: string | null;
  readonly listsModels: boolean;
  readonly onModels: () => void;
  readonly onChange: (text: string) => void;
  /** What was pasted or dropped is too long, and was not taken. */
  readonly onTooLong: () => void;
  readonly onCompositionStart: () => void;
  readonly onCompositionEnd: (event: CompositionEvent) => void;
}

const longestShownPixels = 140;

/** The input line: it never moves, and grows downwards with Shift+Enter up to six lines. */
export function AskLine(props: AskLineProps): ReactNode {
  const { input, text, placeholder, pinned, step, chosenRowId } = props;
  const { t } = useTranslation('overlay');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = input.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, longestShownPixels)}px`;
  }, [text]);
  return (
    <div className="ask">
      {step !== null && (
        <span className="token">
          <ActionIcon name={step === 'rewrite' ? 'pencil-line' : 'languages'} size={14} />
          {t(`family.${step}`)}
        </span>
      )}
      <textarea
        ref={input}
        className="ask-input"
        dir="auto"
        rows={1}
        value={text}
        placeholder={placeholder}
        aria-label={placeholder}
        {...(chosenRowId === null ? {} : { 'aria-controls': listId, 'aria-activedescendant': chosenRowId })}
        lang={glyphLanguageOf(text)}
        spellCheck={false}
        onChange={(event) => props.onChange(event.target.value)}
        onPaste={(event) => keepTooLongOut(event, props.onTooLong)}
        onDrop={(event) => keepTooLongOut(event, props.onTooLong)}
        onCompositionStart={props.onCompositionStart}
        onCompositionEnd={props.onCompositionEnd}
      />
      {pinned && (
        <span className="pinned" role="img" aria-label={t('pinned')} title={t('pinned')}>
          <Pin size={14} strokeWidth={1.6} aria-hidden />
        </span>
      )}
      <EngineMark isOpen={props.listsModels} onToggle={props.onModels} />
    </div>
  );
}
