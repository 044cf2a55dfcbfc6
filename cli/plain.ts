import { showTurns } from '../locales/show-hidden.ts';

/**
 * Text from models and documents must not steer the terminal: control characters go, except where one ends a line or sets
 * a tab (`keepLines`).
 */
export function plain(text: string, keepLines = false): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are to go
  const control = keepLines ? /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g : /[\u0000-\u001f\u007f-\u009f]/g;
  return text.replaceAll(control, keepLines ? '' : ' ');
}

/** What a terminal shows: nothing steers it, and what turns the direction of the text around it is made visible. */
export function forScreen(text: string): string {
  return showTurns(plain(text, true));
}

/** JSON for a terminal and for programs alike: what a terminal could obey is written as an escape, which means the same. */
export function toJsonLine(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
