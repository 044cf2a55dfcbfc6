import type { ClipboardContent } from '../../contract/desktop.ts';
import { isSecretMarker } from '../secret-markers.ts';

const textTypes = ['text/plain;charset=utf-8', 'UTF8_STRING', 'text/plain', 'TEXT', 'STRING'] as const;
const fileTypes = ['text/uri-list', 'x-special/gnome-copied-files'];
const richTypes = ['text/html', 'text/rtf', 'application/rtf'];

/** What a selection holds, by the names of the types that its owner offers. */
export function contentOf(types: readonly string[]): ClipboardContent {
  const has = (names: readonly string[]) => names.some((name) => types.includes(name));
  if (types.some(isSecretMarker)) return 'secret';
  if (has(fileTypes)) return 'files';
  if (textTypeOf(types) !== null) return has(richTypes) ? 'rich-text' : 'text';
  return types.some((type) => type.startsWith('image/')) ? 'image' : 'other';
}

/** The type to ask for when text is wanted; null when none is offered. */
export function textTypeOf(types: readonly string[]): string | null {
  return textTypes.find((type) => types.includes(type)) ?? null;
}
