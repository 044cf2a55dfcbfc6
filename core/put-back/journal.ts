import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as z from 'zod';

const schema = z.strictObject({ shell: z.int(), application: z.string().max(1000).nullable() });

/** Says that an answer is on its way into another application, for the case that everything dies meanwhile. */
export class PutBackJournal {
  readonly #path: string;
  /** The process that shows what went wrong: where it lives on, it has said so itself. */
  readonly #shell: number;
  #isEnding = false;

  constructor(path: string, shell: number) {
    this.#path = path;
    this.#shell = shell;
  }

  /** Written at once, as the key that pastes follows soon. */
  begin(application: string | null): void {
    try {
      writeFileSync(this.#path, JSON.stringify({ shell: this.#shell, application }), { mode: 0o600 });
    } catch {
      // Where nothing can be written it is put back without.
    }
  }

  end(): void {
    if (this.#isEnding) return;
    try {
      rmSync(this.#path, { force: true });
    } catch {
      // Where nothing can be removed it is told of once more.
    }
  }

  /** Core ends, and nobody is there any more to be told how what is on its way ended. */
  leave(): void {
    this.#isEnding = true;
  }

  /** Where an earlier Beckon put an answer when it ended and told nobody how that went; null when it did not. Told once. */
  takeLost(): { readonly application: string | null } | null {
    try {
      const { shell, application } = schema.parse(JSON.parse(readFileSync(this.#path, 'utf8')));
      return shell === this.#shell ? null : { application };
    } catch {
      return null;
    } finally {
      this.end();
    }
  }
}
