import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Job } from '../../contract/job.ts';
import { jobValues } from '../../locales/say-job.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient } from '../app/backend.ts';
import { JobBar } from '../ui/job-bar.tsx';

export interface ModelProgressProps {
  readonly job: Job;
  readonly onError: (error: AppErrorShape | null) => void;
}

/** How far a model is on its way; where it stands still, why, and the one thing that helps. */
export function ModelProgress({ job, onError }: ModelProgressProps): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const says = useSayProgress();
  const ask = (name: 'job.pause' | 'job.resume' | 'job.cancel') => void client.request(name, { jobId: job.id });
  const unlock = async () => {
    const answer = await client.request('settings.set', { offline: false });
    onError(answer.ok ? null : answer.error);
    if (answer.ok) ask('job.resume');
  };
  const isLocked = job.error?.code === 'offline/locked';
  return (
    <div className="download">
      <JobBar job={job} />
      <span
        className={`small numbers ${job.error === null ? 'dim' : 'refusal'}`}
        role={job.error === null ? undefined : 'alert'}
      >
        {says(job)}
      </span>
      <span className="download-buttons">
        {isLocked && (
          <button type="button" className="button" onClick={() => void unlock()}>
            {t('models.unlock')}
          </button>
        )}
        {job.allows.includes('pause') && (
          <button type="button" className="button plain" onClick={() => ask('job.pause')}>
            {t('models.pause')}
          </button>
        )}
        {job.allows.includes('resume') && !isLocked && (
          <button type="button" className="button plain" onClick={() => ask('job.resume')}>
            {t(job.status === 'failed' ? 'models.retry' : 'models.resume')}
          </button>
        )}
        {job.allows.includes('cancel') && (
          <button type="button" className="button plain" onClick={() => ask('job.cancel')}>
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
