/** The part of a keyboard event that an accelerator is made of. */
export interface PressedKeys {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

const named: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Enter: 'Enter',
};
const modifierKeys = new Set(['Control', 'Alt', 'Shift', 'Meta', 'AltGraph', 'Dead', 'Process', 'Unidentified']);

/** The accelerator that was pressed, such as `Control+Shift+K`; null while only modifiers are down. */
export function acceleratorOf(press: PressedKeys, platform: string): string | null {
  if (modifierKeys.has(press.key)) return null;
  // The key's place, not its letter: Shift and layouts change the letter.
  const letter = /^(?:Key|Digit)([A-Z0-9])$/.exec(press.code)?.[1];
  const key = letter ?? named[press.key] ?? press.key;
  const modifiers = [
    press.ctrlKey ? 'Control' : '',
    press.metaKey ? (platform === 'darwin' ? 'Command' : 'Super') : '',
    press.altKey ? 'Alt' : '',
    press.shiftKey ? 'Shift' : '',
  ].filter((part) => part !== '');
  return [...modifiers, key].join('+');
}
