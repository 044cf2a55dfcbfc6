import { isAltGraph, type KeyPress, keyOf } from '../../app/key-of.ts';

const arrows: Readonly<Record<string, string>> = {
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};

/** The combination of a key press in the spelling of commands, such as `Ctrl+Shift+R`. */
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

/** Row number of Ctrl+1…9 or Alt+1…9 (from 0); null for other keys. A bare digit is typed. */
export function findRowNumber(press: KeyPress, platform: string): number | null {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(press.code)?.[1];
  const control = platform === 'darwin' ? press.metaKey : press.ctrlKey;
  if (digit === undefined || press.shiftKey || control === press.altKey) return null;
  return Number(digit) - 1;
}
