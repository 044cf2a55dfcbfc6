import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../../contract/errors.ts';
import { useClient } from '../../app/backend.ts';
import { AuthorDialog } from '../sharing/author-dialog.tsx';
import { useToast } from '../toast.tsx';

export interface CardDialogProps {
  readonly answerId: string;
  readonly onClose: () => void;
}

/** Names who made a card, and copies or writes it. */
export function CardDialog({ answerId, onClose }: CardDialogProps): ReactNode {
  const { t } = useTranslation('window');
  const { busy, error, copy, save } = useCardOf(answerId, onClose);
  return (
    <AuthorDialog
      title={t('card.title')}
      about={t('card.about')}
      error={error}
      onSubmit={(name) => void save(name, 'png')}
      onClose={onClose}
      buttons={(name, isNameless) => (
        <>
          <button
            type="button"
            className="button"
            disabled={isNameless || busy}
            onClick={() => void save(name, 'html')}
          >
            {t('card.savePage')}
          </button>
          <button type="button" className="button" disabled={isNameless || busy} onClick={() => void copy(name)}>
            {t('card.copy')}
          </button>
          <button type="submit" className="button primary" disabled={isNameless || busy}>
            {t('card.savePicture')}
          </button>
        </>
      )}
    />
  );
}

function useCardOf(answerId: string, onClose: () => void) {
  const { t } = useTranslation('window');
  const client = useClient();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppErrorShape | null>(null);
  const done = (text: string) => {
    toast({ text });
    onClose();
  };
  const copy = async (authorName: string) => {
    setBusy(true);
    const answer = await client.request('card.copy', { answerId, authorName });
    setBusy(false);
    if (answer.ok) done(t('card.copied'));
    else setError(answer.error);
  };
  const save = async (authorName: string, format: 'png' | 'html') => {
    setBusy(true);
    const answer = await client.request('card.save', { answerId, authorName, format });
    setBusy(false);
    if (!answer.ok) return setError(answer.error);
    if (answer.value === null) return;
    const { fileName, beside } = answer.value;
    done(t(beside ? 'card.savedBeside' : 'card.saved', { file: fileName }));
  };
  return { busy, error, copy, save };
}
