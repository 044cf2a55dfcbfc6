import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { SettingsPatch } from '../../contract/settings.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { useModels } from '../app/use-models.ts';
import { ActionsSection } from './actions-section.tsx';
import { CardSection } from './card-section.tsx';
import { HotkeyField } from './hotkey-field.tsx';
import { RoutesSection } from './routes-section.tsx';

const sections = [
  ['actions', ActionsSection],
  ['routes', RoutesSection],
  ['card', CardSection],
] as const;

/** Settings: applied at once, each with its default and what a change costs. */
export function SettingsPage(): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const sayError = useSayError();
  const settings = useMirror('settings');
  const shell = useMirror('shell');
  const models = useModels().filter(({ installed }) => installed);
  const [query, setQuery] = useState('');
  const [error, setError] = useState<AppErrorShape | null>(null);
  if (settings === undefined || shell === undefined) return null;
  const change = async (patch: SettingsPatch) => {
    const answer = await client.request('settings.set', patch);
    setError(answer.ok ? null : answer.error);
  };
  const lower = query.trim().toLowerCase();
  const shows = (name: string) =>
    lower === '' ||
    [t(`settings.${name}.name`), t(`settings.${name}.about`, { defaultValue: '' })].some((words) =>
      words.toLowerCase().includes(lower),
    );
  const entries: readonly (readonly [string, (id: string) => ReactNode])[] = [
    ['hotkey', (id) => <HotkeyField id={id} onError={setError} />],
    [
      'language',
      (id) => (
        <Choice
          id={id}
          value={settings.language}
          options={['system', 'en', 'zh-CN']}
          part="language"
          onChange={(language) => void change({ language })}
        />
      ),
    ],
    [
      'theme',
      (id) => (
        <Choice
          id={id}
          value={settings.theme}
          options={['system', 'light', 'dark']}
          part="theme"
          onChange={(theme) => void change({ theme })}
        />
      ),
    ],
    [
      'model',
      (id) => (
        <select
          id={id}
          className="field"
          value={models.find(({ chosen }) => chosen)?.id ?? ''}
          onChange={(event) => void client.request('model.choose', { modelId: event.target.value })}
        >
          {models.length === 0 && <option value="">{t('settings.noModel')}</option>}
          {models.map(({ id: modelId, name, host }) => (
            <option key={modelId} value={modelId}>
              {host === null ? name : `${name} · ${host}`}
            </option>
          ))}
        </select>
      ),
    ],
    [
      'idle',
      (id) => (
        <input
          id={id}
          className="field numbers"
          type="number"
          min={0}
          max={1440}
          value={settings.idleMinutes}
          onChange={(event) =>
            event.target.value !== '' &&
            void change({ idleMinutes: Math.min(1440, Math.max(0, Math.round(Number(event.target.value)))) })
          }
        />
      ),
    ],
    [
      'copies',
      (id) => <Switch id={id} on={settings.fastCopies} onChange={(fastCopies) => void change({ fastCopies })} />,
    ],
    [
      'login',
      (id) => (
        <Switch id={id} on={settings.launchAtLogin} onChange={(launchAtLogin) => void change({ launchAtLogin })} />
      ),
    ],
    ['offline', (id) => <Switch id={id} on={settings.offline} onChange={(offline) => void change({ offline })} />],
  ];
  const shown = entries.filter(([name]) => shows(name));
  return (
    <div className="page-body settings">
      <h1>{t('page.settings')}</h1>
      <input
        className="field wide"
        type="search"
        value={query}
        placeholder={t('settings.find')}
        aria-label={t('settings.find')}
        spellCheck={false}
        onChange={(event) => setQuery(event.target.value)}
      />
      {error !== null && (
        <p className="note danger" role="alert">
          {sayError(error)}
        </p>
      )}
      {shown.map(([name, control]) => (
        <Entry key={name} name={name} control={control} />
      ))}
      {shown.length === 0 && !sections.some(([name]) => shows(name)) && <p className="dim">{t('settings.nothing')}</p>}
      {sections.map(([name, Section]) => shows(name) && <Section key={name} />)}
      <p className="small dim versions">
        {t('settings.versions', { electron: shell.runtime.electron, chrome: shell.runtime.chrome })}
      </p>
    </div>
  );
}

function Entry({ name, control }: { readonly name: string; readonly control: (id: string) => ReactNode }): ReactNode {
  const { t } = useTranslation('window');
  const id = useId();
  return (
    <div className="setting">
      <div>
        <label htmlFor={id}>{t(`settings.${name}.name`)}</label>
        <p className="small dim">{t(`settings.${name}.about`)}</p>
      </div>
      {control(id)}
    </div>
  );
}

interface ChoiceProps<Option extends string> {
  readonly id: string;
  readonly value: Option;
  readonly options: readonly Option[];
  readonly part: string;
  readonly onChange: (option: Option) => void;
}

function Choice<Option extends string>({ id, value, options, part, onChange }: ChoiceProps<Option>): ReactNode {
  const { t } = useTranslation('window');
  return (
    <select id={id} className="field" value={value} onChange={(event) => onChange(event.target.value as Option)}>
      {options.map((option) => (
        <option key={option} value={option}>
          {t(`settings.${part}.option.${option}` as string)}
        </option>
      ))}
    </select>
  );
}

function Switch({
  id,
  on,
  onChange,
}: {
  readonly id: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}): ReactNode {
  return (
    <input
      id={id}
      type="checkbox"
      role="switch"
      aria-checked={on}
      checked={on}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
}
