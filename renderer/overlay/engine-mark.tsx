import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMirror } from '../app/backend.ts';
import { useModels } from '../app/use-models.ts';

/** The model's short name with one glyph for what the engine does: asleep, loading, ready, failed. */
export function EngineMark(): ReactNode {
  const { t } = useTranslation('overlay');
  const engine = useMirror('engine');
  const chosen = useModels().find((row) => row.chosen);
  if (chosen === undefined) return null;
  const status = chosen.kind === 'server' ? 'server' : (engine?.status ?? 'asleep');
  return (
    <span className="engine" title={t(`engine.${status}`, { name: chosen.name })}>
      <Glyph status={status} />
      <span className="engine-name">{chosen.shortName}</span>
    </span>
  );
}

function Glyph({ status }: { readonly status: string }): ReactNode {
  const full = status === 'ready' || status === 'generating';
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true" className={`glyph ${status}`}>
      <circle cx="5" cy="5" r="4" fill={full ? 'currentColor' : 'none'} stroke="currentColor" strokeWidth="1.5" />
      {status === 'loading' && <path d="M5 1a4 4 0 0 1 0 8z" fill="currentColor" />}
      {status === 'failed' && (
        <path d="M5 2.5v3M5 7.2v.1" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      )}
    </svg>
  );
}
