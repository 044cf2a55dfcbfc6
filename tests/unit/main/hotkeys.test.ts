import { describe, expect, it } from 'vitest';
import { normaliseAccelerator } from '../../../main/hotkey/accelerator.ts';
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

  it('from a settings file that makes no sense is refused, not thrown', () => {
    expect(start(new FakeHotkeys(), 'Nonsense').hotkeys.state.registered).toBe(false);
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
