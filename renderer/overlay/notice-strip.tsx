import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape, ErrorCode } from '../../contract/errors.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { Key } from '../ui/key.tsx';
import { takeNotice } from './commands/attention.ts';
import { HotkeyChoices } from './hotkey-choices.tsx';

/** Something the person should know before they go on, with its one next step. */
export interface Notice {
  readonly error: AppErrorShape;
  /** Null: what the error itself offers, if it offers anything. */
  readonly act: (() => void) | null;
}

export function offersAStep({ act, error }: Notice): boolean {
  return act !== null || error.action !== undefined;
}

/** The most urgent notice of the moment: a refused request, no hotkey, a failed download, a file that was set aside. */
export function useNotice(requestError: AppErrorShape | null): Notice | null {
  const client = useClient();
  const shell = useMirror('shell');
  const jobs = useMirror('jobs');
  const notices = useMirror('notices');
  const open = (page: 'models' | 'settings') => () =>
    void client.request('window.open', { page, conversationId: null });
  if (requestError !== null) return { error: requestError, act: null };
  if (shell?.core === 'failed') {
    const error = shell.coreError ?? { code: 'app/internal' as const, message: 'core died too often' };
    return { error: { ...error, action: 'restart' }, act: () => void client.request('core.restart', {}) };
  }
  if (shell?.hotkey.error) return { error: shell.hotkey.error, act: open('settings') };
  const failed = jobs?.jobs.find(({ status }) => status === 'failed');
  if (failed?.error) return { error: failed.error, act: () => void client.request('job.resume', { jobId: failed.id }) };
  const notice = notices?.notices[0];
  if (notice !== undefined) {
    const error = { code: notice.code as ErrorCode, message: '', values: notice.values, action: 'understood' as const };
    return { error, act: () => void client.request('notice.seen', { id: notice.id }) };
  }
  if (shell?.settingsError) return { error: shell.settingsError, act: open('settings') };
  return null;
}

export interface NoticeStripProps {
  readonly notice: Notice;
  readonly platform: string;
  readonly onAct: () => void;
}

export function NoticeStrip({ notice, platform, onAct }: NoticeStripProps): ReactNode {
  const { t } = useTranslation('actions');
  const sayError = useSayError();
  return (
    <div className="note notice-strip" role="alert">
      <span>{sayError(notice.error)}</span>
      {notice.error.code === 'hotkey/refused' && <HotkeyChoices />}
      {offersAStep(notice) && (
        <>
          <button type="button" className="button" onClick={onAct}>
            {t(notice.error.action ?? 'open-settings')}
          </button>
          <Key keys={takeNotice.keys ?? ''} platform={platform} />
        </>
      )}
    </div>
  );
}
