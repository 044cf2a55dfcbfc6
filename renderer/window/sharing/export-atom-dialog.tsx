import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../../contract/errors.ts';
import type { ToldAtom } from '../../../contract/sharing.ts';
import { nameOf } from '../../../locales/say-atom.ts';
import { useClient } from '../../app/backend.ts';
import { useToast } from '../toast.tsx';
import { AuthorDialog } from './author-dialog.tsx';
import { useAtomWords } from './use-atom-words.ts';

export interface ExportAtomProps {
  readonly atom: ToldAtom;
  readonly onClose: () => void;
}

/** Names who made it, and writes the signed file where the person says. */
export function ExportAtomDialog({ atom, onClose }: ExportAtomProps): ReactNode {
  const { t } = useTranslation('window');
  const words = useAtomWords();
  const client = useClient();
  const toast = useToast();
  const [error, setError] = useState<AppErrorShape | null>(null);
  const run = async (authorName: string) => {
    const answer = await client.request('atom.export', { atomId: atom.id, authorName });
    if (!answer.ok) return setError(answer.error);
    if (answer.value === null) return;
    toast({ text: t('export.done', { file: answer.value.fileName }) });
    onClose();
  };
  return (
    <AuthorDialog
      title={t('settings.sharing.exportTitle', { action: nameOf(words, atom) })}
      about={t('settings.sharing.exportAbout')}
      error={error}
      onSubmit={(name) => void run(name)}
      onClose={onClose}
      buttons={(_, isNameless) => (
        <button type="submit" className="button primary" disabled={isNameless}>
          {t('settings.sharing.choosePlace')}
        </button>
      )}
    />
  );
}
