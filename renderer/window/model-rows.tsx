import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Job } from '../../contract/job.ts';
import type { ModelHere, ModelRow } from '../../contract/model.ts';
import { formatBytes } from '../../locales/format.ts';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { isHere } from '../app/model-kinds.ts';
import { goodFor, memoryShare, paceOf, pagesOf, speedOf } from '../app/model-words.ts';
import { isThisMachine } from '../app/this-machine.ts';
import { ModelAction } from './model-action.tsx';

export interface ModelRowsProps {
  readonly models: readonly ModelRow[];
  /** Every model there is, by which speeds are guessed. */
  readonly all: readonly ModelRow[];
  readonly jobs: readonly Job[];
  readonly recommended: string | null;
  readonly onError: (error: AppErrorShape | null) => void;
}

/** Models with what a person chooses by, and what can be done with each; in a narrow window each is a card. */
export function ModelRows({ models, jobs, ...rest }: ModelRowsProps): ReactNode {
  return (
    <ul className="model-rows">
      {models.map((model) => (
        <Row key={model.id} model={model} job={jobs.find(({ task }) => task.modelId === model.id)} {...rest} />
      ))}
    </ul>
  );
}

interface RowProps extends Pick<ModelRowsProps, 'all' | 'recommended' | 'onError'> {
  readonly model: ModelRow;
  readonly job: Job | undefined;
}

function Row({ model, job, all, recommended, onError }: RowProps): ReactNode {
  const { t, i18n } = useTranslation('window');
  const isRecommended = model.id === recommended;
  const good = goodFor(model);
  const about = aboutModel(model, t('models.unknownLicence'), i18n.language);
  return (
    <li className={`model-row${isRecommended ? ' recommended' : ''}`}>
      <div className="model-name">
        <p>
          <b>{showHiddenInLine(model.name)}</b>
          {model.chosen && <span className="tag accent">{t('models.inUse')}</span>}
          {isHere(model) && model.fastCopy?.status === 'ready' && (
            <span className="tag">{t('models.fastCopy.inUse')}</span>
          )}
          {isRecommended && <span className="tag accent">{t('models.recommended')}</span>}
        </p>
        {good !== null && <p className="small dim">{t(`models.goodFor.${good}`)}</p>}
        {model.kind === 'server' && (
          <p className="small dim">
            {isThisMachine(model.host) ? t('chats.hereServer') : t('models.onServer', { host: model.host })}
          </p>
        )}
        {about.length > 0 && <p className="small dim numbers">{about.join(' · ')}</p>}
      </div>
      {isHere(model) ? <Memory model={model} /> : <div className="model-memory" />}
      {isHere(model) ? <SpeedWords model={model} all={all} /> : <div className="model-speed" />}
      <div className={job === undefined ? 'model-action' : 'model-action working'}>
        <ModelAction model={model} job={job} isRecommended={isRecommended} onError={onError} />
      </div>
    </li>
  );
}

/** What is known of its file, in one line. */
function aboutModel(model: ModelRow, unknownLicence: string, language: string): readonly string[] {
  if (model.kind === 'server') return [];
  const size = model.bytes === null ? [] : [formatBytes(model.bytes)];
  if (model.kind !== 'file') {
    const spoken = model.languages.length > 0 ? [sayLanguages(model.languages, language)] : [];
    return [...spoken, model.licence, ...size];
  }
  const { fileName, name } = model;
  return [unknownLicence, ...size, ...(fileName === name ? [] : [showHiddenInLine(fileName)])];
}

/** Whether it fits, in words and as a hairline against what is free. */
function Memory({ model }: { readonly model: ModelHere }): ReactNode {
  const { t } = useTranslation('window');
  const { fit, needBytes, freeBytes } = model;
  const share = memoryShare(model);
  if (fit === null) return <div className="model-memory" />;
  const pages = fit === 'no' ? null : pagesOf(model);
  const values = { need: formatBytes(needBytes ?? 0), free: formatBytes(freeBytes ?? 0) };
  return (
    <div className={`model-memory ${fit}`}>
      <p className={`fit ${fit}`}>{t(`models.fit.${fit}`)}</p>
      {share !== null && (
        <div className="hairline" aria-hidden="true">
          <i style={{ width: `${Math.max(2, Math.round(share * 100))}%` }} />
        </div>
      )}
      <p className="small dim numbers">
        {pages === null
          ? t('models.memory', values)
          : t('models.memoryPages', { need: formatBytes(needBytes ?? 0), count: pages })}
      </p>
    </div>
  );
}

function SpeedWords({ model, all }: { readonly model: ModelHere; readonly all: readonly ModelRow[] }): ReactNode {
  const { t } = useTranslation('window');
  if (model.purpose !== 'chat') return <div className="model-speed" />;
  const speed = speedOf(model, all);
  // That nothing is measured yet is said once, over all of them.
  if (speed.kind === 'unknown') return <div className="model-speed" />;
  const figure = t(`models.speed.${speed.kind}`, { speed: speed.wordsPerSecond });
  return (
    <div className="model-speed numbers">
      <p>{t(`models.pace.${paceOf(speed.wordsPerSecond)}`)}</p>
      <p className="small dim">
        {figure} · {t(`models.speedFrom.${speed.kind}`)}
      </p>
    </div>
  );
}

/** Languages by their names in the page's language; what a model file calls a language may be none. */
function sayLanguages(codes: readonly string[], language: string): string {
  const names = new Intl.DisplayNames(language, { type: 'language' });
  const nameOf = (code: string) => {
    try {
      return names.of(code) ?? code;
    } catch {
      return code;
    }
  };
  return codes.map(nameOf).join(language === 'zh-CN' ? '、' : ', ');
}
