import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chatDownloadOf } from '../../contract/chat-download.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Job } from '../../contract/job.ts';
import { jobValues } from '../../locales/say-job.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { keyOf } from '../app/key-of.ts';
import { useModels } from '../app/use-models.ts';
import { JobBar } from '../ui/job-bar.tsx';
import { keyParts } from '../ui/key.tsx';
import { starterStep } from './starter-step.ts';
import { useOverlayHeight } from './use-overlay-height.ts';
import { useRest } from './use-rest.ts';

/** The first minute: press the hotkey once, while the model arrives. Nothing else is asked. */
export function FirstRun(): ReactNode {
  const box = useRef<HTMLElement>(null);
  const { t } = useTranslation('overlay');
  const client = useClient();
  const sayError = useSayError();
  const shell = useMirror('shell');
  const refusal = shell?.hotkey.error ?? null;
  const starter = useStarter();
  useOverlayHeight(box, false, shell?.overlay.maxHeight ?? 600);
  useRest(true);
  const proved = shell?.hotkey.provedAt != null;
  useEffect(() => box.current?.focus(), []);
  const finish = useCallback(() => void client.request('settings.set', { firstRunDone: true }), [client]);
  useEffect(() => {
    if (proved) finish();
  }, [finish, proved]);
  const openModels = () => void client.request('window.open', { page: 'models', conversationId: null });
  const steps: readonly Step[] = [
    ...(starter.step === null ? [] : [{ key: 'P', name: starter.step, take: starter.takeStep }]),
    { key: 'M', name: 'server', take: openModels },
    { key: 'S', name: 'skip', take: finish },
  ];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') void client.request('overlay.hide', {});
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const pressed = keyOf(event.nativeEvent);
    steps.find(({ key }) => key === pressed)?.take();
  };
  return (
    <main className="box first-run" ref={box} tabIndex={-1} onKeyDown={onKeyDown}>
      <div className="first-body">
        <h1>{refusal === null ? t('first.title') : t('first.refusedTitle')}</h1>
        <p className="dim">{refusal === null ? t('first.text') : sayError(refusal)}</p>
        <FirstKeys />
        <Starter job={starter.job} installed={starter.installed} error={starter.error} />
      </div>
      <div className="foot">
        <span className="where">{t('first.free')}</span>
        {steps.map(({ key, name, take }) => (
          <button key={key} type="button" className="hint" onClick={take}>
            <kbd>{key}</kbd>
            {t(`first.${name}`)}
          </button>
        ))}
      </div>
    </main>
  );
}

/** What can be done in the first minute besides pressing the hotkey, by a key of its own (`first.<name>` in `locales/`). */
interface Step {
  readonly key: string;
  readonly name: string;
  readonly take: () => void;
}

/** The keys to press, or others to choose from where the system refused them. */
function FirstKeys(): ReactNode {
  const client = useClient();
  const shell = useMirror('shell');
  const platform = shell?.platform ?? 'linux';
  const hotkey = shell?.hotkey;
  return (
    <div className="first-keys">
      {hotkey?.error
        ? hotkey.proposals.map((accelerator) => (
            <button
              key={accelerator}
              type="button"
              className="button"
              onClick={() => void client.request('hotkey.set', { accelerator })}
            >
              {keyParts(accelerator, platform).join(' + ')}
            </button>
          ))
        : keyParts(hotkey?.accelerator ?? '', platform).map((part) => <kbd key={part}>{part}</kbd>)}
    </div>
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
  const licence = models.find(({ id }) => id === job.task.modelId)?.licence ?? '…';
  const values = jobValues(t, job, i18n.language === 'zh-CN' ? 'zh-CN' : 'en');
  return (
    <>
      <p className="dim small">{t('first.model', { name: job.title, licence, source: job.source ?? '…' })}</p>
      <JobBar job={job} />
      <p className="dim small numbers">
        {job.status === 'paused'
          ? t('first.paused', values)
          : job.stage === 'checking'
            ? t('first.checking', values)
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
  const job = jobs == null ? null : chatDownloadOf(jobs);
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
