/** Kinds of picture by their first bytes, as `locales/` names them under `pictureKind`; those that are read come first. */
export const readFormats = ['png', 'jpeg', 'webp', 'gif', 'bmp', 'tiff'] as const;
export type ReadFormat = (typeof readFormats)[number];
export type PictureFormat = ReadFormat | 'heic' | 'avif' | 'icon';

/** Bytes from the beginning that `pictureFormatOf` wants to see. */
export const formatBytes = 32;

interface Signature {
  readonly format: PictureFormat;
  /** As Latin-1 characters. */
  readonly begins: string;
  readonly at?: number;
}

const signatures: readonly Signature[] = [
  { format: 'png', begins: '\x89PNG\r\n\x1a\n' },
  { format: 'jpeg', begins: '\xff\xd8\xff' },
  { format: 'gif', begins: 'GIF87a' },
  { format: 'gif', begins: 'GIF89a' },
  { format: 'webp', begins: 'WEBP', at: 8 },
  { format: 'tiff', begins: 'II*\0' },
  { format: 'tiff', begins: 'MM\0*' },
  { format: 'avif', begins: 'ftypavi', at: 4 },
  { format: 'heic', begins: 'ftyphei', at: 4 },
  { format: 'heic', begins: 'ftyphev', at: 4 },
  { format: 'heic', begins: 'ftypmif1', at: 4 },
  { format: 'icon', begins: '\0\0\x01\0' },
];

/** What picture a file begins like, whatever its name says; null for what is none. */
export function pictureFormatOf(head: Uint8Array): PictureFormat | null {
  const text = Buffer.from(head.subarray(0, formatBytes)).toString('latin1');
  const found = signatures.find(({ begins, at = 0 }) => text.startsWith(begins, at));
  if (found !== undefined) return found.format;
  // Two letters begin texts, too: the size of the header that follows is one of a few.
  const isBitmap =
    text.startsWith('BM') && text.length > 17 && [12, 40, 52, 56, 64, 108, 124].includes(text.charCodeAt(14));
  return isBitmap && text.slice(15, 18) === '\0\0\0' ? 'bmp' : null;
}

export function isRead(format: PictureFormat): format is ReadFormat {
  return readFormats.some((each) => each === format);
}
