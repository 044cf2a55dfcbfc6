import type { ReactNode } from 'react';
import type { Job } from '../../contract/job.ts';

/** How far a job is, as a bar; an empty one where no total is known. */
export function JobBar({ job }: { readonly job: Job }): ReactNode {
  const share = job.total === null ? 0 : (job.amount / Math.max(job.total, 1)) * 100;
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
