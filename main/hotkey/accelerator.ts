const modifiers = new Map([
  ['ctrl', 'Control'],
  ['control', 'Control'],
  ['cmd', 'Command'],
  ['command', 'Command'],
  ['cmdorctrl', 'CommandOrControl'],
  ['commandorcontrol', 'CommandOrControl'],
  ['alt', 'Alt'],
  ['option', 'Alt'],
  ['shift', 'Shift'],
  ['super', 'Super'],
  ['meta', 'Super'],
]);
const order = ['CommandOrControl', 'Control', 'Command', 'Super', 'Alt', 'Shift'];
const namedKeys = new Set(
  (
    'Space Tab Backspace Delete Insert Return Enter Up Down Left Right Home End PageUp PageDown Escape Plus ' +
    'F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 F13 F14 F15 F16 F17 F18 F19 F20 F21 F22 F23 F24'
  ).split(' '),
);

/**
 * The one spelling of an accelerator, such as `Control+Shift+Space`; null when it cannot be a global hotkey: unknown parts,
 * no key, or a key that a person types (a letter without Control, Alt, Super or Command).
 */
export function normaliseAccelerator(text: string): string | null {
  const parts = text.split('+').map((part) => part.trim());
  const key = parts.pop();
  if (key === undefined || key === '') return null;
  const found = new Set<string>();
  for (const part of parts) {
    const modifier = modifiers.get(part.toLowerCase());
    if (modifier === undefined) return null;
    found.add(modifier);
  }
  const keyName = normaliseKey(key);
  if (keyName === null) return null;
  const isFunctionKey = /^F\d+$/.test(keyName);
  const strong = [...found].some((modifier) => modifier !== 'Shift');
  if (!strong && !isFunctionKey) return null;
  return [...order.filter((modifier) => found.has(modifier)), keyName].join('+');
}

function normaliseKey(key: string): string | null {
  if (/^[a-z0-9]$/i.test(key)) return key.toUpperCase();
  if (/^[`\-=[\]\\;',./]$/.test(key)) return key;
  return [...namedKeys].find((name) => name.toLowerCase() === key.toLowerCase()) ?? null;
}

/** What is offered when an accelerator was refused, the likeliest free ones first. */
export const proposedAccelerators: readonly string[] = [
  'Control+Alt+Space',
  'Alt+Shift+Space',
  'Control+Shift+Enter',
  'Control+Alt+B',
  'Super+Shift+Space',
  'F9',
];
