import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Job } from '../../contract/job.ts';
import type { ModelRow } from '../../contract/model.ts';
import { formatBytes } from '../../locales/format.ts';
import { ModelAction } from './model-action.tsx';

export interface ModelTableProps {
  readonly models: readonly ModelRow[];
  readonly jobs: readonly Job[];
  readonly onError: (error: AppErrorShape | null) => void;
  /** Whether they answer, so that their speed tells something. */
  readonly withSpeed: boolean;
}

/** Models with what a person chooses by, and what can be done with each. */
export function ModelTable({ models, jobs, onError, withSpeed }: ModelTableProps): ReactNode {
  const { t } = useTranslation('window');
  const columns = ['model', 'languages', 'licence', 'size', 'fit', ...(withSpeed ? (['speed'] as const) : [])] as const;
  return (
    <div className="table-scroll">
      <table className="models">
        <thead>
          <tr>
            {columns.map((column) => (
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
            <ModelLine
              key={model.id}
              model={model}
              job={jobs.find(({ task }) => task.modelId === model.id)}
              onError={onError}
              withSpeed={withSpeed}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ModelLineProps extends Pick<ModelTableProps, 'onError' | 'withSpeed'> {
  readonly model: ModelRow;
  readonly job: Job | undefined;
}

function ModelLine({ model, job, onError, withSpeed }: ModelLineProps): ReactNode {
  const { t, i18n } = useTranslation('window');
  const isHere = model.kind !== 'server';
  const speed = model.measuredWordsPerSecond;
  const notes = [
    ...(model.chosen ? [t('models.inUse')] : []),
    ...(model.fastCopy?.status === 'ready' ? [t('models.fastCopy.inUse')] : []),
  ];
  return (
    <tr>
      <th scope="row">
        {model.name}
        {notes.length > 0 && <span className="row-note">{notes.join(' · ')}</span>}
        {model.host !== null && <span className="row-note">{model.host}</span>}
        {model.fileName !== undefined && model.fileName !== model.name && (
          <span className="row-note">{model.fileName}</span>
        )}
      </th>
      <td>{sayLanguages(model.languages, i18n.language)}</td>
      <td>{isHere && (model.licence ?? t('models.unknown'))}</td>
      <td className="numbers">{model.bytes === null ? '' : formatBytes(model.bytes)}</td>
      <td>
        {model.fit !== null && (
          <span className={`fit ${model.fit}`}>
            {t(`models.fit.${model.fit}`, { need: formatBytes(model.needBytes ?? 0) })}
          </span>
        )}
      </td>
      {withSpeed && (
        <td className="numbers">{speed === null ? isHere && t('models.notMeasured') : t('models.speed', { speed })}</td>
      )}
      <td className="model-action">
        <ModelAction model={model} job={job} onError={onError} />
      </td>
    </tr>
  );
}

/** Languages by their names in the page's language; what a model file calls a language may be none. */
function sayLanguages(codes: readonly string[], language: string): string {
  const names = new Intl.DisplayNames(language, { type: 'language' });
  const nameOf = (code: string) => {
    try {
      return names.of(code) ?? code;
    } catch {
      return code;
    }
  };
  return codes.map(nameOf).join(language === 'zh-CN' ? '、' : ', ');
}
