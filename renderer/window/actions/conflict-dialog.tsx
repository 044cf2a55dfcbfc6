import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../dialog.tsx';
import type { Conflict } from './draft-store.ts';
import { LineChanges } from './line-changes.tsx';

export interface ConflictDialogProps {
  readonly conflict: Conflict;
  readonly name: string;
  /** What stands in the editor. */
  readonly mine: string;
  readonly onMine: () => void;
  readonly onTheirs: () => void;
  readonly onClose: () => void;
}

/** A file that somebody else saved meanwhile: both texts are there, and the person says which one stays. */
export function ConflictDialog({ conflict, name, mine, onMine, onTheirs, onClose }: ConflictDialogProps): ReactNode {
  const { t } = useTranslation('editor');
  const { there } = conflict;
  const isGone = there === null;
  return (
    <Dialog label={t('conflict.title', { name })} className="conflict" onClose={onClose}>
      <h2>{t('conflict.title', { name })}</h2>
      <p>{t(isGone ? 'conflict.gone' : 'conflict.about')}</p>
      {!isGone && (
        <>
          <h3 className="field-name">{t('conflict.changes')}</h3>
          <LineChanges before={there.text} after={mine} label={t('conflict.changes')} />
        </>
      )}
      <div className="dialog-foot">
        <button type="button" className="button" data-first onClick={onTheirs}>
          {t(isGone ? 'conflict.letGo' : 'conflict.theirs')}
        </button>
        <button type="button" className="button danger" onClick={onMine}>
          {t(isGone ? 'conflict.mineAgain' : 'conflict.mine')}
        </button>
      </div>
    </Dialog>
  );
}
