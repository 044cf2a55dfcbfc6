import { describe, expect, it } from 'vitest';
import type { ContextChip } from '../../../contract/context.ts';
import { commands } from '../../../renderer/overlay/commands/commands.ts';
import { type HintInput, hintsFor } from '../../../renderer/overlay/hints.ts';
import { type Row, toRow } from '../../../renderer/overlay/rows.ts';
import { emptyContext as empty } from '../../support/command-context.ts';

const answered = { ...empty, answer: 'done', hasWords: true } as const;
const settings = settingsRow();
const chip = { id: 's', kind: 'selection', status: 'ready' } as ContextChip;

function said(input: Partial<HintInput>): string {
  const hints = hintsFor({ row: undefined, context: empty, view: 'box', editing: false, focused: 'box', ...input });
  return hints.map(({ keys, name }) => `${keys ?? ''} ${name.replace('hint.', '')}`.trim()).join(', ');
}

describe('the keys in the footer', () => {
  it('are of the chip while it has the focus, where Enter runs no row', () => {
    const context = { ...empty, hasChips: true };
    expect(said({ row: settings, context })).toBe('Enter run, Tab context, Ctrl+K more');
    expect(said({ row: settings, context, focused: chip })).toBe('Space turn, Enter preview, Ctrl+K more');
    expect(said({ row: settings, context, focused: { ...chip, status: 'offered' } })).toBe('Space take, Ctrl+K more');
    const file = { ...chip, kind: 'file' } as const;
    expect(said({ row: settings, context, focused: file })).toBe(
      'Space turn, Enter preview, Delete remove, Ctrl+K more',
    );
    // A file that cannot be read was said to be turned on or off by a key that opens the file dialog.
    expect(said({ row: settings, context, focused: { ...file, status: 'failed' } })).toBe(
      'Enter anotherFile, Delete remove, Ctrl+K more',
    );
  });

  it('leave Enter to a button that has the focus', () => {
    const context = { ...answered, place: 'replace' } as const;
    expect(said({ context })).toBe('Enter replace, Ctrl+Enter insertBelow, Ctrl+C copy, Ctrl+K more');
    expect(said({ context, focused: 'button' })).toBe('Ctrl+Enter insertBelow, Ctrl+C copy, Ctrl+K more');
  });

  // Enter put an answer that was there already over the person's clipboard, and said that its place was gone.
  it('say that an answer is back in its place, with its undo, and do not offer to put it there again', () => {
    const context = { ...answered, back: 'yes', isUndoable: true, canUndo: true } as const;
    expect(said({ context })).toBe('isBack, Ctrl+Z undo, Ctrl+C copy, Ctrl+K more');
    const unsure = { ...context, back: 'maybe', isUndoable: false } as const;
    expect(said({ context: unsure })).toBe('mayBeBack, Ctrl+C copy, Ctrl+K more');
  });

  // After a failure Enter did nothing, and the only key was one that nobody tries.
  it('try again on Enter where no word came, or with another model, and do not offer to copy nothing', () => {
    expect(said({ context: { ...answered, hasWords: false } })).toBe(
      'Enter tryAgain, Ctrl+Shift+R anotherModel, Ctrl+N newChat, Ctrl+K more',
    );
    // What a setting or another model would mend is not tried again by the next Enter.
    expect(said({ context: { ...answered, hasWords: false, mayRetry: false } })).toMatch(/^Ctrl\+R tryAgain/);
  });

  it('go on with an answer that was broken off', () => {
    const context = { ...answered, answer: 'cut' } as const;
    expect(said({ context })).toBe('Enter copy, Ctrl+G goOn, Ctrl+R again, Ctrl+N newChat, Ctrl+K more');
    const replacing = { ...context, place: 'replace' } as const;
    expect(said({ context: replacing })).toBe('Enter replace, Ctrl+G goOn, Ctrl+C copy, Ctrl+K more');
  });

  // Enter put whatever had been written about anything over the text that happened to be selected.
  it('copy the answer to a question in one’s own words on Enter, and put it in by a longer key', () => {
    const context = { ...answered, place: 'either' } as const;
    expect(said({ context })).toBe('Enter copy, Ctrl+Shift+Enter putInto, Ctrl+R again, Ctrl+N newChat, Ctrl+K more');
    expect(said({ context: answered })).toMatch(/^Enter copy/);
  });

  // A row that repeated what was typed took the place of the answer it was about.
  it('send what is typed under an answer, which needs no row', () => {
    const context = { ...answered, place: 'replace', input: 'text' } as const;
    expect(said({ context })).toBe('Enter ask, Shift+Enter newLine, Escape clear, Ctrl+K more');
    expect(said({ context, editing: true })).toBe('Enter askAnew, Shift+Enter newLine, Escape keep, Ctrl+K more');
    const growing = { ...context, answer: 'growing' } as const;
    expect(said({ context: growing })).toBe('Enter ask, Shift+Enter newLine, Ctrl+. stop, Ctrl+K more');
  });

  it('lead back from a list, and do not name what is behind it', () => {
    expect(said({ context: { ...answered, place: 'replace' }, view: 'keys' })).toBe('Escape back, Ctrl+K more');
    expect(said({ row: settings, context: { ...empty, hasChips: true }, view: 'commands' })).toBe(
      'Enter run, Escape back',
    );
  });

  it('say what the key does with a change: leave it out, or make it after all', () => {
    const context = { ...answered, place: 'replace', changes: 'chosen' } as const;
    expect(said({ context })).toContain('Ctrl+Backspace leaveOut');
    expect(said({ context: { ...context, changes: 'chosen-left-out' } })).toContain('Ctrl+Backspace makeIt');
  });

  // Where the footer had room for three keys, the one that walks through what is marked was the one that fell out.
  it('are those of what is marked before those that every answer has', () => {
    const context = { ...answered, place: 'replace' } as const;
    const rest = 'Ctrl+Enter insertBelow, Ctrl+C copy, Ctrl+K more';
    expect(said({ context: { ...context, changes: 'shown' } })).toBe(`Enter replace, Right changes, ${rest}`);
    expect(said({ context: { ...context, changes: 'chosen' } })).toBe(
      `Enter replace, Ctrl+Backspace leaveOut, Right nextChange, ${rest}`,
    );
    expect(said({ context: { ...answered, hasMarks: true } })).toMatch(/^Enter copy, Ctrl\+Down nextMark/);
  });
});

function settingsRow(): Row {
  const command = commands.find(({ id }) => id === 'settings');
  if (command === undefined) throw new Error('no command opens the settings');
  return toRow({ command, name: 'Settings', aliases: [] });
}
