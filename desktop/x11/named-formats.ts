import { isSecretMarker } from '../secret-markers.ts';
import type { SavedFormats } from './lease-file.ts';
import type { OfferedFormat } from './offered.ts';
import type { ClipboardFormat } from './selection-owner.ts';
import type { X11Connection } from './x11-connection.ts';

/** What is to be offered, by this display's numbers. */
export async function withAtoms(
  x: X11Connection,
  offered: readonly OfferedFormat[],
): Promise<readonly ClipboardFormat[]> {
  return Promise.all(
    offered.map(async ({ target, type, data }) => ({
      target: await x.atom(target),
      type: await x.atom(type),
      units: 8,
      data,
    })),
  );
}

/** Formats as they can be kept for another process; null for a secret, which is written nowhere, whoever could read it. */
export async function toNames(x: X11Connection, formats: readonly ClipboardFormat[]): Promise<SavedFormats | null> {
  const names = await Promise.all(formats.map(({ target }) => x.atomName(target)));
  if (names.some(isSecretMarker)) return null;
  return Promise.all(
    formats.map(
      async ({ target, type, units, data }): Promise<SavedFormats[number]> => ({
        target: await x.atomName(target),
        type: await x.atomName(type),
        units: units === 16 || units === 32 ? units : 8,
        data: data.toString('base64'),
      }),
    ),
  );
}

/** Reads formats back by their names, with the numbers of a display that may be another one. */
export async function fromNames(x: X11Connection, saved: SavedFormats): Promise<readonly ClipboardFormat[]> {
  return Promise.all(
    saved.map(async ({ target, type, units, data }) => ({
      target: await x.atom(target),
      type: await x.atom(type),
      units,
      data: Buffer.from(data, 'base64'),
    })),
  );
}
