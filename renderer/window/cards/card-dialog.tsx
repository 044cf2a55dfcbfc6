import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../../contract/errors.ts';
import type { Author } from '../../../contract/sharing.ts';
import { useSayError } from '../../answer/say-error.ts';
import { useClient } from '../../app/backend.ts';
import { Dialog } from '../dialog.tsx';
import { useToast } from '../toast.tsx';

export interface CardDialogProps {
  readonly answerId: string;
  readonly onClose: () => void;
}

/** Names who made a card, and copies or writes it. */
export function CardDialog({ answerId, onClose }: CardDialogProps): ReactNode {
  const { t } = useTranslation('window');
  const sayError = useSayError();
  const { author, name, setName, busy, error, copy, save } = useCardOf(answerId, onClose);
  const isNameless = name.trim() === '' || busy;
  return (
    <Dialog label={t('card.title')} className="export-atom" onClose={onClose}>
      <form
        className="export-atom-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save('png');
        }}
      >
        <h2>{t('card.title')}</h2>
        <p className="dim">{t('card.about')}</p>
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
        <Foot isOff={isNameless} onClose={onClose} onPage={() => void save('html')} onCopy={() => void copy()} />
      </form>
    </Dialog>
  );
}

interface FootProps {
  readonly isOff: boolean;
  readonly onClose: () => void;
  readonly onPage: () => void;
  readonly onCopy: () => void;
}

function Foot({ isOff, onClose, onPage, onCopy }: FootProps): ReactNode {
  const { t } = useTranslation('window');
  return (
    <div className="dialog-foot">
      <button type="button" className="button" onClick={onClose}>
        {t('cancel')}
      </button>
      <button type="button" className="button" disabled={isOff} onClick={onPage}>
        {t('card.savePage')}
      </button>
      <button type="button" className="button" disabled={isOff} onClick={onCopy}>
        {t('card.copy')}
      </button>
      <button type="submit" className="button primary" disabled={isOff}>
        {t('card.savePicture')}
      </button>
    </div>
  );
}

function useCardOf(answerId: string, onClose: () => void) {
  const { t } = useTranslation('window');
  const client = useClient();
  const toast = useToast();
  const [author, setAuthor] = useState<Author | null>(null);
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppErrorShape | null>(null);
  useEffect(() => {
    void client.request('sharing.author', {}).then((answer) => {
      if (!answer.ok || answer.value === null) return;
      setAuthor(answer.value);
      setName((typed) => typed || (answer.value?.name ?? ''));
    });
  }, [client]);
  const done = (text: string) => {
    toast({ text });
    onClose();
  };
  const copy = async () => {
    setBusy(true);
    const answer = await client.request('card.copy', { answerId, authorName: name });
    setBusy(false);
    if (answer.ok) done(t('card.copied'));
    else setError(answer.error);
  };
  const save = async (format: 'png' | 'html') => {
    setBusy(true);
    const answer = await client.request('card.save', { answerId, authorName: name, format });
    setBusy(false);
    if (!answer.ok) return setError(answer.error);
    if (answer.value === null) return;
    const { fileName, beside } = answer.value;
    done(t(beside ? 'card.savedBeside' : 'card.saved', { file: fileName }));
  };
  return { author, name, setName, busy, error, copy, save };
}
