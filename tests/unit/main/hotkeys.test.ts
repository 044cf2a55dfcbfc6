import { describe, expect, it } from 'vitest';
import { normaliseAccelerator } from '../../../main/hotkey/accelerator.ts';
import { ActionHotkeys } from '../../../main/hotkey/action-hotkeys.ts';
import { type HotkeyPort, type HotkeyState, Hotkeys } from '../../../main/hotkey/hotkeys.ts';

class FakeHotkeys implements HotkeyPort {
  readonly held = new Map<string, () => void>();
  readonly takenByOthers: Set<string>;

  constructor(taken: readonly string[] = []) {
    this.takenByOthers = new Set(taken);
  }

  register(accelerator: string, onPressed: () => void): boolean {
    if (accelerator.includes('Nonsense')) throw new TypeError('conversion failure');
    if (this.takenByOthers.has(accelerator) || this.held.has(accelerator)) return false;
    this.held.set(accelerator, onPressed);
    return true;
  }

  unregister(accelerator: string): void {
    this.held.delete(accelerator);
  }
}

function start(port: FakeHotkeys, accelerator = 'Control+Shift+Space') {
  const states: HotkeyState[] = [];
  const hotkeys = new Hotkeys(
    port,
    () => {},
    (state) => states.push(state),
  );
  hotkeys.start(accelerator);
  return { hotkeys, states };
}

describe('a global hotkey', () => {
  it('that the system refuses is said, with two free ones to choose from', () => {
    const port = new FakeHotkeys(['Control+Shift+Space', 'Control+Alt+Space']);
    const { hotkeys } = start(port);
    expect(hotkeys.state).toMatchObject({ registered: false, error: { code: 'hotkey/refused' } });
    expect(hotkeys.state.proposals).toEqual(['Alt+Shift+Space', 'Control+Shift+Enter']);
    expect(port.held.size).toBe(0);
  });

  it('keeps the old one when the new one is refused', () => {
    const port = new FakeHotkeys(['F9']);
    const { hotkeys } = start(port);
    expect(() => hotkeys.change('F9')).toThrow(expect.objectContaining({ code: 'hotkey/refused' }));
    expect([...port.held.keys()]).toEqual(['Control+Shift+Space']);
    expect(hotkeys.state.registered).toBe(true);
  });

  it('holds exactly one accelerator after a change, and none after the end', () => {
    const port = new FakeHotkeys();
    const { hotkeys } = start(port);
    expect(hotkeys.change('ctrl+alt+k')).toBe('Control+Alt+K');
    expect([...port.held.keys()]).toEqual(['Control+Alt+K']);
    hotkeys.dispose();
    expect(port.held.size).toBe(0);
  });

  it('is let go while a new one is pressed, and taken back', () => {
    const port = new FakeHotkeys();
    const { hotkeys } = start(port);
    hotkeys.listen(true);
    expect(port.held.size).toBe(0);
    hotkeys.listen(false);
    expect([...port.held.keys()]).toEqual(['Control+Shift+Space']);
  });

  it('is let go while it is paused, whatever the settings do meanwhile, and taken back after', () => {
    const port = new FakeHotkeys();
    const { hotkeys } = start(port);
    hotkeys.pause(true);
    expect([[...port.held.keys()], hotkeys.state.paused]).toEqual([[], true]);
    // A person who looks for a new one does not end the pause.
    hotkeys.listen(true);
    hotkeys.listen(false);
    expect(port.held.size).toBe(0);
    expect(hotkeys.change('ctrl+alt+k')).toBe('Control+Alt+K');
    expect([[...port.held.keys()], hotkeys.state.registered]).toEqual([[], false]);
    hotkeys.pause(false);
    expect([[...port.held.keys()], hotkeys.state.paused]).toEqual([['Control+Alt+K'], false]);
  });

  it('that another application took during a pause is said after it', () => {
    const port = new FakeHotkeys();
    const { hotkeys } = start(port);
    hotkeys.pause(true);
    port.takenByOthers.add('Control+Shift+Space');
    hotkeys.pause(false);
    expect(hotkeys.state).toMatchObject({ registered: false, paused: false, error: { code: 'hotkey/refused' } });
  });

  it('from a settings file that makes no sense is refused, not thrown', () => {
    expect(start(new FakeHotkeys(), 'Nonsense').hotkeys.state.registered).toBe(false);
  });
});

describe('the hotkeys of actions', () => {
  it('are let go with a pause, one that is bound meanwhile too, and none is lost by it', () => {
    const port = new FakeHotkeys();
    const keys = new ActionHotkeys(port, () => {});
    keys.start({ explain: 'Control+Alt+E' });
    keys.pause(true);
    keys.listen(true);
    keys.listen(false);
    keys.change('reply', 'ctrl+alt+r', 'Control+Shift+Space');
    expect(port.held.size).toBe(0);
    keys.pause(false);
    expect([...port.held.keys()]).toEqual(['Control+Alt+E', 'Control+Alt+R']);
  });
});

describe('an accelerator', () => {
  it.each([
    ['ctrl+shift+space', 'Control+Shift+Space'],
    ['Shift+Control+a', 'Control+Shift+A'],
    ['F9', 'F9'],
    ['Option+Cmd+5', 'Command+Alt+5'],
    ['super+/', 'Super+/'],
  ])('%s is spelled %s', (text, normal) => expect(normaliseAccelerator(text)).toBe(normal));

  it.each([
    'a',
    'Shift+a',
    'Space',
    'Control+',
    '+',
    '',
    'Control',
    'Hyper+A',
    'Control+Alt',
    'Control+NoKey',
    'Control+ä',
  ])('%j is no global hotkey', (text) => expect(normaliseAccelerator(text)).toBeNull());
});
