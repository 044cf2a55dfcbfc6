import { type ReactNode, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Result } from '../../contract/result.ts';
import type { SeenApplication } from '../../contract/routes/applications.ts';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { Segments } from './settings/controls.tsx';

/** What was seen of other applications, what may be done in each, and whether they tell of themselves by accessibility. */
export function ApplicationsSection(): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const sayError = useSayError();
  const applications = useMirror('applications')?.applications ?? [];
  const [error, setError] = useState<AppErrorShape | null>(null);
  const note = (answer: Result<unknown>) =>
    setError(answer.ok || answer.error.code === 'app/not-agreed' ? null : answer.error);
  const turn = async ({ name }: SeenApplication, on: boolean) =>
    note(await client.request(on ? 'application.allow' : 'application.forbid', { name }));
  const forget = async ({ name }: SeenApplication) => note(await client.request('application.forget', { name }));
  return (
    <section className="settings-group" aria-label={t('settings.applications.name')}>
      <p className="small dim">{t('settings.applications.about')}</p>
      {applications.length === 0 && <p className="small dim">{t('settings.applications.none')}</p>}
      <ul className="setting-box seen-applications">
        <Accessibility onAnswer={note} />
        {applications.map((seen) => (
          <SeenRow
            key={seen.name}
            seen={seen}
            onTurn={(on) => void turn(seen, on)}
            onForget={() => void forget(seen)}
          />
        ))}
      </ul>
      {error !== null && (
        <p className="note danger" role="alert">
          {sayError(error)}
        </p>
      )}
    </section>
  );
}

interface SeenRowProps {
  readonly seen: SeenApplication;
  readonly onTurn: (on: boolean) => void;
  readonly onForget: () => void;
}

function SeenRow({ seen, onTurn, onForget }: SeenRowProps): ReactNode {
  const { t } = useTranslation('window');
  const id = useId();
  const { label, reads, putsBack, asks, word, writes } = seen;
  const name = showHiddenInLine(label);
  // A terminal has nothing to choose: to offer "Always" there would say what is never done.
  const canChoose = writes !== false || asks || word !== null;
  const says = [
    ...(reads ? [t(canChoose ? 'settings.applications.reads' : 'settings.applications.readsOnly')] : []),
    ...(putsBack ? [t('settings.applications.putsBack')] : []),
    t('settings.applications.seen', { count: seen.seen }),
  ];
  // Where a key was tried, nothing has to be asked; where none was, writing is never taken for granted.
  const off = asks ? 'ask' : 'never';
  const isOn = asks ? word === 'always' : word !== 'never';
  return (
    <li className="setting">
      <div className="setting-words">
        <b>{name}</b>
        <p className="small dim">{says.join(' · ')}</p>
      </div>
      <button
        type="button"
        className="button"
        onClick={onForget}
        aria-label={t('settings.applications.forget', { name })}
      >
        {t('settings.applications.forgetShort')}
      </button>
      {canChoose && (
        <Segments
          id={id}
          label={t('settings.applications.may', { name })}
          value={isOn ? 'always' : off}
          choices={(['always', off] as const).map((value) => ({
            value,
            name: t(`settings.applications.word.${value}`),
          }))}
          onChange={(word) => onTurn(word === 'always')}
        />
      )}
    </li>
  );
}

/** One button that lets applications other than GTK's tell of themselves, and takes it back. */
function Accessibility({ onAnswer }: { readonly onAnswer: (answer: Result<unknown>) => void }): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const [isOn, setIsOn] = useState<boolean | null>(null);
  useEffect(() => {
    void client.request('accessibility.isOn', {}).then((answer) => setIsOn(answer.ok ? answer.value : null));
  }, [client]);
  if (isOn === null) return null;
  const turn = async () => {
    const answer = await client.request('accessibility.turn', { on: !isOn });
    onAnswer(answer);
    if (answer.ok && answer.value) setIsOn(!isOn);
  };
  return (
    <li className="setting">
      <div className="setting-words">
        <b>{t(isOn ? 'settings.applications.accessibilityOn' : 'settings.applications.accessibilityOff')}</b>
        <p className="small dim">{t('settings.applications.accessibilityAbout')}</p>
      </div>
      <button type="button" className="button" onClick={() => void turn()}>
        {t(isOn ? 'settings.applications.turnOff' : 'settings.applications.turnOn')}
      </button>
    </li>
  );
}
