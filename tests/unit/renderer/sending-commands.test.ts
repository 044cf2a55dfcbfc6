import { describe, expect, it } from 'vitest';
import { findCommand } from '../../../renderer/overlay/commands/commands.ts';
import { hintsFor } from '../../../renderer/overlay/hints.ts';
import type { View } from '../../../renderer/overlay/list-rows.ts';
import { emptyContext, keyMoment } from '../../support/command-context.ts';

const views: readonly View[] = ['box', 'rewrite', 'translate', 'tidy', 'history', 'models', 'again-with'];

function press(key: string, held: Partial<Record<'ctrlKey' | 'altKey' | 'shiftKey', true>> = {}) {
  const none = { ctrlKey: false, altKey: false, shiftKey: false, metaKey: false };
  return { key, code: '', ...none, ...held };
}

describe('what is looked at before it is sent', () => {
  // An action of a list of its own was sent by Enter, while what it would send was not in sight.
  it.each(views)('has the keys in the view %s, and nothing else has', (view) => {
    const moment = keyMoment({
      view,
      sheet: 'leaves',
      answer: 'done',
      hasWords: true,
      place: 'replace',
      hasRows: true,
    });
    const found = (key: Parameters<typeof press>[0], held?: Parameters<typeof press>[1]) =>
      findCommand(press(key, held), 'linux', moment)?.id ?? null;
    expect([found('Enter'), found('Enter', { altKey: true }), found('Escape')]).toEqual([
      ...['send-shown', 'here-instead', 'cancel-sending'],
    ]);
    for (const key of ['r', 'n', 'm', 'k', 'z', 'c', 'b', 'd']) expect(found(key, { ctrlKey: true }), key).toBeNull();
    const context = { ...emptyContext, sheet: 'leaves' } as const;
    const hints = hintsFor({ row: undefined, context, view, editing: false, focused: 'box' });
    expect(hints.map(({ keys }) => keys)).toEqual(['Enter', 'Alt+Enter', 'Escape']);
  });

  it('is offered where something may leave and there is something to send', () => {
    const look = (more: object) => findCommand(press('b', { ctrlKey: true }), 'linux', keyMoment(more))?.id ?? null;
    expect(look({ goesAway: true, input: 'text' })).toBe('look');
    expect(look({ goesAway: true, hasChips: true, hasRows: true })).toBe('look');
    expect(look({ goesAway: true })).toBeNull();
    expect(look({ goesAway: false, input: 'text' })).toBeNull();
  });

  it('cannot be answered here where it stays here anyway', () => {
    const moment = keyMoment({ sheet: 'stays' });
    expect(findCommand(press('Enter', { altKey: true }), 'linux', moment)).toBeNull();
    expect(findCommand(press('Enter'), 'linux', moment)?.id).toBe('send-shown');
  });
});
