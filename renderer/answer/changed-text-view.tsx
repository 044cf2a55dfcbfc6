import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { languageOfText } from '../app/look.ts';
import { countChanges, diffWords } from './word-diff.ts';

/** A changed text, with what went struck through and what came marked. */
export function ChangedText({ before, after }: { readonly before: string; readonly after: string }): ReactNode {
  const { t } = useTranslation('common');
  const language = languageOfText(after);
  const pieces = useMemo(() => diffWords(before, after, language), [before, after, language]);
  return (
    <>
      <p className="dim small">{t('changes', { count: countChanges(pieces) })}</p>
      <div className="changed" lang={language}>
        {pieces.map(({ kind, text }, index) => {
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces never move
          if (kind === 'removed') return <del key={index}>{text}</del>;
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces never move
          if (kind === 'added') return <ins key={index}>{text}</ins>;
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces never move
          return <span key={index}>{text}</span>;
        })}
      </div>
    </>
  );
}
