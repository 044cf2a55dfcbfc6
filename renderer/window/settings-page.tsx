import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Settings, SettingsPatch } from '../../contract/settings.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { useModels } from '../app/use-models.ts';
import { ActionsSection } from './actions-section.tsx';
import { ApplicationsSection } from './applications-section.tsx';
import { CardSection } from './card-section.tsx';
import { HotkeyField } from './hotkey-field.tsx';
import { RoutesSection } from './routes-section.tsx';

const sections = [
  ['actions', ActionsSection],
  ['applications', ApplicationsSection],
  ['routes', RoutesSection],
  ['card', CardSection],
] as const;

/** Settings: applied at once, each with its default and what a change costs. */
export function SettingsPage(): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const sayError = useSayError();
  const settings = useMirror('settings');
  const runtime = useMirror('shell')?.runtime;
  const [query, setQuery] = useState('');
  const [error, setError] = useState<AppErrorShape | null>(null);
  if (settings === undefined || runtime === undefined) return null;
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
  const controls = { settings, change: (patch: SettingsPatch) => void change(patch), onError: setError };
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
      {shown.map(([name, Control]) => (
        <Entry key={name} name={name} control={(id) => <Control id={id} {...controls} />} />
      ))}
      {shown.length === 0 && !sections.some(([name]) => shows(name)) && <p className="dim">{t('settings.nothing')}</p>}
      {sections.map(([name, Section]) => shows(name) && <Section key={name} />)}
      <p className="small dim versions">
        {t('settings.versions', { electron: runtime.electron, chrome: runtime.chrome })}
      </p>
    </div>
  );
}

interface ControlProps {
  readonly id: string;
  readonly settings: Settings;
  readonly change: (patch: SettingsPatch) => void;
  readonly onError: (error: AppErrorShape | null) => void;
}

/** The settings in their order, by the names of their words in `locales/`. */
const entries: readonly (readonly [string, (props: ControlProps) => ReactNode])[] = [
  ['hotkey', ({ id, onError }) => <HotkeyField id={id} onError={onError} />],
  ['language', LanguageChoice],
  ['theme', ThemeChoice],
  ['model', ModelChoice],
  ['idle', IdleMinutes],
  [
    'copies',
    ({ id, settings, change }) => (
      <Switch id={id} on={settings.fastCopies} onChange={(fastCopies) => change({ fastCopies })} />
    ),
  ],
  [
    'login',
    ({ id, settings, change }) => (
      <Switch id={id} on={settings.launchAtLogin} onChange={(launchAtLogin) => change({ launchAtLogin })} />
    ),
  ],
  [
    'offline',
    ({ id, settings, change }) => <Switch id={id} on={settings.offline} onChange={(offline) => change({ offline })} />,
  ],
];

function LanguageChoice({ id, settings, change }: ControlProps): ReactNode {
  const options = ['system', 'en', 'zh-CN'] as const;
  const onChange = (language: Settings['language']) => change({ language });
  return <Choice id={id} value={settings.language} options={options} part="language" onChange={onChange} />;
}

function ThemeChoice({ id, settings, change }: ControlProps): ReactNode {
  const options = ['system', 'light', 'dark'] as const;
  const onChange = (theme: Settings['theme']) => change({ theme });
  return <Choice id={id} value={settings.theme} options={options} part="theme" onChange={onChange} />;
}

function ModelChoice({ id }: ControlProps): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const models = useModels().filter(({ installed }) => installed);
  return (
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
  );
}

function IdleMinutes({ id, settings, change }: ControlProps): ReactNode {
  return (
    <input
      id={id}
      className="field numbers"
      type="number"
      min={0}
      max={1440}
      value={settings.idleMinutes}
      onChange={(event) =>
        event.target.value !== '' &&
        change({ idleMinutes: Math.min(1440, Math.max(0, Math.round(Number(event.target.value)))) })
      }
    />
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
