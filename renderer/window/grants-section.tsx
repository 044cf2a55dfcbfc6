import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Grant } from '../../contract/grant.ts';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { useClient, useMirror } from '../app/backend.ts';

/** What actions may do because the person agreed once, each with the way to take it back. */
export function GrantsSection(): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const grants = useMirror('grants')?.list ?? [];
  const takeBack = (id: string | null) => void client.request('grant.takeBack', { id });
  return (
    <section className="settings-group" aria-label={t('settings.grants.name')}>
      <h2>{t('settings.grants.name')}</h2>
      <p className="small dim">{t('settings.grants.about')}</p>
      <ul className="setting-box">
        {grants.length === 0 && <li className="setting dim">{t('settings.grants.none')}</li>}
        {grants.map((grant) => (
          <GrantRow key={grant.id} grant={grant} onTakeBack={() => takeBack(grant.id)} />
        ))}
      </ul>
      {grants.length > 1 && (
        <button type="button" className="button" onClick={() => takeBack(null)}>
          {t('settings.grants.takeAll')}
        </button>
      )}
    </section>
  );
}

function GrantRow({ grant, onTakeBack }: { readonly grant: Grant; readonly onTakeBack: () => void }): ReactNode {
  const { t, i18n } = useTranslation('window');
  const language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  const name = showHiddenInLine(grant.name[language]).slice(0, 80);
  const file = grant.file === null ? null : showHiddenInLine(grant.file);
  return (
    <li className="setting">
      <div className="setting-words">
        <b>{name}</b>
        <p className="small dim">
          {file === null ? t('settings.grants.notifies') : t('settings.grants.adds', { file })} ·{' '}
          {t('settings.grants.since', { day: dayOf(grant.at, language) })}
        </p>
      </div>
      <button
        type="button"
        className="button"
        aria-label={
          file === null
            ? t('settings.grants.takeBackNotify', { name })
            : t('settings.grants.takeBackOf', { name, file })
        }
        onClick={onTakeBack}
      >
        {t('settings.grants.takeBack')}
      </button>
    </li>
  );
}

function dayOf(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(at);
}
