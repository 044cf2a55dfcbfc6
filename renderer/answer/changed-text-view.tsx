import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DiffPiece } from '../../contract/changes.ts';
import type { SayWords } from '../../locales/say-locator.ts';
import { showTurns } from '../../locales/show-hidden.ts';
import { glyphLanguageOf } from '../../text/language.ts';
import type { Changes } from './use-changes.ts';

export interface ChangedTextProps {
  readonly changes: Changes;
  /** Whether single changes can be left out here. */
  readonly canLeaveOut: boolean;
}

/** A changed text, with what went struck through and what came marked. */
export function ChangedText({ changes, canLeaveOut }: ChangedTextProps): ReactNode {
  const { t } = useTranslation('common');
  const { pieces, count, leftOut } = changes;
  return (
    <>
      {/* Where changes can be left out, their number stands with the question. */}
      <p className={canLeaveOut ? 'hidden-live' : 'dim small'} role={canLeaveOut ? 'status' : undefined}>
        {sayChanges(t, { count, leftOut })}
      </p>
      <div className="changed" lang={glyphLanguageOf(pieces.map(({ text }) => text).join(''))}>
        {groupsOf(pieces).map(({ change, parts }, index) =>
          change === null || !canLeaveOut ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces never move
            <Parts key={index} parts={parts} />
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces never move
            <Change key={index} change={change} parts={parts} changes={changes} />
          ),
        )}
      </div>
    </>
  );
}

/** How many changes there are, and how many of them are not made. */
export function sayChanges(t: SayWords, { count, leftOut }: Pick<Changes, 'count' | 'leftOut'>): string {
  const left = leftOut.size > 0 ? [t('changesLeftOut', { count: leftOut.size })] : [];
  return [t('changes', { count }), ...left].join(' · ');
}

interface Group {
  readonly change: number | null;
  readonly parts: readonly DiffPiece[];
}

function groupsOf(pieces: readonly DiffPiece[]): readonly Group[] {
  const groups: { change: number | null; parts: DiffPiece[] }[] = [];
  for (const piece of pieces) {
    const last = groups.at(-1);
    if (last !== undefined && last.change === piece.change) last.parts.push(piece);
    else groups.push({ change: piece.change, parts: [piece] });
  }
  return groups;
}

/** A change with a switch of its own. */
function Change({ change, parts, changes }: Group & { change: number; changes: Changes }): ReactNode {
  const element = useRef<HTMLLabelElement>(null);
  const chosen = changes.chosen === change;
  useEffect(() => {
    if (chosen) element.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const out = changes.leftOut.has(change);
  return (
    <label ref={element} className={`change${chosen ? ' at' : ''}${out ? ' out' : ''}`}>
      <input type="checkbox" checked={!out} onChange={() => changes.toggle(change)} />
      <Parts parts={parts} />
    </label>
  );
}

function Parts({ parts }: { readonly parts: readonly DiffPiece[] }): ReactNode {
  return parts.map(({ kind, text }) => {
    const shown = showTurns(text);
    return kind === 'removed' ? (
      <del key={kind}>{shown}</del>
    ) : kind === 'added' ? (
      <ins key={kind}>{shown}</ins>
    ) : (
      shown
    );
  });
}
