const modifierMasks: Readonly<Record<string, number>> = {
  Shift: 1,
  Control: 4,
  CommandOrControl: 4,
  Alt: 8,
  Super: 64,
};
/** Shift, Control, Alt (Mod1) and Super (Mod4): what tells one accelerator from another. */
export const modifierMask = 1 | 4 | 8 | 64;
/** Caps Lock and Num Lock (Mod2), which may be on while a key is pressed. */
export const lockMasks: readonly number[] = [0, 2, 16, 18];

/** Keysyms of keys that have a name (keysymdef.h). */
const named: Readonly<Record<string, number>> = {
  Space: 0x20,
  Tab: 0xff09,
  Backspace: 0xff08,
  Delete: 0xffff,
  Insert: 0xff63,
  Return: 0xff0d,
  Enter: 0xff0d,
  Up: 0xff52,
  Down: 0xff54,
  Left: 0xff51,
  Right: 0xff53,
  Home: 0xff50,
  End: 0xff57,
  PageUp: 0xff55,
  PageDown: 0xff56,
  Escape: 0xff1b,
};
const f1 = 0xffbe;

export interface AcceleratorKey {
  readonly keysym: number;
  readonly modifiers: number;
}

/** Null for a spelling that is not known here, such as one of another system's keys. */
export function parseAccelerator(accelerator: string): AcceleratorKey | null {
  const parts = accelerator.split('+');
  const keysym = keysymOf(parts.pop() ?? '');
  const masks = parts.map((part) => modifierMasks[part]);
  if (keysym === null || masks.includes(undefined)) return null;
  return { keysym, modifiers: masks.reduce<number>((all, mask) => all | (mask ?? 0), 0) };
}

function keysymOf(key: string): number | null {
  const fNumber = /^F(\d+)$/.exec(key)?.[1];
  if (fNumber !== undefined) return f1 + Number(fNumber) - 1;
  // A keysym below 0x100 is the character's own number.
  if (/^[\x21-\x7e]$/.test(key)) return key.toLowerCase().charCodeAt(0);
  return named[key] ?? null;
}

/**
 * The keycode that gives a keysym without Shift in one of the layouts, those of the first before those of the second; null
 * when no key does. `rows`: by keycode from `first` on, two columns a layout.
 */
export function keycodeOf(keysym: number, rows: readonly (readonly number[])[], first: number): number | null {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  for (let column = 0; column < columns; column += 2) {
    const index = rows.findIndex((row) => row[column] === keysym);
    if (index >= 0) return first + index;
  }
  return null;
}
