import { Check, File as FileIcon, FileText, FileX, Image, type LucideIcon, Plus, Sheet } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContextChip, FileFacts } from '../../contract/context.ts';
import { formatDuration } from '../../locales/format.ts';
import { sayFullExtent, sayNote, sayReading } from '../../locales/say-locator.ts';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient } from '../app/backend.ts';
import { BlockedFile } from './blocked-file.tsx';
import { focusInput, RemoveButton } from './remove-button.tsx';
import { ReaderStep, WaitingFile } from './waiting-file.tsx';

/** A file as a chip: being read, ready, or why it could not be. It goes by its cross, or by Delete. */
export function FileChip({
  chip,
  onPreview,
}: {
  readonly chip: ContextChip;
  readonly onPreview: () => void;
}): ReactNode {
  const { t } = useTranslation('overlay');
  const client = useClient();
  const { id, on, status, words, title } = chip;
  const remove = () => void client.request('context.remove', { chipId: id });
  const about = useAbout(chip);
  if (status === 'failed') return <FailedFile chip={chip} />;
  if (status === 'waiting') return <WaitingFile chip={chip} />;
  const onKeyDown = (event: KeyboardEvent) => {
    const removes = event.key === 'Delete' || event.key === 'Backspace';
    if (event.key !== 'Enter' && !removes) return;
    event.preventDefault();
    event.stopPropagation();
    if (removes) {
      focusInput(event.currentTarget);
      remove();
    } else if (status === 'ready') onPreview();
  };
  const Icon = iconOf(chip.file?.kind ?? null);
  return (
    <span className={on ? 'chip file on' : 'chip file'} data-status={status}>
      <button
        type="button"
        className="chip-main"
        data-chip={id}
        aria-pressed={on}
        aria-keyshortcuts="Delete"
        title={t('chip.helpFile')}
        onKeyDown={onKeyDown}
        onClick={() => void client.request('context.turn', { chipId: id, on: !on })}
      >
        <Icon size={14} strokeWidth={1.6} aria-hidden />
        <b className="chip-name">{showHiddenInLine(title ?? '')}</b>
        <span className="chip-about">
          {status === 'ready' ? [...about, t('chip.words', { count: words })].join(' · ') : about.join(' · ')}
        </span>
        {on && status === 'ready' && <Check className="chip-tick" size={12} strokeWidth={2} aria-hidden />}
      </button>
      {status === 'ready' && isForWantOfModel(chip) && <ReaderStep />}
      <RemoveButton label={t(status === 'reading' ? 'chip.cancel' : 'chip.remove')} onRemove={remove} />
      {status === 'reading' && <ReadingLine file={chip.file} />}
    </span>
  );
}

/** Whether pages of it wait for the model that reads pictures. */
function isForWantOfModel({ file }: ContextChip): boolean {
  return (file?.notes ?? []).some((note) => note.note === 'pages-unread' && note.why === 'no-model');
}

function iconOf(kind: FileFacts['kind']): LucideIcon {
  if (kind === null) return FileIcon;
  if (kind === 'picture') return Image;
  return kind === 'table' || kind === 'spreadsheet' ? Sheet : FileText;
}

/** Opens the file dialog. */
export function AddFile(): ReactNode {
  const { t } = useTranslation('overlay');
  const client = useClient();
  return (
    <button
      type="button"
      className="chip add"
      aria-label={t('command.file')}
      title={t('command.file')}
      onClick={() => void client.request('file.pick', {})}
    >
      <Plus size={14} strokeWidth={1.6} aria-hidden />
    </button>
  );
}

function useAbout({ file, status }: ContextChip): readonly string[] {
  const { t, i18n } = useTranslation('overlay');
  const extent = file?.extent ?? null;
  const pictures = file?.pictures;
  if (status === 'reading' && pictures !== undefined) {
    const { read, total, leftMs } = pictures;
    if (leftMs === null || read === total) return [t('chip.readingPages', { read, total })];
    const left = formatDuration(leftMs / 1000, i18n.language === 'zh-CN' ? 'zh-CN' : 'en');
    return [t('chip.readingPagesLeft', { read, total, left })];
  }
  if (status === 'reading') return [extent === null ? t('chip.reading') : sayReading(t, extent)];
  const notes = (file?.notes ?? []).map((note) => sayNote(t, note));
  return extent === null ? notes : [sayFullExtent(t, extent), ...notes];
}

/** How far the reading is; without a number it only moves. */
function ReadingLine({ file }: { readonly file: FileFacts | undefined }): ReactNode {
  const extent = file?.pictures ?? file?.extent ?? null;
  const share = extent === null || extent.total === 0 ? null : extent.read / extent.total;
  return share === null ? (
    <span className="chip-line moving" aria-hidden />
  ) : (
    <span className="chip-line" aria-hidden style={{ width: `${Math.round(share * 100)}%` }} />
  );
}

/** A file that cannot be read: its name with a red edge, and why on focus. A click chooses another one. */
function FailedFile({ chip }: { readonly chip: ContextChip }): ReactNode {
  const { t } = useTranslation('overlay');
  const client = useClient();
  const sayError = useSayError();
  if (chip.cause === null) return null;
  return (
    <BlockedFile
      chip={chip}
      state="failed"
      icon={FileX}
      about={t('chip.bad')}
      why={sayError(chip.cause)}
      help={t('chip.another')}
      onClick={() => void client.request('file.pick', {})}
    />
  );
}
