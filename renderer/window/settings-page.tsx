import { type ReactNode, type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSayError } from '../answer/say-error.ts';
import { useMirror } from '../app/backend.ts';
import { SearchField } from './search-field.tsx';
import { FoundSettings } from './settings/found-settings.tsx';
import { type SectionId, sectionIcons, sections } from './settings/sections.ts';
import { SettingsOf } from './settings/settings-of.tsx';
import { ToastView } from './toast.tsx';

/** Settings in five sections: applied at once, each told with what a change costs, and found by what people call it. */
export function SettingsPage({ search }: { readonly search: RefObject<HTMLInputElement | null> }): ReactNode {
  const { t } = useTranslation('window');
  const [query, setQuery] = useState('');
  const [section, setSection] = useState<SectionId>('general');
  useRefusedHotkey(() => setSection('shortcuts'));
  const isSearching = query.trim() !== '';
  return (
    <div className="settings">
      <aside className="settings-nav" aria-label={t('settings.sections')}>
        <SearchField input={search} query={query} label={t('settings.find')} onChange={setQuery} />
        <SectionList
          at={isSearching ? null : section}
          onChoose={(id) => {
            setQuery('');
            setSection(id);
          }}
        />
      </aside>
      <div className="settings-body">
        <div className="settings-column">
          <Problems />
          {isSearching ? <FoundSettings query={query} /> : <SettingsOf key={section} section={section} />}
        </div>
        <ToastView />
      </div>
    </div>
  );
}

function SectionList({
  at,
  onChoose,
}: {
  readonly at: SectionId | null;
  readonly onChoose: (id: SectionId) => void;
}): ReactNode {
  const { t } = useTranslation('window');
  return (
    <nav className="section-list" aria-label={t('settings.sections')}>
      {sections.map((id) => {
        const Icon = sectionIcons[id];
        return (
          <button
            key={id}
            type="button"
            className={id === at ? 'section-button at' : 'section-button'}
            aria-current={id === at ? 'page' : undefined}
            onClick={() => onChoose(id)}
          >
            <Icon size={16} strokeWidth={1.6} aria-hidden />
            {t(`settings.section.${id}`)}
          </button>
        );
      })}
    </nav>
  );
}

/** A shortcut that the system refused is what one comes for. */
function useRefusedHotkey(show: () => void): void {
  const isRefused = useMirror('shell')?.hotkey.error != null;
  const revision = useMirror('navigation')?.revision;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time the page is asked for
  useEffect(() => {
    if (isRefused) show();
  }, [isRefused, revision]);
}

/** Files of the person's own that cannot be used, each with its reason, whichever section is open. */
function Problems(): ReactNode {
  const sayError = useSayError();
  const broken = useMirror('atoms')?.broken ?? [];
  return broken.map((error) => (
    <p key={error.message + JSON.stringify(error.values)} className="note danger" role="alert">
      {sayError(error)}
    </p>
  ));
}
