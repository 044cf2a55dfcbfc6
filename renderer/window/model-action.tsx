import { Ellipsis, Gauge, Trash2, Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Job } from '../../contract/job.ts';
import type { ModelRow } from '../../contract/model.ts';
import { formatBytes } from '../../locales/format.ts';
import { useClient } from '../app/backend.ts';
import { isHere } from '../app/model-kinds.ts';
import { Menu, type MenuItem, type MenuPlace, placeAt } from './menu.tsx';
import { ModelProgress } from './model-progress.tsx';

export interface ModelActionProps {
  readonly model: ModelRow;
  readonly job: Job | undefined;
  readonly isRecommended?: boolean;
  readonly onError: (error: AppErrorShape | null) => void;
}

/** What can be done with a model now: get it, watch it come, use it, make it faster, remove it. */
export function ModelAction({ job, ...props }: ModelActionProps): ReactNode {
  return job === undefined ? <Actions {...props} /> : <ModelProgress job={job} onError={props.onError} />;
}

type Asked = 'model.choose' | 'model.download' | 'model.remove' | 'model.makeFastCopy' | 'model.removeFastCopy';

function Actions({ model, isRecommended = false, onError }: Omit<ModelActionProps, 'job'>): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const [place, setPlace] = useState<MenuPlace | null>(null);
  const { id: modelId, name, installed, chosen, purpose } = model;
  const ask = async (request: Asked) => {
    const answer = await client.request(request, { modelId });
    onError(answer.ok ? null : answer.error);
  };
  if (!installed && (model.kind === 'catalogue' || model.kind === 'sight')) {
    const get = `${t('models.get')} · ${formatBytes(model.bytes)}`;
    return (
      <button
        type="button"
        className={isRecommended ? 'button primary' : 'button'}
        aria-label={`${get} ${name}`}
        onClick={() => void ask('model.download')}
      >
        {get}
      </button>
    );
  }
  const items = itemsFor(model, t, (request) => void ask(request));
  return (
    <>
      {!chosen && installed && purpose === 'chat' && (
        <button type="button" className="button" onClick={() => void ask('model.choose')}>
          {t('models.choose')}
        </button>
      )}
      {items.length > 0 && (
        <button
          type="button"
          className="icon-button"
          aria-label={t('models.more', { name })}
          aria-haspopup="menu"
          aria-expanded={place !== null}
          title={t('models.more', { name })}
          onClick={(event) => setPlace(placeAt(event.currentTarget))}
        >
          <Ellipsis size={16} strokeWidth={1.6} aria-hidden />
        </button>
      )}
      {place !== null && (
        <Menu label={t('models.more', { name })} place={place} items={items} onClose={() => setPlace(null)} />
      )}
    </>
  );
}

function itemsFor(model: ModelRow, t: (key: string) => string, ask: (request: Asked) => void): readonly MenuItem[] {
  if (model.kind === 'server') return [];
  const { kind } = model;
  const fastCopy = isHere(model) ? model.fastCopy : null;
  const isFast = fastCopy?.status === 'ready';
  const faster: MenuItem = {
    id: 'faster',
    name: t(isFast ? 'models.fastCopy.remove' : 'models.fastCopy.make'),
    icon: isFast ? Undo2 : Gauge,
    ...(isFast ? {} : { note: t('models.fastCopy.about') }),
    run: () => ask(isFast ? 'model.removeFastCopy' : 'model.makeFastCopy'),
  };
  const remove: MenuItem = {
    id: 'remove',
    name: t(kind === 'file' ? 'models.forget' : 'models.remove'),
    icon: Trash2,
    danger: true,
    apart: fastCopy !== null,
    run: () => ask('model.remove'),
  };
  return fastCopy === null ? [remove] : [faster, remove];
}
