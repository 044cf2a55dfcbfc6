/** The part of a keyboard event that tells which keys were pressed. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly getModifierState?: (key: 'AltGraph') => boolean;
}

/** What is on the keys beside the letters, on a keyboard of the United States. */
const places: Readonly<Record<string, string>> = {
  Comma: ',',
  Period: '.',
  Slash: '/',
  Semicolon: ';',
  Quote: "'",
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Backquote: '`',
  Minus: '-',
  Equal: '=',
  Space: ' ',
};

/**
 * The key that a shortcut means by a letter, digit or sign: what is written on it, such as `K` or `.`. On keyboards whose
 * letters are not Latin (Russian, Greek, Hebrew, Arabic, Thai, Georgian, Hindi, kana and so on) it is the key at that place, as
 * in other programs and as printed beside their own letters; on AZERTY, Dvorak and other Latin ones it is the letter. Other
 * keys have their names (`Enter`).
 */
export function keyOf({ key, code }: KeyPress): string {
  const isNamed = key.length > 1 && /^[A-Za-z0-9]+$/.test(key) && key !== 'Unidentified';
  if (isNamed || /^[ -~]$/.test(key) || /^\p{Script=Latin}$/u.test(key))
    return key.length === 1 ? key.toUpperCase() : key;
  return /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1] ?? places[code] ?? key;
}

/** AltGr, which writes a sign; Windows tells it as Ctrl and Alt together. */
export function isAltGraph(press: KeyPress): boolean {
  return press.ctrlKey && press.altKey && press.getModifierState?.('AltGraph') === true;
}
