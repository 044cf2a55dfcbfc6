import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../../contract/errors.ts';
import type { Author } from '../../../contract/sharing.ts';
import { useSayError } from '../../answer/say-error.ts';
import { useClient } from '../../app/backend.ts';
import { Dialog } from '../dialog.tsx';

export interface AuthorDialogProps {
  readonly title: string;
  readonly about: string;
  readonly error: AppErrorShape | null;
  readonly onSubmit: (authorName: string) => void;
  readonly onClose: () => void;
  /** The buttons that stand beside the one that closes it; `isNameless` while nobody is named. */
  readonly buttons: (authorName: string, isNameless: boolean) => ReactNode;
}

/** Asks who made what is given away, whose name is signed into it, with the one that was given last time. */
export function AuthorDialog({ title, about, error, onSubmit, onClose, buttons }: AuthorDialogProps): ReactNode {
  const { t } = useTranslation('window');
  const sayError = useSayError();
  const { author, name, setName } = useAuthor();
  return (
    <Dialog label={title} className="export-atom" onClose={onClose}>
      <form
        className="export-atom-form"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit(name);
        }}
      >
        <h2>{title}</h2>
        <p className="dim">{about}</p>
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
            {sayError(error)}
          </p>
        )}
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            {t('cancel')}
          </button>
          {buttons(name, name.trim() === '')}
        </div>
      </form>
    </Dialog>
  );
}

function useAuthor() {
  const client = useClient();
  const [author, setAuthor] = useState<Author | null>(null);
  const [name, setName] = useState('');
  useEffect(() => {
    void client.request('sharing.author', {}).then((answer) => {
      if (!answer.ok || answer.value === null) return;
      setAuthor(answer.value);
      setName((typed) => typed || (answer.value?.name ?? ''));
    });
  }, [client]);
  return { author, name, setName };
}
