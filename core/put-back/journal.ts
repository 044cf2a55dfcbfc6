import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as z from 'zod';

/** An answer that another application is being asked to take, or to give up again. */
export interface OnTheWay {
  readonly doing: 'write' | 'undo';
  readonly messageId: string;
  readonly conversationId: string;
  readonly application: string | null;
}

const schema = z.strictObject({
  shell: z.int(),
  doing: z.enum(['write', 'undo']),
  messageId: z.string().max(200),
  conversationId: z.string().max(200),
  application: z.string().max(1000).nullable(),
});

/** Says that an answer is on its way into another application, for the case that core, or everything, dies meanwhile. */
export class PutBackJournal {
  readonly #path: string;
  /** The process whose window shows what became of it: whether the person still has that window before them. */
  readonly #shell: number;
  #isEnding = false;

  constructor(path: string, shell: number) {
    this.#path = path;
    this.#shell = shell;
  }

  /** Written at once, as the key that pastes follows soon. */
  begin({ doing, messageId, conversationId, application }: OnTheWay): void {
    try {
      const entry = { shell: this.#shell, doing, messageId, conversationId, application };
      writeFileSync(this.#path, JSON.stringify(entry), { mode: 0o600 });
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
    const entry = this.#read();
    if (entry === null || entry.shell === this.#shell) return null;
    this.end();
    return entry.doing === 'write' ? { application: entry.application } : null;
  }

  /** What core was at when it died while its shell lived on; null when it was at nothing. Told once. */
  takeCut(): OnTheWay | null {
    const entry = this.#read();
    if (entry === null || entry.shell !== this.#shell) return null;
    this.end();
    const { shell: _, ...going } = entry;
    return going;
  }

  /** Null where there is none; one that holds something else is removed. */
  #read(): z.infer<typeof schema> | null {
    try {
      return schema.parse(JSON.parse(readFileSync(this.#path, 'utf8')));
    } catch {
      this.end();
      return null;
    }
  }
}
