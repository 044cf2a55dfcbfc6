import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import type { ServerFormState } from './use-server-form.ts';

interface ServerModelsProps {
  readonly form: ServerFormState;
  readonly isAdded: boolean;
}

/** The models to use of those that were found, and the button that keeps the server. */
export function ServerModels({ form, isAdded }: ServerModelsProps): ReactNode {
  const { t } = useTranslation('window');
  const { draft, models, stage } = form;
  const button = useRef<HTMLButtonElement>(null);
  // After a test the next press of Enter keeps what it found.
  useEffect(() => {
    if (!isAdded) button.current?.focus();
  }, [isAdded]);
  const pick = (model: string, on: boolean) =>
    form.change({ picked: on ? [...draft.picked, model] : draft.picked.filter((name) => name !== model) });
  return (
    <fieldset>
      <legend>{form.areFound ? t('servers.found', { count: models.length }) : t('servers.inUse')}</legend>
      <div className="server-models">
        {models.map((model) => (
          <label key={model} className="check">
            <input
              type="checkbox"
              checked={draft.picked.includes(model)}
              onChange={(event) => pick(model, event.target.checked)}
            />
            {showHiddenInLine(model)}
          </label>
        ))}
      </div>
      <button
        ref={button}
        type="button"
        className="button primary"
        onClick={() => void form.save(stage === 'doubtful')}
      >
        {t(saveLabel(isAdded, stage))}
      </button>
    </fieldset>
  );
}

function saveLabel(isAdded: boolean, stage: ServerFormState['stage']) {
  if (!isAdded) return 'servers.add';
  return stage === 'doubtful' ? 'servers.saveAnyway' : 'servers.save';
}
