import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { type AtomProof, proofSchema } from '../../contract/sharing.ts';

const fileSchema = z.strictObject({ version: z.literal(1), proofs: z.array(z.unknown()) });
const keptSchema = z.strictObject({ hash: z.string().regex(/^[0-9a-f]{64}$/), proof: proofSchema });
type Kept = z.infer<typeof keptSchema>;

/** A larger one is no file of ours. */
const fileLimitBytes = 4_000_000;
const mostKept = 300;

/** What examples came to on this machine, by the hash of the atom and the model; the newest of each, in a file of the profile. */
export class ProofBook {
  readonly #path: string;
  #kept: readonly Kept[] | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  of(hash: string): readonly AtomProof[] {
    return this.#all.filter((one) => one.hash === hash).map(({ proof }) => proof);
  }

  add(hash: string, proof: AtomProof): void {
    const others = this.#all.filter((one) => one.hash !== hash || one.proof.model?.id !== proof.model?.id);
    this.#kept = [{ hash, proof } as Kept, ...others].slice(0, mostKept);
    try {
      writeFileSync(`${this.#path}.new`, JSON.stringify({ version: 1, proofs: this.#kept }), { mode: 0o600 });
      renameSync(`${this.#path}.new`, this.#path);
    } catch {
      // The profile is full or may not be written to, which is told elsewhere; it is proved again.
    }
  }

  get #all(): readonly Kept[] {
    this.#kept ??= this.#read();
    return this.#kept;
  }

  #read(): readonly Kept[] {
    try {
      if (statSync(this.#path).size > fileLimitBytes) return [];
      const { proofs } = fileSchema.parse(JSON.parse(readFileSync(this.#path, 'utf8')));
      return proofs.flatMap((one) => {
        const { success, data } = keptSchema.safeParse(one);
        return success ? [data] : [];
      });
    } catch {
      return [];
    }
  }
}
