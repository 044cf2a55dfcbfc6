import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useMirror } from '../../app/backend.ts';

/** How the clipboard's history is, and how to be rid of it. */
export function ClipsSection(): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const clips = useMirror('clips');
  if (clips === undefined || clips.status === 'off') return null;
  const { status, count, leftOut } = clips;
  const isTrouble = status !== 'on' && status !== 'starting';
  return (
    <section className="settings-group" aria-label={t('settings.clips.name')}>
      <div className="setting-box">
        <div className="setting">
          <div className="setting-words">
            <b>{t('settings.clips.name')}</b>
            <p className={isTrouble ? 'refusal' : 'small dim'} role="status">
              {isTrouble ? t(`settings.clips.status.${status}`) : t('settings.clips.kept', { count })}
            </p>
            {leftOut !== null && <p className="small dim">{t(`settings.clips.leftOut.${leftOut}`)}</p>}
          </div>
          {isTrouble && (
            <button type="button" className="button" onClick={() => void client.request('clips.again', {})}>
              {t('settings.clips.again')}
            </button>
          )}
          <button type="button" className="button danger" onClick={() => void client.request('clips.clear', {})}>
            {t('settings.clips.clear')}
          </button>
        </div>
      </div>
    </section>
  );
}
