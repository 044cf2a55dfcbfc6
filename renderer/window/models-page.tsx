import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Job, ModelRow } from '../../contract/model.ts';
import { formatBytes } from '../../locales/format.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { useAllModels } from '../app/use-models.ts';
import { MeaningModels } from './meaning-models.tsx';
import { ModelAction } from './model-action.tsx';
import { ServerForm } from './server-form.tsx';
import { ServerList } from './server-list.tsx';

/** What can answer: models on this machine with their fit, and servers of the person's own. */
export function ModelsPage(): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const sayError = useSayError();
  const all = useAllModels();
  const models = all.filter(({ purpose }) => purpose === 'chat');
  const jobs = useMirror('jobs')?.jobs ?? [];
  const [adding, setAdding] = useState(false);
  const [error, setError] = useState<AppErrorShape | null>(null);
  const free = models.find(({ freeBytes }) => freeBytes !== null)?.freeBytes ?? null;
  const pickFile = async () => {
    const answer = await client.request('model.pickFile', {});
    setError(answer.ok ? null : answer.error);
  };
  return (
    <div className="page-body">
      <h1>{t('page.models')}</h1>
      <p className="dim">{free === null ? t('models.about') : t('models.aboutMemory', { free: formatBytes(free) })}</p>
      <div className="table-scroll">
        <table className="models">
          <thead>
            <tr>
              {(['model', 'languages', 'licence', 'size', 'fit', 'speed'] as const).map((column) => (
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
                job={jobs.find(({ modelId }) => modelId === model.id)}
                onError={setError}
              />
            ))}
          </tbody>
        </table>
      </div>
      <MeaningModels models={all.filter(({ purpose }) => purpose === 'embedding')} jobs={jobs} onError={setError} />
      {error !== null && (
        <p className="note danger" role="alert">
          {sayError(error)}
        </p>
      )}
      <p className="more">
        <span>{t('models.haveFile')}</span>
        <button type="button" className="button" onClick={() => void pickFile()}>
          {t('models.addFile')}
        </button>
        <span>{t('models.haveServer')}</span>
        <button type="button" className="button" aria-expanded={adding} onClick={() => setAdding(!adding)}>
          {t('models.addAddress')}
        </button>
      </p>
      {adding && <ServerForm onDone={() => setAdding(false)} />}
      <ServerList />
    </div>
  );
}

interface ModelLineProps {
  readonly model: ModelRow;
  readonly job: Job | undefined;
  readonly onError: (error: AppErrorShape | null) => void;
}

function ModelLine({ model, job, onError }: ModelLineProps): ReactNode {
  const { t } = useTranslation('window');
  const speed = model.measuredWordsPerSecond;
  return (
    <tr>
      <th scope="row">
        {model.name}
        {model.chosen && <span className="row-note">{t('models.inUse')}</span>}
        {model.host !== null && <span className="row-note">{model.host}</span>}
      </th>
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
      <td className="numbers">{speed === null ? t('models.notMeasured') : t('models.speed', { speed })}</td>
      <td className="model-action">
        <ModelAction model={model} job={job} onError={onError} />
      </td>
    </tr>
  );
}
