import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Clip } from '../../contract/clips.ts';
import { type ClipboardFormatByName, clipboardFormatSchema } from '../../contract/desktop.ts';
import { fold } from '../../text/fold.ts';
import { type AboutClip, aboutClip, aboutClipSchema } from './about-clip.ts';
import { SealedFiles, sealedIds } from './sealed-files.ts';

const formatsSchema = z.array(clipboardFormatSchema);
/** All that is kept together, sealed. */
const mostBytes = 256 * 1024 * 1024;
const dayMs = 24 * 3600_000;

export interface ClipLimits {
  readonly items: number;
  readonly days: number;
}

/** What is kept of what was copied, the newest first. Only what is listed is in memory; the rest is opened when it is wanted. */
export class ClipShelf {
  readonly #files: SealedFiles;
  #clips: readonly AboutClip[] = [];
  /** Whether something lies there that this key does not open. */
  readonly isLocked: boolean;

  constructor(folder: string, key: Buffer) {
    this.#files = new SealedFiles(folder, key);
    const ids = sealedIds(folder);
    const known = ids.flatMap((id) => this.#readAbout(id) ?? []);
    this.isLocked = known.length === 0 && ids.length > 0;
    this.#clips = known.toSorted((one, other) => other.at - one.at);
    // One that is damaged is of no use to anybody.
    if (!this.isLocked) for (const id of ids) if (!known.some((one) => one.id === id)) this.#files.remove(id);
  }

  get count(): number {
    return this.#clips.length;
  }

  list(query: string, limit: number): readonly Clip[] {
    const words = fold(query)
      .split(' ')
      .filter((word) => word !== '');
    const found = this.#clips.filter(({ text }) => {
      if (words.length === 0) return true;
      const folded = fold(text);
      return words.every((word) => folded.includes(word));
    });
    return found.slice(0, limit).map(({ text: _text, hash: _hash, ...clip }) => clip);
  }

  /** Keeps a copy as the newest. What is kept already and is copied again is not kept twice. */
  add(formats: readonly ClipboardFormatByName[], now: number, limits: ClipLimits): void {
    const about = aboutClip(randomBytes(16).toString('hex'), now, formats);
    const same = this.#clips.find(({ hash }) => hash === about.hash);
    const kept = same === undefined ? about : { ...same, at: now };
    if (same === undefined) this.#files.write(kept.id, 'content', Buffer.from(JSON.stringify(formats)));
    this.#files.write(kept.id, 'about', Buffer.from(JSON.stringify(kept)));
    this.#clips = [kept, ...this.#clips.filter((one) => one !== same)];
    this.prune(now, limits);
  }

  /** Takes away what is too old, too many or too much; whether there was any. */
  prune(now: number, { items, days }: ClipLimits): boolean {
    let bytes = 0;
    const gone = this.#clips.filter((clip, index) => {
      bytes += clip.bytes;
      return index >= items || clip.at < now - days * dayMs || (index > 0 && bytes > mostBytes);
    });
    for (const { id } of gone) this.#files.remove(id);
    this.#clips = this.#clips.filter((clip) => !gone.includes(clip));
    return gone.length > 0;
  }

  /** Every format of one; null when it is gone. */
  open(id: string): readonly ClipboardFormatByName[] | null {
    if (!this.#clips.some((clip) => clip.id === id)) return null;
    const content = this.#files.read(id, 'content');
    const formats = content === null ? null : formatsSchema.safeParse(parsed(content));
    return formats?.success ? formats.data : null;
  }

  remove(id: string): void {
    if (!this.#clips.some((clip) => clip.id === id)) return;
    this.#files.remove(id);
    this.#clips = this.#clips.filter((clip) => clip.id !== id);
  }

  #readAbout(id: string): AboutClip | null {
    const content = this.#files.read(id, 'about');
    const about = content === null ? null : aboutClipSchema.safeParse(parsed(content));
    return about?.success && about.data.id === id ? about.data : null;
  }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}
