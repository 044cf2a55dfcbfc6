import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Job, ModelRow } from '../../contract/model.ts';
import { formatBytes } from '../../locales/format.ts';
import { ModelAction } from './model-action.tsx';

interface MeaningModelsProps {
  readonly models: readonly ModelRow[];
  readonly jobs: readonly Job[];
  readonly onError: (error: AppErrorShape | null) => void;
}

/** Models that answer nothing: they tell which sentence of a text an answer says again. */
export function MeaningModels({ models, jobs, onError }: MeaningModelsProps): ReactNode {
  const { t } = useTranslation('window');
  if (models.length === 0) return null;
  return (
    <section aria-labelledby="meaning-models">
      <h2 id="meaning-models">{t('models.meaning.title')}</h2>
      <p className="dim">{t('models.meaning.about')}</p>
      <div className="table-scroll">
        <table className="models">
          <thead>
            <tr>
              {(['model', 'languages', 'licence', 'size', 'fit'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`models.column.${column}`)}
                </th>
              ))}
              <th scope="col">
                <span className="hidden-live">{t('models.column.action')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {models.map((model) => (
              <tr key={model.id}>
                <th scope="row">{model.name}</th>
                <td>{model.languages.join(' ')}</td>
                <td>{model.licence ?? t('models.unknown')}</td>
                <td className="numbers">{model.bytes === null ? '' : formatBytes(model.bytes)}</td>
                <td>
                  {model.fit !== null && (
                    <span className={`fit ${model.fit}`}>
                      {t(`models.fit.${model.fit}`, { need: formatBytes(model.needBytes ?? 0) })}
                    </span>
                  )}
                </td>
                <td className="model-action">
                  <ModelAction model={model} job={jobs.find(({ modelId }) => modelId === model.id)} onError={onError} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
