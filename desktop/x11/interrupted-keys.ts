import { rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { leftPaths, ownFolder, readOwnFile } from './left-files.ts';

/** What was looked at longer ago than this, a person has gone on from. */
const oldestMs = 10_000;
/** Longer texts are looked at too, and a death in that moment leaves their selection as it is. */
const longest = 500_000;

/** Keys that were pressed to look at a selection, with the way back still to come. */
const pressedKeys = z.strictObject({
  window: z.int().min(0),
  /** What was offered as selected before. */
  text: z.string(),
  /** The key that goes back: with Shift to what was selected, or without to the caret. */
  back: z.enum(['Left', 'Right']),
  /** Ends of what may have been pasted: where one of them is selected now, the caret belongs behind it. */
  ends: z.array(z.string()),
});
export type PressedKeys = z.infer<typeof pressedKeys>;

/**
 * The keys of a moment in which a selection is not the person's own, kept for the case that the process dies in it: the next
 * one then goes the way back. In the runtime folder of the session, which only this user can read; without one nothing is kept.
 */
export class InterruptedKeys {
  readonly #folder: string | null;
  readonly #prefix: string;
  readonly #path: string;

  constructor(env: NodeJS.ProcessEnv, processId = process.pid) {
    this.#folder = ownFolder(env['XDG_RUNTIME_DIR']);
    this.#prefix = `beckon-keys-${(env['DISPLAY'] ?? '').replaceAll(/[^\w.]/g, '_')}-`;
    this.#path = join(this.#folder ?? '', `${this.#prefix}${processId}.json`);
  }

  /** Runs `work`, in which such keys are pressed and taken back. */
  async during<Value>(keys: PressedKeys, work: () => Promise<Value>): Promise<Value> {
    this.#keep(keys);
    return work().finally(() => this.#forget());
  }

  /** Gives the keys of a process that is gone since a moment ago. They stay until `forgetLeft`: this process may die as well. */
  async left(): Promise<PressedKeys | null> {
    let found: PressedKeys | null = null;
    for (const path of await leftPaths(this.#folder, this.#prefix)) {
      const { content, at } = (await readOwnFile(path, longest * 8)) ?? { content: null, at: 0 };
      const keys = pressedKeys.safeParse(content);
      if (keys.success && Date.now() - at < oldestMs) found = keys.data;
    }
    return found;
  }

  /** Throws all of them away, whatever they are. */
  async forgetLeft(): Promise<void> {
    for (const path of await leftPaths(this.#folder, this.#prefix)) await rm(path, { force: true }).catch(() => {});
  }

  /** Written at once: the key follows right after. */
  #keep(keys: PressedKeys): void {
    if (this.#folder === null || keys.text.length > longest) return;
    try {
      rmSync(this.#path, { force: true });
      // Made anew, for this user alone: what somebody else put there is not written into.
      writeFileSync(this.#path, JSON.stringify(keys), { flag: 'wx', mode: 0o600 });
    } catch {
      // It is looked at without.
    }
  }

  #forget(): void {
    if (this.#folder !== null) rmSync(this.#path, { force: true });
  }
}
