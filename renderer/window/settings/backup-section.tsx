import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSayError } from '../../answer/say-error.ts';
import { useClient, useMirror } from '../../app/backend.ts';
import { useToast } from '../toast.tsx';

/** All that is the person's in one file, and back. */
export function BackupSection(): ReactNode {
  const { t } = useTranslation('window');
  const { running, error, save, restore, cancel } = useBackups();
  return (
    <section className="settings-group" aria-label={t('settings.backup.name')}>
      <h2>{t('settings.backup.name')}</h2>
      <div className="setting-box">
        <div className="setting">
          <div className="setting-words">
            <b>{t('settings.backup.save')}</b>
            <p className="small dim">{t('settings.backup.saveAbout')}</p>
          </div>
          {running === null ? (
            <button type="button" className="button" onClick={() => void save()}>
              {t('settings.backup.saveButton')}
            </button>
          ) : (
            <button type="button" className="button" onClick={cancel}>
              {t('settings.backup.cancel', { percent: Math.floor((100 * running.done) / Math.max(1, running.total)) })}
            </button>
          )}
        </div>
        <div className="setting">
          <div className="setting-words">
            <b>{t('settings.backup.restore')}</b>
            <p className="small dim">{t('settings.backup.restoreAbout')}</p>
          </div>
          <button type="button" className="button" disabled={running !== null} onClick={() => void restore()}>
            {t('settings.backup.restoreButton')}
          </button>
        </div>
      </div>
      {error !== null && (
        <p className="refusal" role="alert">
          {error}
        </p>
      )}
    </section>
  );
}

function useBackups() {
  const { t } = useTranslation('window');
  const client = useClient();
  const toast = useToast();
  const sayError = useSayError();
  const [error, setError] = useState<string | null>(null);
  const running = useMirror('backingUp')?.running ?? null;
  const save = async () => {
    setError(null);
    const answer = await client.request('backup.save', {});
    if (!answer.ok) setError(sayError(answer.error));
    else if (answer.value !== null) toast({ text: t('settings.backup.saved', { file: answer.value.fileName }) });
  };
  const restore = async () => {
    setError(null);
    const answer = await client.request('backup.restore', {});
    if (!answer.ok) setError(sayError(answer.error));
  };
  return { running, error, save, restore, cancel: () => void client.request('backup.cancel', {}) };
}
