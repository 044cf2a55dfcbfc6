import { lstatSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import type { FileFault } from '../../contract/file-fault.ts';
import { twiceInJson } from '../../contract/json-twice.ts';
import { type Rule, ruleFileSchema } from '../../contract/rule.ts';
import { fileFaultOf, placeOf } from '../file-fault.ts';
import { faultAt } from './json-fault.ts';
import { lineOf, lineOfPosition } from './json-lines.ts';

/** A larger one is no file that a person wrote rules into. */
const fileLimitBytes = 256_000;

/** Rules as they stand in `rules.json`, which a person may write by hand; none where there is no such file. */
export class RuleFile {
  readonly #path: string;
  /** What the file was when it was last read: reading the same again would say the same. */
  #read: { readonly state: string; readonly rules: readonly Rule[] | AppError } | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** Throws `rules/broken-file` with the line, also for one that may not be read. */
  read(): readonly Rule[] {
    const state = this.#stateNow();
    if (this.#read?.state !== state) this.#read = { state, rules: state === 'none' ? [] : this.#parse() };
    const { rules } = this.#read;
    if (rules instanceof AppError) throw rules;
    return rules;
  }

  /** A file that cannot be read is kept beside the new one. Throws `rules/not-saved`. */
  write(list: readonly Rule[]): void {
    try {
      if (this.#isBroken()) renameSync(this.#path, `${this.#path}.broken-${Date.now()}`);
      const text = `${JSON.stringify({ rules: 1, list }, null, 2)}\n`;
      writeFileSync(`${this.#path}.new`, text, { mode: 0o600, flush: true });
      renameSync(`${this.#path}.new`, this.#path);
    } catch (error) {
      throw new AppError('rules/not-saved', toErrorShape(error).message, { action: 'try-again' }, error);
    }
    this.#read = null;
  }

  #isBroken(): boolean {
    try {
      this.read();
      return false;
    } catch {
      return true;
    }
  }

  #stateNow(): string {
    try {
      const { mtimeNs, ctimeNs, size, ino } = statSync(this.#path, { bigint: true });
      return `${mtimeNs} ${ctimeNs} ${size} ${ino}`;
    } catch (error) {
      // What cannot be looked at may hold rules, and so may what a link leads to nowhere now; only what is not there holds none.
      const isNone = isMissing(error) && lstatSync(this.#path, { throwIfNoEntry: false }) === undefined;
      return isNone ? 'none' : `unseen ${toErrorShape(error).message}`;
    }
  }

  #parse(): readonly Rule[] | AppError {
    try {
      const stats = statSync(this.#path);
      if (!stats.isFile()) return broken(1, 'not a file');
      if (stats.size > fileLimitBytes) return broken(1, `more than ${fileLimitBytes} bytes`);
      return parseRules(readFileSync(this.#path, 'utf8'));
    } catch (error) {
      return error instanceof AppError ? error : broken(1, toErrorShape(error).message);
    }
  }
}

/** Throws `rules/broken-file` with the line and what is wrong there. */
export function parseRules(text: string): readonly Rule[] {
  const document = parseJson(text);
  const parsed = ruleFileSchema.safeParse(document);
  if (parsed.success) return parsed.data.list;
  const [issue] = parsed.error.issues;
  const path = issue?.path ?? [];
  const cause = issue === undefined ? ({ fault: 'other' } as const) : fileFaultOf(issue, document);
  throw broken(lineOf(text, path), `${path.map(String).join('.') || 'file'}: ${issue?.message ?? 'wrong'}`, cause);
}

function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const at = Math.min(faultAt(text), text.trimEnd().length);
    throw broken(lineOfPosition(text, at), toErrorShape(error).message, { fault: 'json' });
  }
  // The later one would count alone, and what holds texts back may stand in the other.
  const [twice] = twiceInJson(text);
  if (twice !== undefined)
    throw broken(lineOfPosition(text, twice.at), `${twice.path.join('.')}: there twice`, {
      ...{ fault: 'twice', ...placeOf(twice.path.map(String)) },
    });
  return value;
}

function broken(line: number, reason: string, cause: Partial<FileFault> = {}): AppError {
  return new AppError('rules/broken-file', `rules.json:${line}: ${reason}`, {
    values: { line, reason: reason.slice(0, 200), ...cause },
    action: 'open-settings',
  });
}

function isMissing(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
