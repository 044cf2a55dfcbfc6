import { useMemo } from 'react';
import type { AtomRow } from '../../contract/atom.ts';
import { useMirror } from '../app/backend.ts';
import type { NamedAction } from './rows.ts';

/** The actions on text in the shown language, last used first. */
export function useActions(language: string): readonly NamedAction[] {
  const atoms = useMirror('atoms')?.atoms;
  return useMemo(() => nameActions(atoms ?? [], language === 'zh-CN' ? 'zh-CN' : 'en'), [atoms, language]);
}

export function nameActions(atoms: readonly AtomRow[], language: 'en' | 'zh-CN'): readonly NamedAction[] {
  return [...atoms]
    .sort((one, other) => other.usedAt - one.usedAt)
    .map(({ id, name, hint, icon, output, family, usedAt, pinyinInitials }) => ({
      actionId: id,
      name: name[language],
      hint: hint?.[language] ?? '',
      icon,
      output,
      usedAt,
      family:
        family === undefined
          ? null
          : {
              of: family.of,
              name: family.name[language],
              hint: family.hint?.[language] ?? '',
              aliases: [family.name, family.hint].flatMap((both) => (both ? [both.en, both['zh-CN']] : [])),
            },
      aliases: [name.en, name['zh-CN'], pinyinInitials],
    }));
}
