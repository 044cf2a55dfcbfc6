import { isAltGraph, type KeyPress, keyOf } from '../app/key-of.ts';

const named: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Enter: 'Enter',
};
const modifierKeys = new Set(['Control', 'Alt', 'Shift', 'Meta', 'AltGraph', 'Dead', 'Process', 'Unidentified']);

/**
 * The accelerator that was pressed, such as `Control+Shift+K`; null while only modifiers are down, and for a sign that AltGr
 * writes. A letter is the one written on the key, as the system takes it; a digit is the key's place, for on some keyboards
 * it wants Shift.
 */
export function acceleratorOf(press: KeyPress, platform: string): string | null {
  if (modifierKeys.has(press.key) || isAltGraph(press)) return null;
  const digit = /^Digit(\d)$/.exec(press.code)?.[1];
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1];
  const pressed = keyOf(press);
  const key = digit ?? named[press.key] ?? (/^[A-Z]$/.test(pressed) ? pressed : (letter ?? pressed));
  const modifiers = [
    press.ctrlKey ? 'Control' : '',
    press.metaKey ? (platform === 'darwin' ? 'Command' : 'Super') : '',
    press.altKey ? 'Alt' : '',
    press.shiftKey ? 'Shift' : '',
  ].filter((part) => part !== '');
  return [...modifiers, key].join('+');
}
