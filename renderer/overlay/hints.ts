import type { ContextChip } from '../../contract/context.ts';
import type { CommandHint } from './commands/command.ts';
import { commands, keysNow } from './commands/commands.ts';
import { type CommandContext, hasEnded, isBeingMade, type KeyMoment } from './commands/context.ts';
import { isFamily, type View } from './list-rows.ts';
import type { Row } from './rows.ts';

/** A longer name of a row would leave the other keys no room. */
const longestSaid = 28;

/** A key of the footer with the name of what it does (`hint.<name>` in `locales/`); without a key it says how things are. */
export interface Hint {
  readonly keys: string | null;
  readonly name: string;
  readonly main: boolean;
  /** In place of the name: what the row itself is called. */
  readonly says?: string;
}

export interface HintInput {
  /** The chosen row. */
  readonly row: Row | undefined;
  readonly context: CommandContext;
  readonly view: View;
  /** The text of the input is the last question, which is being changed. */
  readonly editing: boolean;
  /** What has the focus: a chip, a button that Enter presses, or the box itself. */
  readonly focused: ContextChip | 'button' | 'box';
}

/** The keys that work right now. */
export function hintsFor({ row, context, view, editing, focused }: HintInput): readonly Hint[] {
  const moment: KeyMoment = { ...context, view, hasRows: row !== undefined, hasSelection: false };
  if (context.sheet !== 'none') return commandHints(moment, ['box']);
  if (typeof focused !== 'string') return [...chipHints(focused), ...commandHints(moment, ['anything'])];
  const back = view === 'box' || isFamily(view) ? [] : [other('Escape', 'back')];
  const beside = shownBeside(moment);
  const said = beside.includes('answer') ? whereItIs(context) : [];
  const own = row === undefined ? typedHints(moment, editing) : rowHints(row, context, view);
  const all = [...own, ...back, ...said, ...commandHints(moment, beside)];
  return focused === 'button' ? all.filter(({ keys }) => keys !== 'Enter') : all;
}

function whereItIs({ back }: CommandContext): readonly Hint[] {
  if (back === 'no') return [];
  return [{ keys: null, name: back === 'yes' ? 'hint.isBack' : 'hint.mayBeBack', main: false }];
}

function chipHints({ kind, status }: ContextChip): readonly Hint[] {
  if (status === 'offered') return [main('Space', 'take')];
  const remove = kind === 'file' ? [other('Delete', 'remove')] : [];
  // A file that cannot be read is not taken along: its chip leads to another one.
  if (status === 'failed') return kind === 'file' ? [main('Enter', 'anotherFile'), ...remove] : [];
  return [main('Space', 'turn'), ...(status === 'ready' ? [other('Enter', 'preview')] : []), ...remove];
}

/** What is typed where no rows are is the next question. */
function typedHints(moment: KeyMoment, editing: boolean): readonly Hint[] {
  if (moment.view !== 'box' || moment.input === 'empty') return [];
  // Escape stops an answer that is being made before it clears anything.
  const wayOut = isBeingMade(moment) ? [] : [other('Escape', editing ? 'keep' : 'clear')];
  return [main('Enter', editing ? 'askAnew' : 'ask'), other('Shift+Enter', 'newLine'), ...wayOut];
}

function rowHints(row: Row, { hasChips }: CommandContext, view: View): readonly Hint[] {
  const name = row.kind === 'action' ? (row.fullName ?? row.name) : '';
  const says = name !== '' && name.length <= longestSaid ? { says: name } : {};
  const back = isFamily(view) ? [other('Backspace', 'back')] : [];
  const remove = row.kind === 'clip' && view === 'clips' ? [other('Delete', 'remove')] : [];
  return [
    { ...main('Enter', nameOf(row, view)), ...says },
    ...back,
    ...remove,
    ...(hasChips && view === 'box' ? [other('Tab', 'context')] : []),
  ];
}

function nameOf(row: Row, view: View): string {
  if (row.kind === 'ask') return 'ask';
  if (row.kind === 'conversation') return 'open';
  if (row.kind === 'family') return 'choose';
  if (row.kind === 'clip') return 'copyAgain';
  if (row.kind === 'command' && row.command === 'undo-put-back') return 'takeBack';
  if (row.kind !== 'model') return 'run';
  if (row.isClosed) return 'settings';
  return row.model.installed || view === 'again-with' ? 'use' : 'get';
}

function shownBeside(moment: KeyMoment): readonly CommandHint['with'][] {
  if (moment.view !== 'box') return ['anything'];
  return hasEnded(moment) && !moment.hasRows && moment.input === 'empty'
    ? ['answer', 'box', 'anything']
    : ['box', 'anything'];
}

function commandHints(moment: KeyMoment, beside: readonly CommandHint['with'][]): readonly Hint[] {
  return commands
    .flatMap((command) => {
      const { hint } = command;
      const [keys] = keysNow(command, moment);
      if (hint === undefined || keys === undefined || !beside.includes(hint.with)) return [];
      if (hint.when?.(moment) === false) return [];
      const name = typeof hint.name === 'string' ? hint.name : hint.name(moment);
      return [{ at: hint.at, hint: { keys, name: `hint.${name}`, main: hint.main?.(moment) ?? false } }];
    })
    .sort((one, another) => Number(another.hint.main) - Number(one.hint.main) || one.at - another.at)
    .map(({ hint }) => hint);
}

function main(keys: string, name: string): Hint {
  return { keys, name: `hint.${name}`, main: true };
}

function other(keys: string, name: string): Hint {
  return { keys, name: `hint.${name}`, main: false };
}
