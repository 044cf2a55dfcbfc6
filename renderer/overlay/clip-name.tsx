import { ClipboardList, Files, FileText, Image, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clip } from '../../contract/clips.ts';
import type { ClipboardContent } from '../../contract/desktop.ts';
import { formatBytes } from '../../locales/format.ts';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { glyphLanguageOf } from '../../text/language.ts';

export const clipIcons: Readonly<Record<ClipboardContent, LucideIcon>> = {
  text: ClipboardList,
  'rich-text': FileText,
  image: Image,
  files: Files,
  secret: ClipboardList,
  other: ClipboardList,
};

/** A copy by the beginning of its text, a picture by its size. */
export function ClipName({ clip }: { readonly clip: Clip }): ReactNode {
  const { t } = useTranslation('overlay');
  const { content, preview, size, files, bytes } = clip;
  const pixels = size === null ? [] : [`${size.width} × ${size.height}`];
  const kind = content === 'files' ? t('clips.files', { count: files }) : t(`clips.content.${content}`);
  const told = preview === '' ? [...pixels, formatBytes(bytes)] : content === 'text' ? [] : [kind];
  return (
    <span className="row-name">
      <span className="row-title" lang={glyphLanguageOf(preview)}>
        {preview === '' ? kind : showHiddenInLine(preview)}
      </span>
      {told.length > 0 && <span className="row-hint">{told.join(' · ')}</span>}
    </span>
  );
}
