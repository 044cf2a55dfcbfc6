import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import { formatBytes } from '../../locales/format.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { useAllModels } from '../app/use-models.ts';
import { MeaningModels } from './meaning-models.tsx';
import { ModelTable } from './model-table.tsx';
import { ProvidersSection } from './providers-section.tsx';
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
      <ModelTable models={models} jobs={jobs} onError={setError} withSpeed />
      {models.some(({ fastCopy }) => fastCopy !== null) && (
        <p className="dim small table-note">{t('models.fastCopy.about')}</p>
      )}
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
      <ProvidersSection />
    </div>
  );
}
