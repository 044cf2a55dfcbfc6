import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageState } from '../../contract/conversation.ts';
import type { AppErrorShape, ErrorAction } from '../../contract/errors.ts';
import { countWords } from '../../text/words.ts';
import { useSayError } from './say-error.ts';

export interface EndingProps {
  readonly state: Exclude<MessageState, 'growing' | 'complete'>;
  readonly text: string;
  readonly error: AppErrorShape | null;
  /** Its one next step; `null` for an answer that others have followed. */
  readonly step: ErrorAction | null;
  readonly onAction: (action: ErrorAction) => void;
}

/** What a stopped, cut or failed answer says of itself, with its one next step. The text above it stays. */
export function Ending({ state, text, error, step, onAction }: EndingProps): ReactNode {
  const { t } = useTranslation(['common', 'actions']);
  const sayError = useSayError();
  const words = countWords(text);
  const fallback = state === 'stopped' ? t('ending.stopped', { count: words }) : t('ending.cut', { count: words });
  return (
    <div
      className={state === 'stopped' ? 'stopped ending' : state === 'failed' ? 'note danger ending' : 'note ending'}
      role={state === 'stopped' ? undefined : 'alert'}
    >
      <span>{error === null ? fallback : sayError(error)}</span>
      {step !== null && (
        <button type="button" className="button" onClick={() => onAction(step)}>
          {t(step, { ns: 'actions' })}
        </button>
      )}
    </div>
  );
}
