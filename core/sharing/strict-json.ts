import { AppError } from '../../contract/errors.ts';

/** Deeper than any file of this format, whose deepest value lies at 6. */
const deepest = 20;
/** Keys that programs have taken for something else than a key. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * JSON from a stranger: valid UTF-8, without a key that is there twice, of which readers take different ones, and not deep. Throws
 * `atom/not-text`, `atom/not-json`, `atom/too-deep`, `atom/key-twice` and `atom/forbidden-key`.
 */
export function readStrictJson(bytes: Uint8Array, file: string): unknown {
  return new Reader(decode(bytes, file), file).whole();
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new AppError('atom/not-text', `${file} is not UTF-8`, { values: { file } });
  }
}

class Reader {
  readonly #text: string;
  readonly #file: string;
  #at = 0;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  whole(): unknown {
    const value = this.#value(0);
    this.#skip();
    if (this.#at < this.#text.length) throw this.#wrong();
    return value;
  }

  #value(depth: number): unknown {
    if (depth > deepest)
      throw new AppError('atom/too-deep', `${this.#file} is too deep`, { values: { file: this.#file } });
    this.#skip();
    const next = this.#text[this.#at];
    if (next === '{') return this.#object(depth);
    if (next === '[') return this.#array(depth);
    if (next === '"') return this.#string();
    return this.#plain();
  }

  #object(depth: number): unknown {
    const entries = new Map<string, unknown>();
    this.#at += 1;
    for (let isFirst = true; !this.#closes('}', isFirst); isFirst = false) {
      this.#skip();
      if (this.#text[this.#at] !== '"') throw this.#wrong();
      const key = this.#string();
      this.#refuse(key, entries);
      this.#skip();
      if (this.#text[this.#at] !== ':') throw this.#wrong();
      this.#at += 1;
      entries.set(key, this.#value(depth + 1));
    }
    return Object.fromEntries(entries);
  }

  #refuse(key: string, entries: ReadonlyMap<string, unknown>): void {
    const values = { file: this.#file, key: key.slice(0, 60) };
    if (forbidden.has(key)) throw new AppError('atom/forbidden-key', `${this.#file}: ${key}`, { values });
    if (entries.has(key)) throw new AppError('atom/key-twice', `${this.#file}: ${key} twice`, { values });
  }

  #array(depth: number): unknown {
    const items: unknown[] = [];
    this.#at += 1;
    for (let isFirst = true; !this.#closes(']', isFirst); isFirst = false) items.push(this.#value(depth + 1));
    return items;
  }

  /** Takes the end of a list, or the comma before its next item. */
  #closes(end: string, isFirst: boolean): boolean {
    this.#skip();
    const next = this.#text[this.#at];
    if (next === end) {
      this.#at += 1;
      return true;
    }
    if (isFirst) return false;
    if (next !== ',') throw this.#wrong();
    this.#at += 1;
    this.#skip();
    if (this.#text[this.#at] === end) throw this.#wrong();
    return false;
  }

  #string(): string {
    const start = this.#at;
    for (this.#at += 1; this.#text[this.#at] !== '"'; this.#at += 1) {
      if (this.#at >= this.#text.length) throw this.#wrong();
      if (this.#text[this.#at] === '\\') this.#at += 1;
    }
    this.#at += 1;
    const read = this.#parse(this.#text.slice(start, this.#at)) as string;
    // Half of a pair has no bytes of its own, and would be signed as something else.
    if (!read.isWellFormed()) throw this.#wrong();
    return read;
  }

  #plain(): unknown {
    const [word = ''] = /^[-+.\w]+/.exec(this.#text.slice(this.#at, this.#at + 64)) ?? [];
    const value = this.#parse(word);
    if (typeof value === 'number' && !Number.isFinite(value)) throw this.#wrong();
    this.#at += word.length;
    return value;
  }

  #parse(piece: string): unknown {
    try {
      return JSON.parse(piece);
    } catch {
      throw this.#wrong();
    }
  }

  #skip(): void {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? 'x')) this.#at += 1;
  }

  #wrong(): AppError {
    const line = this.#text.slice(0, this.#at).split('\n').length;
    return new AppError('atom/not-json', `${this.#file}:${line}`, { values: { file: this.#file, line } });
  }
}
