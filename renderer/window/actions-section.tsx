import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { ActionKey } from './action-key.tsx';

/** The actions there are, where a person's own go, and the files of theirs that cannot be used, each with its reason. */
export function ActionsSection(): ReactNode {
  const { t, i18n } = useTranslation('window');
  const client = useClient();
  const sayError = useSayError();
  const state = useMirror('atoms');
  const [error, setError] = useState<AppErrorShape | null>(null);
  const [profile, setProfile] = useState<string | null>(null);
  useEffect(() => {
    void client.request('core.info', {}).then((answer) => {
      if (answer.ok) setProfile(answer.value.profile);
    });
  }, [client]);
  if (state === undefined) return null;
  const language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  const own = state.atoms.filter(({ builtIn }) => !builtIn).map(({ name }) => name[language]);
  return (
    <section aria-label={t('settings.actions.name')}>
      <div className="setting">
        <div>
          <h2>{t('settings.actions.name')}</h2>
          <p className="small dim">
            {t('settings.actions.about')}
            {profile !== null && <code>{`${profile}/atoms`}</code>}
          </p>
          <p className="small">
            {own.length === 0 ? t('settings.actions.none') : t('settings.actions.own', { names: own.join(', ') })}
          </p>
        </div>
      </div>
      <ul className="action-keys">
        {state.atoms.map(({ id, name }) => (
          <ActionKey key={id} actionId={id} name={name[language]} onError={setError} />
        ))}
      </ul>
      {error !== null && (
        <p className="note danger" role="alert">
          {sayError(error)}
        </p>
      )}
      {state.broken.map((error) => (
        <p key={error.message + JSON.stringify(error.values)} className="note danger" role="alert">
          {sayError(error)}
        </p>
      ))}
    </section>
  );
}
