/** Records of how a presentation was saved (MS-PPT, 2.3.2 to 2.3.5). */
const records = { userEdit: 0x0ff5, directory: 0x1772 } as const;
/** Where the last save is told in the stream `Current User`, and fields of a save, each behind the head of its record. */
const lastSave = 16;
const save = { before: 16, directory: 20, document: 24 } as const;
const headBytes = 8;
/** Saves on top of one another: Office puts them together long before. */
const mostSaves = 1000;

/** Where the objects of a presentation stand in its stream, as it was saved last. */
export interface PersistedObjects {
  readonly document: number;
  /** By the number that the file gives each. */
  readonly places: ReadonlyMap<number, number>;
}

/**
 * Finds the objects that count: a file that was saved bit by bit keeps what its slides said before. Null where the file does not
 * say, or says what is not so.
 */
export function persistedObjects(stream: Buffer, currentUser: Buffer | null): PersistedObjects | null {
  if (currentUser === null || currentUser.length < lastSave + 4) return null;
  const places = new Map<number, number>();
  let document: number | null = null;
  let at = currentUser.readUInt32LE(lastSave);
  for (let count = 0; at !== 0 && count < mostSaves; count += 1) {
    if (typeAt(stream, at) !== records.userEdit || at + save.document + 4 > stream.length) return null;
    document ??= stream.readUInt32LE(at + save.document);
    if (!learnPlaces(stream, stream.readUInt32LE(at + save.directory), places)) return null;
    const before = stream.readUInt32LE(at + save.before);
    // Each save stands behind the one before it.
    if (before >= at) break;
    at = before;
  }
  const place = document === null ? undefined : places.get(document);
  return place === undefined ? null : { document: place, places };
}

/** Learns places that no later save has told; false where there is no such list. */
function learnPlaces(stream: Buffer, list: number, places: Map<number, number>): boolean {
  if (typeAt(stream, list) !== records.directory) return false;
  const end = Math.min(stream.length, list + headBytes + stream.readUInt32LE(list + 4));
  for (let at = list + headBytes; at + 4 <= end; ) {
    const run = stream.readUInt32LE(at);
    const [first, count] = [run & 0xfffff, run >>> 20];
    at += 4;
    for (let index = 0; index < count && at + 4 <= end; index += 1, at += 4)
      if (!places.has(first + index)) places.set(first + index, stream.readUInt32LE(at));
  }
  return true;
}

function typeAt(stream: Buffer, at: number): number | null {
  return at + headBytes <= stream.length ? stream.readUInt16LE(at + 2) : null;
}
