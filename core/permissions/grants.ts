import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import type { UsedAction } from '../../contract/atom.ts';
import { type Grant, type GrantsState, grantSchema, mostGrants } from '../../contract/grant.ts';
import { StateSource } from '../../wire/state-source.ts';

/** A larger one is no file of ours. */
const fileLimitBytes = 1_000_000;
const schema = z.strictObject({ grants: z.literal(1), list: z.array(z.unknown()) });

/** What the person agreed to, for each action and what it does outside. What cannot be read or written is asked about again. */
export class Grants {
  readonly state: StateSource<GrantsState>;
  readonly #path: string;
  readonly #now: () => number;

  constructor(path: string, now: () => number = Date.now) {
    this.#path = path;
    this.#now = now;
    this.state = new StateSource<GrantsState>({ list: read(path) });
  }

  has(action: UsedAction, file: Grant['file']): boolean {
    const does = whatItDoes(action);
    return this.state.value.list.some((one) => one.actionId === action.id && one.file === file && one.does === does);
  }

  give(action: UsedAction, file: Grant['file']): void {
    const { id: actionId, name } = action;
    const given = { id: randomUUID(), actionId, name, file, does: whatItDoes(action), at: this.#now() };
    const others = this.state.value.list.filter((one) => one.actionId !== actionId || one.file !== file);
    this.#put([...others, given].slice(-mostGrants));
  }

  /** Null takes all of them back. */
  takeBack(id: string | null): void {
    this.#put(id === null ? [] : this.state.value.list.filter((one) => one.id !== id));
  }

  #put(list: readonly Grant[]): void {
    this.state.update({ list });
    try {
      writeFileSync(`${this.#path}.new`, `${JSON.stringify({ grants: 1, list }, null, 2)}\n`, { mode: 0o600 });
      renameSync(`${this.#path}.new`, this.#path);
    } catch {
      // It holds until Beckon quits; a full disk is told elsewhere.
    }
  }
}

function whatItDoes({ steps, output, instruction }: UsedAction): string {
  return createHash('sha256')
    .update(JSON.stringify([steps ?? instruction, output]))
    .digest('hex');
}

function read(path: string): readonly Grant[] {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.length > fileLimitBytes) return [];
    const { list } = schema.parse(JSON.parse(text));
    return list.flatMap((one) => grantSchema.safeParse(one).data ?? []).slice(-mostGrants);
  } catch {
    return [];
  }
}
