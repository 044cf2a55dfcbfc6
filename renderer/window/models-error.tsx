import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient } from '../app/backend.ts';

/** Why something could not be done on the page of models, with the step that helps where there is one. */
export function ModelsError({
  error,
  onDone,
}: {
  readonly error: AppErrorShape;
  readonly onDone: () => void;
}): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const sayError = useSayError();
  const unlock = async () => {
    const answer = await client.request('settings.set', { offline: false });
    if (answer.ok) onDone();
  };
  return (
    <p className="note danger" role="alert">
      <span>{sayError(error)}</span>
      {error.code === 'offline/locked' && (
        <button type="button" className="button" onClick={() => void unlock()}>
          {t('models.unlock')}
        </button>
      )}
      <button type="button" className="icon-button" aria-label={t('close')} title={t('close')} onClick={onDone}>
        <X size={14} strokeWidth={1.8} aria-hidden />
      </button>
    </p>
  );
}
