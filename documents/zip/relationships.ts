import type { ReadBudget } from '../budget.ts';
import { walkXml } from '../xml/read-xml.ts';
import type { ZipParts } from './open-zip.ts';

/** A part of a document that another one points to. */
export interface Relationship {
  readonly id: string;
  /** The last word of its type, such as `footnotes`. */
  readonly type: string;
  readonly part: string;
}

/** What a part points to within its document, by id; what lies outside of it is left out. Throws `file/…`. */
export async function relationshipsOf(
  zip: ZipParts,
  budget: ReadBudget,
  part: string,
): Promise<ReadonlyMap<string, Relationship>> {
  const found = new Map<string, Relationship>();
  const slash = part.lastIndexOf('/');
  const own = `${part.slice(0, slash + 1)}_rels/${part.slice(slash + 1)}.rels`;
  await walkXml(zip.chunks(own), budget, {
    open(name, get) {
      const [id, type, target] = [get('Id'), get('Type'), get('Target')];
      if (name !== 'Relationship' || get('TargetMode') === 'External') return;
      if (id === undefined || type === undefined || target === undefined) return;
      const path = resolvePart(part, target);
      if (path !== null) found.set(id, { id, type: type.slice(type.lastIndexOf('/') + 1), part: path });
    },
  });
  return found;
}

/** The part that a reference names, as seen from another part; null where it leads out of the document. */
export function resolvePart(from: string, reference: string): string | null {
  const path: string[] = reference.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const step of reference.split('/')) {
    if (step === '..') {
      if (path.pop() === undefined) return null;
    } else if (step !== '' && step !== '.') path.push(step);
  }
  return path.join('/');
}

/** The only part of a type that a part points to. */
export function partOfType(relationships: ReadonlyMap<string, Relationship>, type: string): string | null {
  for (const relationship of relationships.values()) if (relationship.type === type) return relationship.part;
  return null;
}
