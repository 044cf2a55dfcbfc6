import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMirror } from '../../app/backend.ts';
import { useEntries } from './entries.tsx';
import { parts } from './parts.tsx';
import { alsoCalled, isFound } from './search.ts';
import { sections } from './sections.ts';
import { EntryRow } from './settings-of.tsx';
import { useSettingWords } from './use-setting-words.ts';

/** What a search finds, by section; where another name of a setting was typed, that is shown. */
export function FoundSettings({ query }: { readonly query: string }): ReactNode {
  const { t } = useTranslation('window');
  const settings = useMirror('settings');
  const entries = useEntries();
  const words = useSettingWords();
  if (settings === undefined) return null;
  const finds = ({ name }: { readonly name: string }) => isFound(words.get(name) ?? { name, words: [] }, query);
  const found = [...entries, ...parts].filter(finds);
  const also = (name: string) => {
    const shown = ['name', 'about'].map((key) => t(`settings.${name}.${key}`, { defaultValue: '' }));
    return alsoCalled(shown, t(`settings.${name}.also`, { defaultValue: '' }), query);
  };
  return (
    <>
      <h1 className="hidden-live">{t('page.settings')}</h1>
      <p className="dim" role="status">
        {found.length === 0 ? t('settings.nothing') : t('settings.found', { count: found.length, query: query.trim() })}
      </p>
      {sections.map((section) => {
        const here = found.filter((one) => one.section === section);
        if (here.length === 0) return null;
        return (
          <section key={section} className="settings-group" aria-label={t(`settings.section.${section}`)}>
            <h2>{t(`settings.section.${section}`)}</h2>
            {here.map((one) => {
              const called = also(one.name);
              return (
                <div key={one.name} className="found">
                  {'Part' in one ? (
                    <one.Part />
                  ) : (
                    <div className="setting-box">
                      <EntryRow entry={one} settings={settings} />
                      {called !== null && <AlsoCalled names={called} query={query} />}
                    </div>
                  )}
                  {'Part' in one && called !== null && <AlsoCalled names={called} query={query} />}
                </div>
              );
            })}
          </section>
        );
      })}
    </>
  );
}

/** The other names of a setting, with what was searched for lit in them. */
function AlsoCalled({ names, query }: { readonly names: string; readonly query: string }): ReactNode {
  const { t } = useTranslation('window');
  const said = t('settings.also', { names });
  const [word = ''] = query.trim().toLowerCase().split(/\s+/);
  const at = word === '' ? -1 : said.toLowerCase().indexOf(word);
  return (
    <p className="found-also small dim">
      {at < 0 ? said : said.slice(0, at)}
      {at >= 0 && <mark>{said.slice(at, at + word.length)}</mark>}
      {at >= 0 && said.slice(at + word.length)}
    </p>
  );
}
