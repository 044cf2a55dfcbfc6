import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Job } from '../../contract/job.ts';
import type { ModelRow } from '../../contract/model.ts';
import { jobValues } from '../../locales/say-job.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient } from '../app/backend.ts';
import { JobBar } from '../ui/job-bar.tsx';

export interface ModelActionProps {
  readonly model: ModelRow;
  readonly job: Job | undefined;
  readonly onError: (error: AppErrorShape | null) => void;
}

/** What can be done with a model now: get it, watch it come, use it, make it faster, remove it. */
export function ModelAction({ model, job, onError }: ModelActionProps): ReactNode {
  return job === undefined ? <Actions model={model} onError={onError} /> : <Progress job={job} />;
}

type Asked = 'model.choose' | 'model.download' | 'model.remove' | 'model.makeFastCopy' | 'model.removeFastCopy';

function Actions({
  model,
  onError,
}: {
  readonly model: ModelRow;
  readonly onError: (error: AppErrorShape | null) => void;
}): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const { id: modelId, installed, chosen, kind, fit, purpose, fastCopy } = model;
  const ask = async (name: Asked) => {
    const answer = await client.request(name, { modelId });
    onError(answer.ok ? null : answer.error);
  };
  if (!installed && kind === 'catalogue') {
    return (
      <button
        type="button"
        className={fit === 'no' ? 'button' : 'button primary'}
        onClick={() => void ask('model.download')}
      >
        {t('models.get')}
      </button>
    );
  }
  return (
    <>
      {!chosen && installed && purpose === 'chat' && (
        <button type="button" className="button" onClick={() => void ask('model.choose')}>
          {t('models.choose')}
        </button>
      )}
      {fastCopy !== null && (
        <button
          type="button"
          className={fastCopy.status === 'ready' ? 'button plain' : 'button'}
          onClick={() => void ask(fastCopy.status === 'ready' ? 'model.removeFastCopy' : 'model.makeFastCopy')}
        >
          {t(fastCopy.status === 'ready' ? 'models.fastCopy.remove' : 'models.fastCopy.make')}
        </button>
      )}
      {kind !== 'server' && (
        <button type="button" className="button plain" onClick={() => void ask('model.remove')}>
          {kind === 'file' ? t('models.forget') : t('models.remove')}
        </button>
      )}
    </>
  );
}

function Progress({ job }: { readonly job: Job }): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const says = useSayProgress();
  const pauses = job.allows.includes('pause');
  const resumes = job.allows.includes('resume');
  return (
    <div className="download">
      <JobBar job={job} />
      <span className="small dim numbers">{says(job)}</span>
      <span className="download-buttons">
        {(pauses || resumes) && (
          <button
            type="button"
            className="button plain"
            onClick={() => void client.request(pauses ? 'job.pause' : 'job.resume', { jobId: job.id })}
          >
            {t(pauses ? 'models.pause' : job.status === 'failed' ? 'models.retry' : 'models.resume')}
          </button>
        )}
        {job.allows.includes('cancel') && (
          <button
            type="button"
            className="button plain"
            onClick={() => void client.request('job.cancel', { jobId: job.id })}
          >
            {t('models.cancel')}
          </button>
        )}
      </span>
    </div>
  );
}

function useSayProgress(): (job: Job) => string {
  const { t, i18n } = useTranslation('window');
  const sayError = useSayError();
  return (job) => {
    if (job.error !== null) return sayError(job.error);
    const values = jobValues(t, job, i18n.language === 'zh-CN' ? 'zh-CN' : 'en');
    if (job.status === 'paused') return t('models.paused', values);
    if (job.stage === 'checking') return t('models.checking', values);
    return t(job.task.kind === 'fast-copy' ? 'models.copying' : 'models.progress', values);
  };
}
