import type { ReactNode } from 'react';

const macNames: Readonly<Record<string, string>> = {
  Ctrl: '⌘',
  Control: '⌃',
  Alt: '⌥',
  Shift: '⇧',
  Enter: '↵',
  Super: '⌘',
};
const names: Readonly<Record<string, string>> = {
  Enter: '↵',
  Up: '↑',
  Down: '↓',
  Left: '←',
  Right: '→',
  Control: 'Ctrl',
  Backspace: '⌫',
  Escape: 'Esc',
  Plus: '+',
};

/** How a key combination such as `Ctrl+Enter` is written on this system. */
export function keyParts(keys: string, platform: string): readonly string[] {
  const table = platform === 'darwin' ? { ...names, ...macNames } : names;
  return keys.split('+').map((part) => table[part] ?? part);
}

export function Key({ keys, platform }: { readonly keys: string; readonly platform: string }): ReactNode {
  return (
    <span className="caps">
      {keyParts(keys, platform).map((part) => (
        <kbd key={part}>{part}</kbd>
      ))}
    </span>
  );
}
