import { Monitor, Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../contract/settings.ts';
import type { ShellState } from '../../../contract/shell.ts';
import { useClient, useMirror } from '../../app/backend.ts';
import { isThisMachine } from '../../app/this-machine.ts';
import { useModels } from '../../app/use-models.ts';
import { HotkeyField } from '../hotkey-field.tsx';
import { type NamedSize, namedSizes, sizeName } from '../text-size.ts';
import { ClipNumber } from './clip-number.tsx';
import { Segments, Select, Switch } from './controls.tsx';
import { PrivateNames } from './private-names.tsx';
import type { SectionId } from './sections.ts';
import type { ControlProps } from './setting.tsx';
import { ShowFirst } from './show-first.tsx';

type SwitchKey = 'clipboardHistory' | 'fastCopies' | 'fileMenus' | 'launchAtLogin' | 'offline' | 'pseudonyms';
type ChoiceKey = 'theme' | 'language';

/** One setting, where it stands, and what it is unless it was changed. */
export interface SettingEntry {
  readonly name: string;
  readonly section: SectionId;
  /** Settings of one group stand together under its name, `settings.group.<group>`. */
  readonly group: string;
  readonly Control: (props: ControlProps) => ReactNode;
  /** The key and the value of the default; `option`: the name of that value, under `settings.<name>.option`. */
  readonly usual?: { readonly key: keyof Settings; readonly value: Settings[keyof Settings]; readonly option: string };
  /** Names of its options, which a search finds too. */
  readonly options?: readonly string[];
  /** Whether it can be set on this system; left out where it can on all. */
  readonly isHere?: (shell: ShellState) => boolean;
}

const themes = ['system', 'light', 'dark'] as const;
const languages = ['system', 'en', 'zh-CN'] as const;
const sizes = Object.keys(namedSizes) as readonly NamedSize[];
const minutes = [0, 2, 5, 10, 30, 60] as const;
const onOff = (key: SwitchKey, value: boolean) => ({ key, value, option: value ? 'on' : 'off' });

/** Gives the settings that can be set on this system. */
export function useEntries(): readonly SettingEntry[] {
  const shell = useMirror('shell');
  return entries.filter(({ isHere }) => isHere === undefined || (shell !== undefined && isHere(shell)));
}

export const entries: readonly SettingEntry[] = [
  {
    name: 'theme',
    section: 'general',
    group: 'look',
    Control: ThemeChoice,
    usual: { key: 'theme', value: 'system', option: 'system' },
    options: themes,
  },
  {
    name: 'textPercent',
    section: 'general',
    group: 'look',
    Control: SizeChoice,
    usual: { key: 'textPercent', value: 100, option: 'normal' },
    options: sizes,
  },
  {
    name: 'language',
    section: 'general',
    group: 'look',
    Control: LanguageChoice,
    usual: { key: 'language', value: 'system', option: 'system' },
    options: languages,
  },
  {
    name: 'login',
    section: 'general',
    group: 'computer',
    Control: (props) => <OnOff {...props} of="launchAtLogin" />,
    usual: onOff('launchAtLogin', false),
  },
  {
    name: 'fileMenus',
    section: 'general',
    group: 'computer',
    Control: (props) => <OnOff {...props} of="fileMenus" />,
    usual: onOff('fileMenus', false),
    isHere: ({ fileMenus }) => fileMenus === 'own',
  },
  {
    name: 'hotkey',
    section: 'shortcuts',
    group: 'call',
    Control: ({ id, onError }) => <HotkeyField id={id} onError={onError} />,
  },
  { name: 'model', section: 'models', group: 'answers', Control: ModelChoice },
  {
    name: 'idle',
    section: 'models',
    group: 'memory',
    Control: IdleMinutes,
    usual: { key: 'idleMinutes', value: 10, option: '10' },
  },
  {
    name: 'copies',
    section: 'models',
    group: 'memory',
    Control: (props) => <OnOff {...props} of="fastCopies" />,
    usual: onOff('fastCopies', true),
  },
  {
    name: 'offline',
    section: 'privacy',
    group: 'lock',
    Control: (props) => <OnOff {...props} of="offline" />,
    usual: onOff('offline', false),
  },
  {
    name: 'pseudonyms',
    section: 'privacy',
    group: 'outside',
    Control: (props) => <OnOff {...props} of="pseudonyms" />,
    usual: onOff('pseudonyms', true),
  },
  { name: 'privateNames', section: 'privacy', group: 'outside', Control: PrivateNames },
  {
    name: 'showFirst',
    section: 'privacy',
    group: 'outside',
    Control: ShowFirst,
    usual: { key: 'showFirst', value: 'asked', option: 'asked' },
    options: ['asked', 'some', 'all'],
  },
  {
    name: 'clipboardHistory',
    section: 'privacy',
    group: 'clipboard',
    Control: (props) => <OnOff {...props} of="clipboardHistory" />,
    usual: onOff('clipboardHistory', false),
  },
  {
    name: 'clipboardItems',
    section: 'privacy',
    group: 'clipboard',
    Control: (props) => <ClipNumber {...props} of="clipboardItems" choices={[20, 50, 100, 200]} />,
    usual: { key: 'clipboardItems', value: 50, option: '50' },
  },
  {
    name: 'clipboardDays',
    section: 'privacy',
    group: 'clipboard',
    Control: (props) => <ClipNumber {...props} of="clipboardDays" choices={[1, 7, 30, 90]} />,
    usual: { key: 'clipboardDays', value: 7, option: '7' },
  },
];

function OnOff({ id, settings, change, of }: ControlProps & { readonly of: SwitchKey }): ReactNode {
  const { t } = useTranslation('window');
  const onChange = (on: boolean) => change({ [of]: on }, t(on ? 'settings.option.on' : 'settings.option.off'));
  return <Switch id={id} on={settings[of]} onChange={onChange} />;
}

const themeIcons = { system: Monitor, light: Sun, dark: Moon } as const;

function ThemeChoice({ id, settings, change }: ControlProps): ReactNode {
  const { t } = useTranslation('window');
  const name = (option: string) => t(`settings.theme.option.${option}` as string);
  return (
    <Segments
      id={id}
      label={t('settings.theme.name')}
      value={settings.theme}
      choices={themes.map((value) => ({ value, name: name(value), Icon: themeIcons[value] }))}
      onChange={(theme) => change({ theme }, name(theme))}
    />
  );
}

function SizeChoice({ id, settings, change }: ControlProps): ReactNode {
  const { t } = useTranslation('window');
  const name = (option: string) => t(`settings.textPercent.option.${option}` as string);
  return (
    <Segments
      id={id}
      label={t('settings.textPercent.name')}
      value={sizeName(settings.textPercent)}
      choices={sizes.map((value) => ({ value, name: name(value) }))}
      onChange={(size) => change({ textPercent: namedSizes[size] }, name(size))}
    />
  );
}

function LanguageChoice({ id, settings, change }: ControlProps): ReactNode {
  const { t } = useTranslation('window');
  const key: ChoiceKey = 'language';
  const name = (option: string) => t(`settings.language.option.${option}` as string);
  return (
    <Select
      id={id}
      label={t('settings.language.name')}
      value={settings[key]}
      choices={languages.map((value) => ({ value, name: name(value) }))}
      onChange={(language) => change({ language }, name(language))}
    />
  );
}

function ModelChoice({ id }: ControlProps): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const models = useModels().filter(({ installed }) => installed);
  const placeName = (host: string) => (isThisMachine(host) ? t('chats.hereServer') : host);
  const named = models.map((model) => ({
    value: model.id,
    name: model.kind === 'server' ? `${model.name} · ${placeName(model.host)}` : model.name,
  }));
  return (
    <Select
      id={id}
      label={t('settings.model.name')}
      value={models.find(({ chosen }) => chosen)?.id ?? ''}
      choices={named.length === 0 ? [{ value: '', name: t('settings.noModel') }] : named}
      onChange={(modelId) => void client.request('model.choose', { modelId })}
    />
  );
}

function IdleMinutes({ id, settings, change }: ControlProps): ReactNode {
  const { t } = useTranslation('window');
  const { idleMinutes } = settings;
  const name = (count: number) => (count === 0 ? t('settings.idle.never') : t('settings.idle.minutes', { count }));
  // A number of one's own, from the file, is kept.
  const all = [...new Set([...minutes, idleMinutes])].sort((one, other) => one - other);
  return (
    <Select
      id={id}
      label={t('settings.idle.name')}
      value={String(idleMinutes)}
      choices={all.map((count) => ({ value: String(count), name: name(count) }))}
      onChange={(value) => change({ idleMinutes: Number(value) }, name(Number(value)))}
    />
  );
}
