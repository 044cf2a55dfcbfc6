import { FilePlus, Server } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { ModelRow } from '../../contract/model.ts';
import { formatBytes } from '../../locales/format.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { isHere } from '../app/model-kinds.ts';
import { recommendedId } from '../app/model-words.ts';
import { useAllModels } from '../app/use-models.ts';
import { LockedKeyStore } from './locked-key-store.tsx';
import { ModelRows } from './model-rows.tsx';
import { ModelsError } from './models-error.tsx';
import { LockedKeys } from './passphrase.tsx';
import { ProvidersSection } from './providers-section.tsx';
import { ServerForm } from './server-form.tsx';
import { ServerList } from './server-list.tsx';
import { ToastView } from './toast.tsx';

/** Groups of models in their order; what is on servers comes last, and a page of providers will be one more. */
const groups = [
  {
    id: 'here',
    holds: (model: ModelRow) => isHere(model) && model.purpose === 'chat' && model.installed,
  },
  {
    id: 'fetched',
    holds: (model: ModelRow) => isHere(model) && model.purpose === 'chat' && !model.installed,
  },
  { id: 'servers', holds: ({ kind }: ModelRow) => kind === 'server' },
  { id: 'pictures', holds: ({ kind }: ModelRow) => kind === 'sight' },
  { id: 'meaning', holds: ({ purpose }: ModelRow) => purpose === 'embedding' },
] as const;

/** What can answer: models on this machine with their fit, those that can be fetched, and servers of the person's own. */
export function ModelsPage(): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const all = useAllModels();
  const jobs = useMirror('jobs')?.jobs ?? [];
  const [adding, setAdding] = useState(false);
  const [error, setError] = useState<AppErrorShape | null>(null);
  const free = all.filter(isHere).find(({ freeBytes }) => freeBytes !== null)?.freeBytes ?? null;
  const pickFile = async () => {
    const answer = await client.request('model.pickFile', {});
    setError(answer.ok ? null : answer.error);
  };
  const rows = { all, jobs, recommended: recommendedId(all), onError: setError };
  return (
    <>
      <div className="page-body models-body">
        <Head
          free={free}
          isMeasured={all.filter(isHere).some(({ measuredWordsPerSecond }) => measuredWordsPerSecond !== null)}
          isAdding={adding}
          onAddFile={() => void pickFile()}
          onAddServer={() => setAdding(!adding)}
        />
        {error !== null && <ModelsError error={error} onDone={() => setError(null)} />}
        {adding && <ServerForm onDone={() => setAdding(false)} onCancel={() => setAdding(false)} />}
        {groups.map(({ id, holds }) => {
          const models = all.filter(holds);
          if (models.length === 0) return null;
          return (
            <section key={id} aria-label={t(`models.group.${id}`)}>
              <h2 className="day">{t(`models.group.${id}`)}</h2>
              {(id === 'meaning' || id === 'pictures') && <p className="dim small">{t(`models.${id}.about`)}</p>}
              <ModelRows models={models} {...rows} />
            </section>
          );
        })}
        <LockedKeyStore />
        <LockedKeys />
        <ServerList />
        <ProvidersSection />
      </div>
      <ToastView />
    </>
  );
}

interface HeadProps {
  /** Memory that is free, in bytes; null where that is not known. */
  readonly free: number | null;
  /** Some model has answered here, so that speeds are known. */
  readonly isMeasured: boolean;
  readonly isAdding: boolean;
  readonly onAddFile: () => void;
  readonly onAddServer: () => void;
}

function Head({ free, isMeasured, isAdding, onAddFile, onAddServer }: HeadProps): ReactNode {
  const { t, i18n } = useTranslation('window');
  return (
    <header className="page-head">
      <div>
        <h1>{t('page.models')}</h1>
        <p className="dim">
          {free === null ? t('models.about') : t('models.aboutMemory', { free: formatBytes(free) })}
          {!isMeasured && i18n.language !== 'zh-CN' && ' '}
          {!isMeasured && t('models.notMeasured')}
        </p>
      </div>
      <div className="more">
        <button type="button" className="button" onClick={onAddFile}>
          <FilePlus size={14} strokeWidth={1.6} aria-hidden />
          {t('models.addFile')}
        </button>
        <button type="button" className="button" aria-expanded={isAdding} onClick={onAddServer}>
          <Server size={14} strokeWidth={1.6} aria-hidden />
          {t('models.addServer')}
        </button>
      </div>
    </header>
  );
}
