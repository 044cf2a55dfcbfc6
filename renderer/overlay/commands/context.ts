import { nextStepOf } from '../../answer/next-step.ts';
import type { Changes } from '../../answer/use-changes.ts';
import type { LookedUp } from '../../answer/use-looked-up.ts';
import type { ConversationView } from '../../run/use-conversation.ts';
import type { View } from '../list-rows.ts';
import type { IsBack, PutBackView } from '../use-put-back.ts';

/** What the overlay shows now, as far as commands depend on it. */
export interface CommandContext {
  readonly input: 'empty' | 'text';
  /** `awaited`: asked for and not there yet; `growing`: being written; `cut`: broken off, and can be continued. */
  readonly answer: 'none' | 'awaited' | 'growing' | 'cut' | 'done';
  /** The answer has at least a first word. */
  readonly hasWords: boolean;
  /** The next step of how it ended is to ask once more, and not a setting or another model. */
  readonly mayRetry: boolean;
  /**
   * Where the ended answer can go: into the place its text came from, or to the clipboard alone. `either`: it could go there,
   * but answers a question in the person's own words, so that Enter copies it.
   */
  readonly place: 'none' | 'replace' | 'either' | 'copy';
  /** Nobody has tried to put text back in that place's application: it takes the person's word. */
  readonly asksFirst: boolean;
  /** The application in front may tell by a copy what is selected in it, once the person agrees. */
  readonly offersCopy: boolean;
  /** The ended answer is where its text was; `maybe` where that could not be checked. It does not go there again. */
  readonly back: IsBack;
  /** That very answer can be taken back. */
  readonly isUndoable: boolean;
  /** What the answer changes in its text: hidden behind the plain text, shown, and whether one change is chosen. */
  readonly changes: 'none' | 'hidden' | 'shown' | 'chosen' | 'chosen-left-out';
  /** The last text that was put back can be taken back. */
  readonly canUndo: boolean;
  readonly hasNotice: boolean;
  /** Something in the answer stands nowhere in its text. */
  readonly hasMarks: boolean;
  /** There is something captured to take along or leave out. */
  readonly hasChips: boolean;
  /** The chosen model is not on this machine. */
  readonly goesAway: boolean;
  /** Another model's answer to the same question is shown, too. */
  readonly hasFormer: boolean;
  /** What would be sent is being looked at: it would leave, or stay. `follows`: a later prompt of an answer. */
  readonly sheet: 'none' | 'leaves' | 'stays' | 'follows';
}

/** The moment a key is pressed, or its hint is shown. */
export interface KeyMoment extends CommandContext {
  readonly view: View;
  readonly hasRows: boolean;
  /** Text is selected with the mouse or in the input. */
  readonly hasSelection: boolean;
}

export interface Shown {
  readonly text: string;
  /** The text is the last question, which is being changed. */
  readonly editing: boolean;
  readonly conversation: Pick<ConversationView, 'messages' | 'running' | 'sheet' | 'former'>;
  readonly hasNotice: boolean;
  readonly putBack: PutBackView;
  readonly changes: Changes;
  /** Whether the answer is shown as what it changes. */
  readonly showsDiff: boolean;
  readonly lookedUp: LookedUp;
  readonly hasChips: boolean;
  readonly goesAway: boolean;
  readonly offersCopy: boolean;
}

export function contextOf({
  text,
  conversation,
  putBack,
  changes,
  showsDiff,
  lookedUp,
  ...shown
}: Shown): CommandContext {
  const last = conversation.messages.at(-1);
  return {
    input: text.trim() === '' && !shown.editing ? 'empty' : 'text',
    answer: answerOf(conversation),
    hasWords: last?.role === 'assistant' && last.text !== '',
    mayRetry: last?.role === 'assistant' && nextStepOf(last) === 'try-again',
    place: putBack.can ?? 'none',
    asksFirst: putBack.asksFirst,
    offersCopy: shown.offersCopy,
    back: putBack.isBack,
    isUndoable: putBack.isUndoable,
    changes: changesOf(changes, showsDiff),
    canUndo: putBack.canUndo,
    hasNotice: shown.hasNotice,
    hasMarks: lookedUp.marks.length > 0,
    hasChips: shown.hasChips,
    goesAway: shown.goesAway,
    hasFormer: conversation.former !== null,
    sheet: sheetOf(conversation.sheet),
  };
}

function sheetOf(sheet: Shown['conversation']['sheet']): CommandContext['sheet'] {
  if (sheet === null) return 'none';
  return sheet.here === null ? 'follows' : sheet.look.status;
}

function answerOf({
  messages,
  running,
}: Pick<Shown['conversation'], 'messages' | 'running'>): CommandContext['answer'] {
  const last = messages.at(-1);
  const answer = last?.role === 'assistant' ? last : null;
  if (running) return answer === null ? 'awaited' : 'growing';
  if (answer === null) return 'none';
  return answer.canGoOn ? 'cut' : 'done';
}

function changesOf({ count, chosen, leftOut }: Changes, showsDiff: boolean): CommandContext['changes'] {
  if (count === 0) return 'none';
  if (!showsDiff) return 'hidden';
  if (chosen === null) return 'shown';
  return leftOut.has(chosen) ? 'chosen-left-out' : 'chosen';
}

/** An answer that ended, whole or broken off. */
export function hasEnded({ answer }: CommandContext): boolean {
  return answer === 'cut' || answer === 'done';
}

export function isBeingMade({ answer }: CommandContext): boolean {
  return answer === 'awaited' || answer === 'growing';
}
