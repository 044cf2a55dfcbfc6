import { CircleCheck } from 'lucide-react';
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

/** The hotkey was seen to work: it is said for this long, or until the next key. */
const provedShownMs = 1400;

/** The first minute: press the hotkey once, while the model arrives. Nothing else is asked. */
export function FirstRun(): ReactNode {
  const box = useRef<HTMLElement>(null);
  const { t } = useTranslation('overlay');
  const client = useClient();
  const shell = useMirror('shell');
  const starter = useStarter();
  useOverlayHeight(box, false, shell?.overlay.maxHeight ?? 600);
  useRest(true);
  const proved = shell?.hotkey.provedAt != null;
  useEffect(() => box.current?.focus(), []);
  const finish = useFinish();
  useEffect(() => {
    const timer = proved ? setTimeout(finish, provedShownMs) : undefined;
    return () => clearTimeout(timer);
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
    if (proved && event.key === 'Enter') finish();
    const pressed = keyOf(event.nativeEvent);
    steps.find(({ key }) => key === pressed)?.take();
  };
  return (
    <main className="box first-run" ref={box} tabIndex={-1} onKeyDown={onKeyDown}>
      <div className="first-body">
        <FirstHead />
        <FirstKeys proved={proved} />
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

/** What to do, or why the keys cannot be used. */
function FirstHead(): ReactNode {
  const { t } = useTranslation('overlay');
  const sayError = useSayError();
  const refusal = useMirror('shell')?.hotkey.error ?? null;
  return (
    <div className="first-head">
      <BeckonMark />
      <div>
        <h1>{refusal === null ? t('first.title') : t('first.refusedTitle')}</h1>
        <p className="dim">{refusal === null ? t('first.text') : sayError(refusal)}</p>
      </div>
    </div>
  );
}

/** Ends the first minute's own page; a sample stands in the box then, so that Enter gives a first answer. */
function useFinish(): () => void {
  const client = useClient();
  const { i18n } = useTranslation('overlay');
  const language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  return useCallback(() => {
    void client.request('context.sample', { language });
    void client.request('settings.set', { firstRunDone: true });
  }, [client, language]);
}

/** The sign of the application. */
function BeckonMark(): ReactNode {
  return (
    <svg className="first-mark" width="36" height="36" viewBox="0 0 36 36" aria-hidden="true">
      <rect width="36" height="36" rx="9" fill="var(--accent)" />
      <path
        d="M10 13h16M10 18.5h9M10 24h5"
        stroke="var(--accent-text)"
        strokeWidth="2.4"
        strokeLinecap="round"
        fill="none"
      />
      <circle cx="24.5" cy="23" r="3" fill="var(--accent-text)" />
    </svg>
  );
}

/** What can be done in the first minute besides pressing the hotkey, by a key of its own (`first.<name>` in `locales/`). */
interface Step {
  readonly key: string;
  readonly name: string;
  readonly take: () => void;
}

/** The keys to press, or others to choose from where the system refused them. */
function FirstKeys({ proved }: { readonly proved: boolean }): ReactNode {
  const { t } = useTranslation('overlay');
  const client = useClient();
  const shell = useMirror('shell');
  const platform = shell?.platform ?? 'linux';
  const hotkey = shell?.hotkey;
  return (
    <div className={proved ? 'first-keys proved' : 'first-keys'}>
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
      <span className="first-works" role="status">
        {proved && (
          <>
            <CircleCheck size={18} strokeWidth={1.8} aria-hidden />
            {t('first.works')}
          </>
        )}
      </span>
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
  if (job === null)
    return (
      <>
        <p className="dim small">{installed ? t('first.modelHere') : t('first.looking')}</p>
        {!installed && <div className="bar moving" aria-hidden />}
      </>
    );
  if (job.error !== null) return <p className="note">{sayError(job.error)}</p>;
  const model = models.find(({ id }) => id === job.task.modelId);
  const licence = model?.kind === 'catalogue' ? model.licence : null;
  const values = jobValues(t, job, i18n.language === 'zh-CN' ? 'zh-CN' : 'en');
  const isMoving = job.rate > 0 && job.total !== null;
  const progress = job.status === 'paused' ? 'paused' : job.stage === 'checking' ? 'checking' : 'progress';
  // What is not known yet is not said.
  const about = [
    job.title,
    t('first.costsNothing'),
    licence,
    job.source === null ? null : t('first.from', { source: job.source }),
  ];
  return (
    <>
      <p className="first-model dim small">
        <span>{t('first.model', { about: about.filter((part) => part !== null).join(' · ') })}</span>
        {isMoving && <span className="numbers">{t(`first.${progress}`, values)}</span>}
      </p>
      <JobBar job={job} />
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
