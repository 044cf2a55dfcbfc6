import { useTranslation } from 'react-i18next';
import { entries } from './entries.tsx';
import { parts } from './parts.tsx';
import type { SettingWords } from './search.ts';

const languages = ['en', 'zh-CN'] as const;

/** What each setting can be found by, in both languages, whichever is shown. */
export function useSettingWords(): ReadonlyMap<string, SettingWords> {
  const { i18n } = useTranslation('window');
  const say = (key: string) =>
    languages.map((lng) => i18n.t(key, { ns: 'window', lng, defaultValue: '' })).filter((words) => words !== '');
  const all = [...entries, ...parts].map((entry) => {
    const { name } = entry;
    const options = 'options' in entry ? (entry.options ?? []) : [];
    const keys = ['name', 'about', 'also', ...options.map((option) => `option.${option}`)];
    return [name, { name, words: keys.flatMap((key) => say(`settings.${name}.${key}`)) }] as const;
  });
  return new Map(all);
}
