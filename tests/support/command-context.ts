import type { CommandContext, KeyMoment } from '../../renderer/overlay/commands/context.ts';

/** An empty box without an answer, before every test that changes something of it. */
export const emptyContext: CommandContext = {
  input: 'empty',
  answer: 'none',
  hasWords: false,
  mayRetry: true,
  place: 'none',
  asksFirst: false,
  offersCopy: false,
  back: 'no',
  isUndoable: false,
  changes: 'none',
  canUndo: false,
  hasNotice: false,
  hasMarks: false,
  hasChips: false,
  goesAway: false,
  hasFormer: false,
  sheet: 'none',
};

/** A key that is pressed in the box itself, with no rows and nothing selected. */
export function keyMoment(context: Partial<KeyMoment> = {}): KeyMoment {
  return { ...emptyContext, view: 'box', hasRows: false, hasSelection: false, ...context };
}
