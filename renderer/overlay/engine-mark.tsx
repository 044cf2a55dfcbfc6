import { ChevronDown, Cloud, Server } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMirror } from '../app/backend.ts';
import { isThisMachine } from '../app/this-machine.ts';
import { useModels } from '../app/use-models.ts';

export interface EngineMarkProps {
  /** The list of models is open. */
  readonly isOpen: boolean;
  /** Opens the list of models, and closes it again. */
  readonly onToggle: () => void;
}

/** The model's name with one glyph for what the engine does: asleep, loading, ready, failed. A click is Ctrl+M. */
export function EngineMark({ isOpen, onToggle }: EngineMarkProps): ReactNode {
  const { t } = useTranslation('overlay');
  const engine = useMirror('engine');
  const chosen = useModels().find((row) => row.chosen);
  const status = chosen?.kind === 'server' ? 'server' : (engine?.status ?? 'asleep');
  const says = chosen === undefined ? t('engine.none') : t(`engine.${status}`, { name: chosen.name });
  return (
    <button
      type="button"
      className={isOpen ? 'engine open' : 'engine'}
      title={says}
      aria-label={`${says}. ${t('command.models')}`}
      aria-expanded={isOpen}
      // The keys stay with what is typed.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onToggle}
      tabIndex={-1}
    >
      {chosen?.kind === 'server' ? <ServerGlyph host={chosen.host ?? ''} /> : <Glyph status={status} />}
      <span className="engine-name">{chosen?.shortName ?? t('engine.choose')}</span>
      <ChevronDown size={12} strokeWidth={1.8} aria-hidden />
    </button>
  );
}

function ServerGlyph({ host }: { readonly host: string }): ReactNode {
  const Icon = isThisMachine(host) ? Server : Cloud;
  return <Icon className="glyph" size={12} strokeWidth={1.8} aria-hidden />;
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
