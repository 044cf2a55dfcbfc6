import { TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSayError } from '../answer/say-error.ts';
import { Key } from '../ui/key.tsx';
import { takeNotice } from './commands/attention.ts';
import { HotkeyChoices } from './hotkey-choices.tsx';
import { type Notice, offersAStep } from './use-notices.ts';

export interface NoticeStripProps {
  readonly notice: Notice;
  /** How many more there are behind it. */
  readonly others: number;
  readonly platform: string;
  readonly onAct: () => void;
  readonly onPutAway: () => void;
}

/** One quiet line under the input: the most urgent thing to know, what to do about it, and the way to put it away. */
export function NoticeStrip({ notice, others, platform, onAct, onPutAway }: NoticeStripProps): ReactNode {
  const { t } = useTranslation(['actions', 'overlay']);
  const sayError = useSayError();
  return (
    <div className="quiet notice-strip" role="alert">
      <TriangleAlert className="warn" size={14} strokeWidth={1.6} aria-hidden />
      <span className="quiet-text">
        {sayError(notice.error)}
        {others > 0 && <span className="faint"> {t('notice.more', { ns: 'overlay', count: others })}</span>}
      </span>
      {notice.error.code === 'hotkey/refused' && <HotkeyChoices />}
      {offersAStep(notice) && (
        <>
          <button type="button" className="button text" onClick={onAct}>
            {t(notice.error.action ?? 'open-settings')}
          </button>
          <Key keys={takeNotice.keys ?? ''} platform={platform} />
        </>
      )}
      <button
        type="button"
        className="put-away"
        aria-label={t('notice.putAway', { ns: 'overlay' })}
        title={t('notice.putAway', { ns: 'overlay' })}
        onClick={onPutAway}
      >
        <X size={14} strokeWidth={1.6} aria-hidden />
      </button>
    </div>
  );
}
