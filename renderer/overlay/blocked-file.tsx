import type { LucideIcon } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContextChip } from '../../contract/context.ts';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { useClient } from '../app/backend.ts';
import { focusInput, RemoveButton } from './remove-button.tsx';

export interface BlockedFileProps {
  readonly chip: ContextChip;
  /** A file that waits goes on by one step; one that failed does not. */
  readonly state: 'waiting' | 'failed';
  readonly icon: LucideIcon;
  /** Stands behind the name. */
  readonly about: string;
  readonly why: string;
  /** What a click does, in words. */
  readonly help: string;
  readonly onClick: () => void;
  readonly children?: ReactNode;
}

const looks = {
  waiting: { chip: 'chip file waiting', why: 'chip-why shown', role: 'status' },
  failed: { chip: 'chip file bad', why: 'chip-why', role: 'alert' },
} as const;

/** A file as a chip that gives no text now, with why beside it. It goes by its cross, or by Delete. */
export function BlockedFile({
  chip,
  state,
  icon: Icon,
  about,
  why,
  help,
  onClick,
  children,
}: BlockedFileProps): ReactNode {
  const { t } = useTranslation('overlay');
  const client = useClient();
  const look = looks[state];
  const remove = () => void client.request('context.remove', { chipId: chip.id });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Delete' && event.key !== 'Backspace') return;
    event.preventDefault();
    event.stopPropagation();
    focusInput(event.currentTarget);
    remove();
  };
  return (
    <>
      <span className={look.chip} data-status={state}>
        <button
          type="button"
          className="chip-main"
          data-chip={chip.id}
          aria-keyshortcuts="Delete"
          title={`${why}\n${help}`}
          onKeyDown={onKeyDown}
          onClick={onClick}
        >
          <Icon size={14} strokeWidth={1.6} aria-hidden />
          <b className="chip-name">{showHiddenInLine(chip.title ?? '')}</b>
          <span className="chip-about">{about}</span>
        </button>
        {children}
        <RemoveButton label={t('chip.remove')} reachable onRemove={remove} />
      </span>
      <span className="hidden-live" role={look.role}>
        {why}
      </span>
      <span className={look.why} aria-hidden>
        {why}
      </span>
    </>
  );
}
