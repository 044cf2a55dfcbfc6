import { Braces, FileCode2, FileText, type LucideIcon, NotebookText } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportFormat } from '../../contract/export.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient } from '../app/backend.ts';
import { Dialog } from './dialog.tsx';
import { useToast } from './toast.tsx';

const formats: readonly { readonly id: ExportFormat; readonly Icon: LucideIcon }[] = [
  { id: 'markdown', Icon: NotebookText },
  { id: 'pdf', Icon: FileText },
  { id: 'html', Icon: FileCode2 },
  { id: 'json', Icon: Braces },
];
/** What is done sooner is told only when it is done. */
const slowMs = 500;

export interface ExportDialogProps {
  /** Null: all chats. */
  readonly conversationIds: readonly string[] | null;
  readonly onClose: () => void;
}

/** What a chat, or all of them, is written as; where, main asks. */
export function ExportDialog({ conversationIds, onClose }: ExportDialogProps): ReactNode {
  const { t } = useTranslation('window');
  const run = useExport();
  const count = conversationIds?.length ?? 0;
  const title = conversationIds === null ? t('export.all') : t('export.title', { count });
  return (
    <Dialog label={title} className="export" onClose={onClose}>
      <h2>{title}</h2>
      <div className="export-formats">
        {formats.map(({ id, Icon }) => (
          <button
            key={id}
            type="button"
            className="export-format"
            onClick={() => {
              onClose();
              void run(conversationIds, id);
            }}
          >
            <Icon size={16} strokeWidth={1.6} aria-hidden />
            <b>{t(`export.format.${id}`)}</b>
            <span className="dim small">{t(`export.about.${id}`)}</span>
          </button>
        ))}
      </div>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
    </Dialog>
  );
}

function useExport() {
  const { t } = useTranslation('window');
  const client = useClient();
  const toast = useToast();
  const sayError = useSayError();
  const running = useRef(false);
  return async (conversationIds: readonly string[] | null, format: ExportFormat) => {
    running.current = true;
    // The dialog that asks where covers it meanwhile.
    const slow = setTimeout(
      () =>
        running.current &&
        toast({
          text: t('export.running'),
          stays: true,
          act: { name: t('cancel'), run: () => void client.request('chat.cancelExport', {}) },
        }),
      slowMs,
    );
    const ids = conversationIds === null ? null : [...conversationIds];
    const answer = await client.request('chat.export', { conversationIds: ids, format });
    running.current = false;
    clearTimeout(slow);
    if (!answer.ok) toast({ text: sayError(answer.error), ms: 8000 });
    else if (answer.value.status === 'stopped') toast(null);
    else toast({ text: t('export.done', { file: answer.value.fileName }) });
  };
}
