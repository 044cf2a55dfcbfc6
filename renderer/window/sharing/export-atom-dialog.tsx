import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../../contract/errors.ts';
import type { Author, ToldAtom } from '../../../contract/sharing.ts';
import { nameOf } from '../../../locales/say-atom.ts';
import { useClient } from '../../app/backend.ts';
import { Dialog } from '../dialog.tsx';
import { useToast } from '../toast.tsx';
import { useAtomWords } from './use-atom-words.ts';

export interface ExportAtomProps {
  readonly atom: ToldAtom;
  readonly onClose: () => void;
}

/** Names who made it, and writes the signed file where the person says. */
export function ExportAtomDialog({ atom, onClose }: ExportAtomProps): ReactNode {
  const { t } = useTranslation('window');
  const words = useAtomWords();
  const { author, name, setName, error, run } = useExportAtom(atom, onClose);
  const title = t('settings.sharing.exportTitle', { action: nameOf(words, atom) });
  return (
    <Dialog label={title} className="export-atom" onClose={onClose}>
      <form
        className="export-atom-form"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <h2>{title}</h2>
        <p className="dim">{t('settings.sharing.exportAbout')}</p>
        <label className="field-row">
          <span>{t('settings.sharing.yourName')}</span>
          <input
            className="field"
            data-first
            value={name}
            maxLength={60}
            aria-invalid={error !== null}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        {author !== null && (
          <p className="small dim">{t('settings.sharing.yourKey', { fingerprint: author.fingerprint })}</p>
        )}
        {error !== null && (
          <p className="refusal" role="alert">
            {words.error(error)}
          </p>
        )}
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" className="button primary" disabled={name.trim() === ''}>
            {t('settings.sharing.choosePlace')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function useExportAtom(atom: ToldAtom, onClose: () => void) {
  const { t } = useTranslation('window');
  const client = useClient();
  const toast = useToast();
  const [author, setAuthor] = useState<Author | null>(null);
  const [name, setName] = useState('');
  const [error, setError] = useState<AppErrorShape | null>(null);
  useEffect(() => {
    void client.request('sharing.author', {}).then((answer) => {
      if (!answer.ok || answer.value === null) return;
      setAuthor(answer.value);
      setName((typed) => typed || (answer.value?.name ?? ''));
    });
  }, [client]);
  const run = async () => {
    const answer = await client.request('atom.export', { atomId: atom.id, authorName: name });
    if (!answer.ok) return setError(answer.error);
    if (answer.value === null) return;
    toast({ text: t('export.done', { file: answer.value.fileName }) });
    onClose();
  };
  return { author, name, setName, error, run };
}
