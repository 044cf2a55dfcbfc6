import { isAltGraph, type KeyPress, keyOf } from '../app/key-of.ts';
import type { IsBack } from './use-put-back.ts';

/** What the overlay shows now, as far as keys depend on it. */
export interface KeyContext {
  readonly inputEmpty: boolean;
  readonly running: boolean;
  readonly hasAnswer: boolean;
  /** The answer was broken off and can be gone on with. */
  readonly canGoOn: boolean;
  /** The answer has at least a first word. */
  readonly hasText: boolean;
  readonly hasSelection: boolean;
  readonly hasNotice: boolean;
  /** The finished answer can go back to where its text came from. */
  readonly canReplace: boolean;
  /** It came from a place that cannot be written to: Enter copies it. */
  readonly canCopy: boolean;
  /** The finished answer is where its text was; `maybe` where that could not be checked. Enter does not put it there again. */
  readonly isBack: IsBack;
  /** That very answer can be taken back. */
  readonly isUndoable: boolean;
  /** The last text that was put back, of this answer or an earlier one, can be taken back. */
  readonly canUndo: boolean;
  /** The answer is told as what changed in a text. */
  readonly hasDiff: boolean;
  /** Single changes are on the screen. */
  readonly hasChanges: boolean;
  /** One of them was chosen. */
  readonly hasChosenChange: boolean;
  /** That one is left out. */
  readonly chosenIsOut: boolean;
  /** Something in the answer stands nowhere in its text. */
  readonly hasMarks: boolean;
  /** There is something captured to take along or leave out. */
  readonly hasChips: boolean;
}

export type CommandId =
  | 'new-chat'
  | 'history'
  | 'pin'
  | 'models'
  | 'open-window'
  | 'settings'
  | 'actions'
  | 'copy'
  | 'again'
  | 'go-on'
  | 'again-with'
  | 'stop'
  | 'edit-last'
  | 'keys'
  | 'notice'
  | 'replace'
  | 'insert-below'
  | 'undo-put-back'
  | 'diff'
  | 'next-change'
  | 'previous-change'
  | 'leave-out'
  | 'next-mark'
  | 'file'
  | 'quit';

/** A command: its key, its name (`command.<id>` in `locales/`), and when it works. Listed under Ctrl+K. */
export interface Command {
  readonly id: CommandId;
  /** `Ctrl` stands for Cmd on macOS; null: only in the list. */
  readonly keys: string | null;
  readonly when: (context: KeyContext) => boolean;
}

const always = () => true;

export const commands: readonly Command[] = [
  { id: 'replace', keys: 'Enter', when: ({ canReplace, inputEmpty }) => canReplace && inputEmpty },
  { id: 'insert-below', keys: 'Ctrl+Enter', when: ({ canReplace, inputEmpty }) => canReplace && inputEmpty },
  { id: 'undo-put-back', keys: 'Ctrl+Z', when: ({ canUndo, inputEmpty }) => canUndo && inputEmpty },
  { id: 'diff', keys: 'Ctrl+D', when: ({ hasDiff }) => hasDiff },
  { id: 'next-change', keys: 'Right', when: ({ hasChanges, inputEmpty }) => hasChanges && inputEmpty },
  { id: 'previous-change', keys: 'Left', when: ({ hasChanges, inputEmpty }) => hasChanges && inputEmpty },
  { id: 'leave-out', keys: 'Ctrl+Backspace', when: ({ hasChosenChange, inputEmpty }) => hasChosenChange && inputEmpty },
  { id: 'copy', keys: 'Ctrl+C', when: ({ hasText, hasSelection }) => hasText && !hasSelection },
  { id: 'stop', keys: 'Ctrl+.', when: ({ running }) => running },
  { id: 'go-on', keys: 'Ctrl+G', when: ({ canGoOn, running }) => canGoOn && !running },
  { id: 'again', keys: 'Ctrl+R', when: ({ hasAnswer, running }) => hasAnswer && !running },
  { id: 'again-with', keys: 'Ctrl+Shift+R', when: ({ hasAnswer, running }) => hasAnswer && !running },
  { id: 'edit-last', keys: 'Up', when: ({ hasAnswer, inputEmpty }) => hasAnswer && inputEmpty },
  { id: 'open-window', keys: 'Ctrl+O', when: always },
  { id: 'new-chat', keys: 'Ctrl+N', when: always },
  { id: 'history', keys: 'Ctrl+L', when: always },
  { id: 'file', keys: 'Ctrl+U', when: always },
  { id: 'models', keys: 'Ctrl+M', when: always },
  { id: 'pin', keys: 'Ctrl+P', when: always },
  { id: 'settings', keys: 'Ctrl+,', when: always },
  { id: 'notice', keys: 'Ctrl+Down', when: ({ hasNotice }) => hasNotice },
  { id: 'next-mark', keys: 'Ctrl+Down', when: ({ hasMarks, hasNotice }) => hasMarks && !hasNotice },
  { id: 'actions', keys: 'Ctrl+K', when: always },
  { id: 'keys', keys: 'F1', when: always },
  { id: 'quit', keys: null, when: always },
];

const arrows: Readonly<Record<string, string>> = {
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};

/** The combination of a key press in the spelling of the table, such as `Ctrl+Shift+R`. */
export function combinationOf(press: KeyPress, platform: string): string {
  const pressed = keyOf(press);
  if (isAltGraph(press)) return pressed;
  const control = platform === 'darwin' ? press.metaKey : press.ctrlKey;
  // Some keyboards write a sign with Shift that others write without: it is the same sign.
  const shift = press.shiftKey && !/^[!-/:-@[-`{-~]$/.test(pressed);
  return [control ? 'Ctrl' : '', press.altKey ? 'Alt' : '', shift ? 'Shift' : '', arrows[pressed] ?? pressed]
    .filter((part) => part !== '')
    .join('+');
}

/** The command of a key press that works right now; null when the key means nothing here. */
export function findCommand(press: KeyPress, platform: string, context: KeyContext): CommandId | null {
  const combination = combinationOf(press, platform);
  return commands.find((command) => command.keys === combination && command.when(context))?.id ?? null;
}

/** Row number of Ctrl+1…9 or Alt+1…9 (from 0); null for other keys. A bare digit is typed. */
export function findRowNumber(press: KeyPress, platform: string): number | null {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(press.code)?.[1];
  const control = platform === 'darwin' ? press.metaKey : press.ctrlKey;
  if (digit === undefined || press.shiftKey || control === press.altKey) return null;
  return Number(digit) - 1;
}
