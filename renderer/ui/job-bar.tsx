import type { ReactNode } from 'react';
import type { Job } from '../../contract/model.ts';
import { formatDuration } from '../../locales/format.ts';

/** How far a job is, as a bar. */
export function JobBar({ job }: { readonly job: Job }): ReactNode {
  const share = (job.doneBytes / Math.max(job.totalBytes, 1)) * 100;
  return (
    <div
      className="bar"
      role="progressbar"
      aria-label={job.title}
      aria-valuenow={Math.round(share)}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <i style={{ width: `${share}%` }} />
    </div>
  );
}

/** The time a job still needs at the speed it has, in words. */
export function timeLeft({ doneBytes, totalBytes, bytesPerSecond }: Job, language: string): string {
  return formatDuration((totalBytes - doneBytes) / Math.max(bytesPerSecond, 1), language === 'zh-CN' ? 'zh-CN' : 'en');
}
