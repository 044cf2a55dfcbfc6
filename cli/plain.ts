/**
 * Text from models and documents must not steer the terminal: control characters go, except where one ends a line or sets
 * a tab (`keepLines`).
 */
export function plain(text: string, keepLines = false): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are to go
  const control = keepLines ? /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g : /[\u0000-\u001f\u007f-\u009f]/g;
  return text.replaceAll(control, keepLines ? '' : ' ');
}
