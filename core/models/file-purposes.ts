import { statSync } from 'node:fs';
import type { ModelPurpose } from '../../contract/model.ts';
import { readModelHeaderNow } from '../../models/gguf/read-header.ts';

/** What files of the person's own are for, by their headers. Each is read once, and again when it has changed. */
export class FilePurposes {
  readonly #known = new Map<string, { readonly stamp: string; readonly purpose: ModelPurpose | null }>();

  /** Null when the file cannot be read as a model. */
  of(path: string): ModelPurpose | null {
    const stamp = stampOf(path);
    const known = this.#known.get(path);
    if (known?.stamp === stamp) return known.purpose;
    const purpose = purposeOf(path);
    this.#known.set(path, { stamp, purpose });
    return purpose;
  }
}

/** Tells one content of a file from another, by size and time. */
export function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? 'missing' : `${stat.size} ${stat.mtimeMs}`;
}

function purposeOf(path: string): ModelPurpose | null {
  try {
    return readModelHeaderNow(path).purpose;
  } catch {
    return null;
  }
}
