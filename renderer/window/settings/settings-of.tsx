import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings, SettingsPatch } from '../../../contract/settings.ts';
import { useMirror } from '../../app/backend.ts';
import { type SettingEntry, useEntries } from './entries.tsx';
import { parts } from './parts.tsx';
import type { SectionId } from './sections.ts';
import { type Default, Setting } from './setting.tsx';

/** One section: its settings in groups, then its parts. */
export function SettingsOf({ section }: { readonly section: SectionId }): ReactNode {
  const { t } = useTranslation('window');
  const settings = useMirror('settings');
  const entries = useEntries();
  if (settings === undefined) return null;
  const own = entries.filter((entry) => entry.section === section);
  const groups = [...new Set(own.map(({ group }) => group))];
  return (
    <>
      {/* What it is about is told by the name under its mark. */}
      <h1 className={section === 'about' ? 'hidden-live' : undefined}>{t(`settings.section.${section}`)}</h1>
      {groups.map((group) => (
        <section key={group} className={`settings-group group-${group}`} aria-label={t(`settings.group.${group}`)}>
          {groups.indexOf(group) > 0 && <h2>{t(`settings.group.${group}`)}</h2>}
          <div className="setting-box">
            {own.map(
              (entry) => entry.group === group && <EntryRow key={entry.name} entry={entry} settings={settings} />,
            )}
          </div>
        </section>
      ))}
      {parts.map(({ name, section: of, Part }) => of === section && <Part key={name} />)}
    </>
  );
}

export interface EntryRowProps {
  readonly entry: SettingEntry;
  readonly settings: Settings;
}

export function EntryRow({ entry, settings }: EntryRowProps): ReactNode {
  const { t } = useTranslation('window');
  const { name, usual, Control } = entry;
  const isUsual = usual === undefined || settings[usual.key] === usual.value;
  const changedFrom: Default | null = isUsual
    ? null
    : {
        patch: { [usual.key]: usual.value } as SettingsPatch,
        said: t([`settings.${name}.option.${usual.option}`, `settings.option.${usual.option}`, `settings.value`], {
          value: usual.option,
        }),
      };
  return <Setting name={name} settings={settings} changedFrom={changedFrom} Control={Control} />;
}
