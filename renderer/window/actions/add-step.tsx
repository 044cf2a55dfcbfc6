import { type KeyboardEvent, type ReactNode, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepKind } from '../../../contract/atom-edit.ts';
import type { StepType } from '../../../contract/atom-steps.ts';
import { Dialog } from '../dialog.tsx';
import { fits } from './step-edits.ts';
import { iconOfStep } from './step-icons.ts';

export interface AddStepProps {
  readonly kinds: readonly StepKind[];
  /** What would come to the step; null where that is not known. */
  readonly type: StepType | null;
  readonly onAdd: (kind: StepKind) => void;
  readonly onClose: () => void;
}

/** The kinds of steps, to be found by name: what fits at this place stands first. */
export function AddStep({ kinds, type, onAdd, onClose }: AddStepProps): ReactNode {
  const { t } = useTranslation('editor');
  const list = useId();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const found = useFound(kinds, type, query);
  const take = (kind: StepKind | undefined) => {
    if (kind === undefined) return;
    onClose();
    onAdd(kind);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Enter') take(found[at]);
    else if (step !== 0 && found.length > 0) setAt((at + step + found.length) % found.length);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog label={t('addStep')} className="palette" onClose={onClose}>
      <input
        className="palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={found[at] === undefined ? undefined : `${list}-${at}`}
        aria-label={t('findStep')}
        placeholder={t('findStep')}
        value={query}
        spellCheck={false}
        data-first
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="palette-list" id={list} role="listbox" aria-label={t('addStep')}>
        <Rows {...{ list, found, type, at, take }} />
      </div>
      {found.length === 0 && <p className="dim palette-nothing">{t('nothing')}</p>}
    </Dialog>
  );
}

interface RowsProps {
  readonly list: string;
  readonly found: readonly StepKind[];
  readonly type: StepType | null;
  readonly at: number;
  readonly take: (kind: StepKind) => void;
}

function Rows({ list, found, type, at, take }: RowsProps): ReactNode {
  const { t } = useTranslation('editor');
  const firstUnfit = found.findIndex((kind) => !fits(kind, type));
  const typesOf = ({ takes }: StepKind) => takes.map((one) => t(`type.${one}`)).join(t('or'));
  return found.map((kind, index) => {
    const Icon = iconOfStep(kind.do);
    const isFirst = index === 0 || index === firstUnfit;
    return (
      <div key={kind.do} className="add-row">
        {isFirst && (
          <div className="palette-group" aria-hidden>
            {t(index === firstUnfit ? 'fitsNot' : 'fitsHere')}
          </div>
        )}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: its keys are the field's */}
        <div
          id={`${list}-${index}`}
          className={index === at ? 'palette-row at' : 'palette-row'}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          ref={index === at ? (row) => row?.scrollIntoView({ block: 'nearest' }) : undefined}
          onClick={() => take(kind)}
        >
          <Icon size={16} strokeWidth={1.6} aria-hidden />
          <span className="add-words">
            {t(`step.${kind.do}`)}
            <span className="dim small">{t(`stepAbout.${kind.do}`)}</span>
          </span>
          <span className="dim small add-takes">{t('takes', { types: typesOf(kind) })}</span>
        </div>
      </div>
    );
  });
}

/** By its name in either language, or by what it does; those that fit first, each in the order of the table. */
function useFound(kinds: readonly StepKind[], type: StepType | null, query: string): readonly StepKind[] {
  const { i18n } = useTranslation('editor');
  return useMemo(() => {
    const words = query.trim().toLowerCase();
    const names = ({ do: name }: StepKind) =>
      ['en', 'zh-CN'].flatMap((lng) => [
        i18n.t(`step.${name}`, { ns: 'editor', lng }),
        i18n.t(`stepAbout.${name}`, { ns: 'editor', lng }),
      ]);
    const isNamed = (kind: StepKind) => [kind.do, ...names(kind)].map((name) => name.toLowerCase());
    const found = kinds.filter((kind) => isNamed(kind).some((name) => name.includes(words)));
    const inName = (kind: StepKind) =>
      isNamed(kind)[0]?.startsWith(words) || names(kind)[0]?.toLowerCase().includes(words);
    const rank = (kind: StepKind) => (fits(kind, type) ? 0 : 2) + (words !== '' && !inName(kind) ? 1 : 0);
    return found.toSorted((one, other) => rank(one) - rank(other));
  }, [kinds, type, query, i18n]);
}
