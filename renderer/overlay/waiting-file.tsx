import { Image } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContextChip } from '../../contract/context.ts';
import type { Job } from '../../contract/job.ts';
import { formatBytes } from '../../locales/format.ts';
import { jobValues } from '../../locales/say-job.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { useAllModels } from '../app/use-models.ts';
import { BlockedFile } from './blocked-file.tsx';

/**
 * A picture that waits for the model that reads pictures: one step gets it, and shows how far it is; what is read then goes on
 * by itself.
 */
export function WaitingFile({ chip }: { readonly chip: ContextChip }): ReactNode {
  const { t } = useTranslation('overlay');
  const sayError = useSayError();
  const reader = useReaderModel();
  const cause = reader.job?.error ?? chip.cause;
  return (
    <BlockedFile
      chip={chip}
      state="waiting"
      icon={Image}
      about={reader.progress ?? t('chip.waiting')}
      why={cause === null ? '' : sayError(cause)}
      help={t('chip.helpWaiting')}
      onClick={reader.step}
    >
      <button type="button" className="chip-step" onClick={reader.step}>
        {reader.stepName}
      </button>
      {reader.share !== null && (
        <span className="chip-line" aria-hidden style={{ width: `${Math.round(reader.share * 100)}%` }} />
      )}
    </BlockedFile>
  );
}

/** The one step of a file that was read but for its pictures. */
export function ReaderStep(): ReactNode {
  const { progress, stepName, step } = useReaderModel();
  return (
    <button type="button" className="chip-step" title={progress ?? undefined} onClick={step}>
      {progress === null ? stepName : `${progress} · ${stepName}`}
    </button>
  );
}

interface ReaderModel {
  readonly job: Job | null;
  /** What is said while it comes; null while it does not. */
  readonly progress: string | null;
  /** How much of it is here, from 0 to 1, while it comes. */
  readonly share: number | null;
  readonly stepName: string;
  readonly step: () => void;
}

/** The model that reads pictures, and the one step that can be taken about it now: get it, stop getting it, try again. */
function useReaderModel(): ReaderModel {
  const { t, i18n } = useTranslation('overlay');
  const client = useClient();
  const model = useAllModels().find(({ kind }) => kind === 'sight');
  const job = (useMirror('jobs')?.jobs ?? []).find(({ task }) => task.kind === 'sight-download') ?? null;
  if (job?.status === 'running') {
    const values = jobValues(t, job, i18n.language === 'zh-CN' ? 'zh-CN' : 'en');
    return {
      job,
      progress: t('chip.getting', values),
      share: job.total === null ? 0 : job.amount / Math.max(job.total, 1),
      stepName: t('chip.stopGetting'),
      step: () => void client.request('job.cancel', { jobId: job.id }),
    };
  }
  const isBegun = job !== null;
  const size = model?.kind === 'sight' ? formatBytes(model.bytes) : '…';
  const get = () => {
    if (isBegun) void client.request('job.resume', { jobId: job.id });
    else if (model !== undefined) void client.request('model.download', { modelId: model.id });
  };
  return {
    job,
    progress: null,
    share: null,
    stepName: isBegun ? t('chip.getAgain') : t('chip.getReader', { size }),
    step: get,
  };
}
