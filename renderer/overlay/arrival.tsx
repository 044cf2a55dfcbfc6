import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { chatDownloadOf } from '../../contract/chat-download.ts';
import { jobValues } from '../../locales/say-job.ts';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { useMirror } from '../app/backend.ts';

/** A model on its way here, as it is told. */
export interface Arrival {
  readonly name: string;
  /** 0 to 100. */
  readonly percent: number;
  /** How long it will take, such as `8 s`; `…` while nobody can tell. */
  readonly left: string;
  /** All of it has come, and is put together and checked, which is counted anew from 0. */
  readonly isChecked: boolean;
}

/** The model that arrives now; null when none does. */
export function useArrival(): Arrival | null {
  const { t, i18n } = useTranslation('overlay');
  const jobs = useMirror('jobs');
  const job = jobs === undefined ? null : chatDownloadOf(jobs);
  if (job === null || job.status !== 'running' || job.total === null) return null;
  const percent = Math.floor((job.amount / Math.max(job.total, 1)) * 100);
  const { left } = jobValues(t, job, i18n.language === 'zh-CN' ? 'zh-CN' : 'en');
  return { name: showHiddenInLine(job.title), percent, left, isChecked: job.stage === 'checking' };
}

/** The hairline over the footer, filled as far as the model has arrived. */
export function ArrivalLine(): ReactNode {
  const arrival = useArrival();
  if (arrival === null) return null;
  return (
    <span
      className="foot-line"
      role="progressbar"
      aria-label={arrival.name}
      aria-valuenow={arrival.percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <i style={{ width: `${arrival.percent}%` }} />
    </span>
  );
}
