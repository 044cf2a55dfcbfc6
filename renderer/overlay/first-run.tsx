import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Job } from '../../contract/model.ts';
import { formatBytes } from '../../locales/format.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { keyOf } from '../app/key-of.ts';
import { useModels } from '../app/use-models.ts';
import { JobBar, timeLeft } from '../ui/job-bar.tsx';
import { keyParts } from '../ui/key.tsx';
import { starterStep } from './starter-step.ts';
import { useOverlayHeight } from './use-overlay-height.ts';

/** The first minute: press the hotkey once, while the model arrives. Nothing else is asked. */
export function FirstRun(): ReactNode {
  const box = useRef<HTMLElement>(null);
  const { t } = useTranslation('overlay');
  const client = useClient();
  const sayError = useSayError();
  const shell = useMirror('shell');
  const hotkey = shell?.hotkey;
  const platform = shell?.platform ?? 'linux';
  const starter = useStarter();
  useOverlayHeight(box, false, shell?.overlay.maxHeight ?? 600);
  const proved = hotkey?.provedAt != null;
  useEffect(() => box.current?.focus(), []);
  useEffect(() => {
    if (proved) void client.request('settings.set', { firstRunDone: true });
  }, [client, proved]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') void client.request('overlay.hide', {});
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const key = keyOf(event.nativeEvent);
    if (key === 'P') starter.takeStep();
    if (key === 'M') void client.request('window.open', { page: 'models', conversationId: null });
    if (key === 'S') void client.request('settings.set', { firstRunDone: true });
  };
  return (
    <main className="box first-run" ref={box} tabIndex={-1} onKeyDown={onKeyDown}>
      <div className="first-body">
        <h1>{hotkey?.error ? t('first.refusedTitle') : t('first.title')}</h1>
        <p className="dim">{hotkey?.error ? sayError(hotkey.error) : t('first.text')}</p>
        {hotkey?.error ? (
          <div className="first-keys">
            {hotkey.proposals.map((accelerator) => (
              <button
                key={accelerator}
                type="button"
                className="button"
                onClick={() => void client.request('hotkey.set', { accelerator })}
              >
                {keyParts(accelerator, platform).join(' + ')}
              </button>
            ))}
          </div>
        ) : (
          <div className="first-keys">
            {keyParts(hotkey?.accelerator ?? '', platform).map((part) => (
              <kbd key={part}>{part}</kbd>
            ))}
          </div>
        )}
        <Starter job={starter.job} installed={starter.installed} error={starter.error} />
      </div>
      <div className="foot">
        <span className="where">{t('first.free')}</span>
        {starter.step !== null && (
          <button type="button" className="hint" onClick={starter.takeStep}>
            <kbd>P</kbd>
            {t(`first.${starter.step}`)}
          </button>
        )}
        <button
          type="button"
          className="hint"
          onClick={() => void client.request('window.open', { page: 'models', conversationId: null })}
        >
          <kbd>M</kbd>
          {t('first.server')}
        </button>
        <button
          type="button"
          className="hint"
          onClick={() => void client.request('settings.set', { firstRunDone: true })}
        >
          <kbd>S</kbd>
          {t('first.skip')}
        </button>
      </div>
    </main>
  );
}

function Starter({
  job,
  installed,
  error,
}: {
  readonly job: Job | null;
  readonly installed: boolean;
  readonly error: AppErrorShape | null;
}): ReactNode {
  const { t, i18n } = useTranslation('overlay');
  const sayError = useSayError();
  const models = useModels();
  if (error !== null && job === null && !installed) return <p className="note">{sayError(error)}</p>;
  if (job === null) return <p className="dim small">{installed ? t('first.modelHere') : t('first.looking')}</p>;
  if (job.error !== null) return <p className="note">{sayError(job.error)}</p>;
  const licence = models.find(({ id }) => id === job.modelId)?.licence ?? '…';
  const values = {
    done: formatBytes(job.doneBytes),
    total: formatBytes(job.totalBytes),
    rate: formatBytes(job.bytesPerSecond),
    left: timeLeft(job, i18n.language),
  };
  return (
    <>
      <p className="dim small">{t('first.model', { name: job.title, licence, source: job.source ?? '…' })}</p>
      <JobBar job={job} />
      <p className="dim small numbers">
        {job.status === 'checking'
          ? t('first.checking', values)
          : job.status === 'paused'
            ? t('first.paused', values)
            : t('first.progress', values)}
      </p>
    </>
  );
}

function useStarter() {
  const client = useClient();
  const core = useMirror('shell')?.core;
  const jobs = useMirror('jobs');
  const installed = useModels().some((model) => model.chosen);
  const [error, setError] = useState<AppErrorShape | null>(null);
  const job = jobs?.jobs.find(({ kind, purpose }) => kind === 'model-download' && purpose === 'chat') ?? null;
  const ensure = useCallback(
    () => void client.request('model.ensureStarter', {}).then((answer) => setError(answer.ok ? null : answer.error)),
    [client],
  );
  useEffect(() => {
    if (core === 'running') ensure();
  }, [core, ensure]);
  const step = starterStep(job, error !== null && !installed);
  const takeStep = () => {
    if (job === null && step !== null) ensure();
    else if (job !== null && step !== null)
      void client.request(step === 'pause' ? 'job.pause' : 'job.resume', { jobId: job.id });
  };
  return { job, installed, error, step, takeStep };
}
