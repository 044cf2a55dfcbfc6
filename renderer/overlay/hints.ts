import type { ContextChip } from '../../contract/context.ts';
import type { KeyContext } from './keymap.ts';
import type { Row } from './rows.ts';
import type { View } from './use-rows.ts';

/** A key of the footer with the name of what it does (`hint.<name>` in `locales/`); without a key it says how things are. */
export interface Hint {
  readonly keys: string | null;
  readonly name: string;
  readonly main: boolean;
}

export interface HintInput {
  /** The chosen row. */
  readonly row: Row | undefined;
  readonly context: KeyContext;
  readonly view: View;
  /** What has the focus: a chip, a button that Enter presses, or the box itself. */
  readonly focused: ContextChip | 'button' | 'box';
}

/** The keys that work right now. */
export function hintsFor({ row, context, view, focused }: HintInput): readonly Hint[] {
  const more = view === 'actions' ? [] : [other('Ctrl+K', 'more')];
  if (typeof focused !== 'string') return [...chipHints(focused), ...more];
  const all = [...rowHints(row, context, view), ...stateHints(row, context, view), ...more];
  return focused === 'button' ? all.filter(({ keys }) => keys !== 'Enter') : all;
}

function chipHints({ status }: ContextChip): readonly Hint[] {
  if (status === 'offered') return [main('Space', 'take')];
  return [main('Space', 'turn'), ...(status === 'ready' ? [other('Enter', 'preview')] : [])];
}

function rowHints(row: Row | undefined, { hasChips }: KeyContext, view: View): readonly Hint[] {
  if (row === undefined) return [];
  return [main('Enter', nameOf(row, view)), ...(hasChips && view === 'box' ? [other('Tab', 'context')] : [])];
}

function nameOf(row: Row, view: View): string {
  if (row.kind === 'ask') return 'ask';
  if (row.kind === 'conversation') return 'open';
  if (row.kind !== 'model') return 'run';
  return row.model.installed || view === 'again-with' ? 'use' : 'open';
}

function stateHints(row: Row | undefined, context: KeyContext, view: View): readonly Hint[] {
  if (view !== 'box') return [other('Escape', 'back')];
  if (context.running) return [{ keys: 'Ctrl+.', name: 'hint.stop', main: row === undefined }];
  if (!context.hasAnswer || row !== undefined) return [];
  const { canReplace, canCopy, canGoOn, hasText } = context;
  return [
    ...backHints(context),
    ...(canReplace ? [main('Enter', 'replace')] : []),
    ...(canGoOn ? [{ keys: 'Ctrl+G', name: 'hint.goOn', main: !canReplace }] : []),
    ...(canReplace && !canGoOn ? [other('Ctrl+Enter', 'insertBelow')] : []),
    ...(hasText ? [{ keys: canCopy ? 'Enter' : 'Ctrl+C', name: 'hint.copy', main: !canReplace && !canGoOn }] : []),
    ...changeHints(context),
    ...(context.hasMarks && !context.hasNotice ? [other('Ctrl+Down', 'nextMark')] : []),
    ...(canReplace || context.isBack !== 'no'
      ? []
      : [{ keys: 'Ctrl+R', name: 'hint.again', main: !hasText }, other('Ctrl+N', 'newChat')]),
  ];
}

function backHints({ isBack, isUndoable }: KeyContext): readonly Hint[] {
  if (isBack === 'no') return [];
  const said = { keys: null, name: isBack === 'yes' ? 'hint.isBack' : 'hint.mayBeBack', main: false };
  return [said, ...(isUndoable ? [main('Ctrl+Z', 'undo')] : [])];
}

function changeHints({ hasChosenChange, chosenIsOut, hasChanges, hasDiff }: KeyContext): readonly Hint[] {
  if (hasChosenChange) return [other('Ctrl+Backspace', chosenIsOut ? 'makeIt' : 'leaveOut')];
  if (hasChanges) return [other('Right', 'changes')];
  return hasDiff ? [other('Ctrl+D', 'diff')] : [];
}

function main(keys: string, name: string): Hint {
  return { keys, name: `hint.${name}`, main: true };
}

function other(keys: string, name: string): Hint {
  return { keys, name: `hint.${name}`, main: false };
}
