import { describe, expect, it } from 'vitest';
import type { ContextChip } from '../../../contract/context.ts';
import { type HintInput, hintsFor } from '../../../renderer/overlay/hints.ts';
import type { KeyContext } from '../../../renderer/overlay/keymap.ts';

const empty: KeyContext = {
  inputEmpty: true,
  running: false,
  hasAnswer: false,
  hasText: false,
  canGoOn: false,
  hasSelection: false,
  hasNotice: false,
  canReplace: false,
  canCopy: false,
  isBack: 'no',
  isUndoable: false,
  canUndo: false,
  hasDiff: false,
  hasChanges: false,
  hasChosenChange: false,
  chosenIsOut: false,
  hasMarks: false,
  hasChips: false,
};
const answered = { ...empty, hasAnswer: true, hasText: true };
const settings = {
  kind: 'command',
  id: 'command-settings',
  command: 'settings',
  name: 'Settings',
  keys: null,
} as const;
const chip = { id: 's', kind: 'selection', status: 'ready' } as ContextChip;

function said(input: Partial<HintInput>): string {
  const hints = hintsFor({ row: undefined, context: empty, view: 'box', focused: 'box', ...input });
  return hints.map(({ keys, name }) => `${keys ?? ''} ${name.replace('hint.', '')}`.trim()).join(', ');
}

describe('the keys in the footer', () => {
  it('are of the chip while it has the focus, where Enter runs no row', () => {
    const context = { ...empty, hasChips: true };
    expect(said({ row: settings, context })).toBe('Enter run, Tab context, Ctrl+K more');
    expect(said({ row: settings, context, focused: chip })).toBe('Space turn, Enter preview, Ctrl+K more');
    expect(said({ row: settings, context, focused: { ...chip, status: 'offered' } })).toBe('Space take, Ctrl+K more');
  });

  it('leave Enter to a button that has the focus', () => {
    const context = { ...answered, canReplace: true };
    expect(said({ context })).toBe('Enter replace, Ctrl+Enter insertBelow, Ctrl+C copy, Ctrl+K more');
    expect(said({ context, focused: 'button' })).toBe('Ctrl+Enter insertBelow, Ctrl+C copy, Ctrl+K more');
  });

  // Enter put an answer that was there already over the person's clipboard, and said that its place was gone.
  it('say that an answer is back in its place, with its undo, and do not offer to put it there again', () => {
    const context = { ...answered, isBack: 'yes', isUndoable: true, canUndo: true } as const;
    expect(said({ context })).toBe('isBack, Ctrl+Z undo, Ctrl+C copy, Ctrl+K more');
    const unsure = { ...context, isBack: 'maybe', isUndoable: false } as const;
    expect(said({ context: unsure })).toBe('mayBeBack, Ctrl+C copy, Ctrl+K more');
  });

  it('do not offer to copy an answer without a word', () => {
    expect(said({ context: { ...answered, hasText: false } })).toBe('Ctrl+R again, Ctrl+N newChat, Ctrl+K more');
  });

  it('go on with an answer that was broken off', () => {
    const context = { ...answered, canGoOn: true };
    expect(said({ context })).toBe('Ctrl+G goOn, Ctrl+C copy, Ctrl+R again, Ctrl+N newChat, Ctrl+K more');
    const replacing = { ...context, canReplace: true };
    expect(said({ context: replacing })).toBe('Enter replace, Ctrl+G goOn, Ctrl+C copy, Ctrl+K more');
  });

  it('lead back from a list, and do not name what is behind it', () => {
    expect(said({ context: { ...answered, canReplace: true }, view: 'keys' })).toBe('Escape back, Ctrl+K more');
    expect(said({ row: settings, context: { ...empty, hasChips: true }, view: 'actions' })).toBe(
      'Enter run, Escape back',
    );
  });

  it('say what the key does with a change: leave it out, or make it after all', () => {
    const context = { ...answered, canReplace: true, hasChosenChange: true };
    expect(said({ context })).toContain('Ctrl+Backspace leaveOut');
    expect(said({ context: { ...context, chosenIsOut: true } })).toContain('Ctrl+Backspace makeIt');
  });
});
