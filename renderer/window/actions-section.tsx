import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useMirror } from '../app/backend.ts';
import { ActionKey } from './action-key.tsx';

/** Keys of single actions, those that are set alone; and where a person's own actions go. */
export function ActionsSection(): ReactNode {
  const { t, i18n } = useTranslation('window');
  const state = useMirror('atoms');
  const hotkeys = useMirror('settings')?.actionHotkeys ?? {};
  const [added, setAdded] = useState<string | null>(null);
  if (state === undefined) return null;
  const language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  const own = state.atoms.filter(({ builtIn }) => !builtIn).map(({ name }) => name[language]);
  const hasKey = (id: string) => Object.hasOwn(hotkeys, id) || id === added;
  const others = state.atoms.filter(({ id }) => !hasKey(id));
  return (
    <section className="settings-group" aria-label={t('settings.actions.name')}>
      <h2>{t('settings.actions.name')}</h2>
      <ul className="setting-box action-keys">
        {state.atoms.map(
          ({ id, name }) =>
            hasKey(id) && (
              <ActionKey
                key={id}
                actionId={id}
                name={name[language]}
                isNew={id === added}
                onRemoved={() => setAdded(null)}
              />
            ),
        )}
        <AddKey others={others.map(({ id, name }) => ({ id, name: name[language] }))} onAdd={setAdded} />
        <OwnActions names={own} />
      </ul>
    </section>
  );
}

interface AddKeyProps {
  readonly others: readonly { readonly id: string; readonly name: string }[];
  readonly onAdd: (id: string) => void;
}

/** Takes an action onto the list, which then waits for its key. */
function AddKey({ others, onAdd }: AddKeyProps): ReactNode {
  const { t } = useTranslation('window');
  const id = useId();
  return (
    <li className="setting">
      <div className="setting-words">
        <label htmlFor={id}>{t('settings.actions.add')}</label>
        <p className="small dim">{t('settings.actions.without', { count: others.length })}</p>
      </div>
      <select id={id} className="field select add-key" value="" onChange={(event) => onAdd(event.target.value)}>
        <option value="">{t('settings.actions.pick')}</option>
        {others.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </li>
  );
}

/** Files of the person's own, which are actions too. */
function OwnActions({ names: own }: { readonly names: readonly string[] }): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  return (
    <li className="setting">
      <div className="setting-words">
        <span>{t('settings.actions.ownName')}</span>
        <p className="small dim">
          {own.length === 0 ? t('settings.actions.none') : t('settings.actions.own', { names: own.join(', ') })}
        </p>
      </div>
      <span className="more">
        <button
          type="button"
          className="button"
          onClick={() => void client.request('window.open', { page: 'actions', conversationId: null })}
        >
          {t('settings.actions.make')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => void client.request('folder.show', { folder: 'atoms' })}
        >
          {t('settings.actions.folder')}
        </button>
      </span>
    </li>
  );
}
