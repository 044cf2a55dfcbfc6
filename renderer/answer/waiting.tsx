import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chatDownloadOf } from '../../contract/chat-download.ts';
import type { RunPhase } from '../../contract/run.ts';
import { formatDuration } from '../../locales/format.ts';
import { jobValues } from '../../locales/say-job.ts';
import { useMirror } from '../app/backend.ts';
import { useTimeLeft } from './use-time-left.ts';

export interface WaitingProps {
  readonly phase: RunPhase | null;
  readonly progress: { readonly done: number; readonly total: number } | null;
}

/** From when on words say what is waited for, and from when on the seconds are told, in milliseconds. */
const wordsAfterMs = 1000;
const secondsAfterMs = 5000;

/** An answer without a word yet: lines in its place after a moment, what is waited for a little later, then how long. */
export function Waiting({ phase, progress }: WaitingProps): ReactNode {
  const elapsedMs = useElapsed();
  const said = useWhatIsDone({ phase, progress });
  const seconds = Math.floor(elapsedMs / 1000);
  const { t } = useTranslation('common');
  return (
    <div className="waiting">
      <div className="waiting-lines" aria-hidden>
        <i />
        <i />
        <i />
      </div>
      <p className="dim small numbers">
        {elapsedMs >= secondsAfterMs
          ? `${said.replace(/…$/, '')} · ${t('phase.seconds', { seconds })}`
          : elapsedMs >= wordsAfterMs && said}
      </p>
    </div>
  );
}

/** Milliseconds since it was first shown, told when something of it changes what is shown. */
function useElapsed(): number {
  const [elapsedMs, setElapsed] = useState(0);
  useEffect(() => {
    const begun = performance.now();
    const timer = setInterval(() => setElapsed(performance.now() - begun), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.round(elapsedMs / 100) * 100;
}

function useWhatIsDone({ phase, progress }: WaitingProps): string {
  const { t, i18n } = useTranslation('common');
  const language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  const secondsLeft = useTimeLeft(progress);
  const jobs = useMirror('jobs');
  const job = jobs === undefined ? null : chatDownloadOf(jobs);
  if (phase === 'waiting-for-model' && job !== null && job.total !== null) {
    const percent = Math.floor((job.amount / Math.max(job.total, 1)) * 100);
    const { left } = jobValues(t, job, language);
    // What has arrived is put together and checked, which is counted anew: a figure that fell back would look lost.
    const said = job.stage === 'checking' ? 'checking' : 'arriving';
    return left === '…' ? t(`phase.${said}`, { percent }) : t(`phase.${said}Left`, { percent, left });
  }
  if (phase !== 'reading' || progress === null || progress.total <= 0) return t(`phase.${phase ?? 'queued'}`);
  const percent = Math.round((progress.done / progress.total) * 100);
  if (secondsLeft === null) return t('phase.readingPercent', { percent });
  return t('phase.readingLeft', { percent, left: formatDuration(secondsLeft, language) });
}
