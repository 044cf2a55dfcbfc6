import { type ActiveWindow, agreedLimit, applicationNameLimit, type CaptureAnswer } from '../../contract/desktop.ts';
import type { Disposable } from '../../contract/disposable.ts';
import type { SeenApplication } from '../../contract/routes/applications.ts';
import { StateSource } from '../../wire/state-source.ts';
import type { BookFile } from './book-file.ts';

type Word = SeenApplication['word'];
type Captured = Extract<CaptureAnswer, { readonly status: 'captured' }>;

/** What was noted of a place when text was read there. */
export interface Seen {
  readonly name: string;
  readonly label: string;
  readonly asks: boolean;
}

const storeAfterMs = 1000;

/** What was seen of other applications, and what the person said of each; kept in a file of the profile. */
export class ApplicationBook implements Disposable {
  readonly state: StateSource<{ readonly applications: readonly SeenApplication[] }>;
  readonly #file: BookFile | null;
  #timer: NodeJS.Timeout | undefined;

  /** `file`: null where nothing may be written. */
  constructor(file: BookFile | null) {
    this.#file = file;
    this.state = new StateSource({ applications: file?.read() ?? [] });
  }

  /** Names of the applications that may be asked for a copy, as the desktop process has them. */
  get agreed(): readonly string[] {
    return this.#all.filter(({ word }) => word === 'always').map(({ name }) => name);
  }

  wordOf(name: string | null): Word {
    return this.#find(name)?.word ?? null;
  }

  /** Notes a capture, and tells it as the person's word has it: what they closed cannot be written to. */
  captured(answer: CaptureAnswer, labelOf: (window: ActiveWindow) => string | null): CaptureAnswer {
    if (answer.status !== 'captured' || !answer.selection.fresh || answer.selection.window === null) return answer;
    const { window, asksFirst: asks = false } = answer.selection;
    const name = window.application;
    if (name === null || name === '' || name.length > applicationNameLimit) return answer;
    const writes = answer.selection.editable === 'no' ? {} : { writes: true };
    const { word } = this.#note({ name, label: labelOf(window) ?? name, asks }, { reads: true, ...writes });
    if (word === 'never') return closed(answer);
    return word === 'always' ? agreedTo(answer) : answer;
  }

  /** Notes that an answer is there, and the word it was put back by. */
  wrote(seen: Seen, word: 'once' | 'always' | null): void {
    this.#note(seen, { putsBack: true, writes: true, ...(word === 'always' ? { word } : {}) });
  }

  /** The person's word for a copy, kept once it has told something. */
  copied(seen: Seen): void {
    this.#note({ ...seen, asks: true }, { word: 'always' });
  }

  allow(name: string): void {
    this.#change(name, (known) => ({ ...known, word: known.asks ? 'always' : null }));
  }

  forbid(name: string): void {
    this.#change(name, (known) => ({ ...known, word: known.asks && known.word !== null ? null : 'never' }));
  }

  forget(name: string): void {
    const stays = this.#all.flatMap((known) => {
      if (known.name !== name) return [known];
      return known.word === 'never' ? [{ ...known, reads: false, putsBack: false, seen: 1 }] : [];
    });
    this.#put(stays);
  }

  dispose(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#store();
  }

  get #all(): readonly SeenApplication[] {
    return this.state.value.applications;
  }

  #find(name: string | null): SeenApplication | undefined {
    return this.#all.find((known) => known.name === name);
  }

  /** The one seen last stands first; of more than are kept, those that the person said something of stay. */
  #note({ name, label, asks }: Seen, more: Partial<SeenApplication>): SeenApplication {
    const none = { reads: false, putsBack: false, writes: false, seen: 0, word: null };
    const known = this.#find(name) ?? { name, label, asks, ...none };
    const now = { ...known, label: label.slice(0, applicationNameLimit), asks: known.asks || asks, ...more };
    const noted = { ...now, seen: known.seen + 1 };
    const all = [noted, ...this.#all.filter((other) => other.name !== name)];
    const said = all.filter(({ word }) => word !== null);
    this.#put([...said, ...all.filter(({ word }) => word === null)].slice(0, agreedLimit), all);
    return noted;
  }

  #change(name: string, change: (known: SeenApplication) => SeenApplication): void {
    this.#put(this.#all.map((known) => (known.name === name ? change(known) : known)));
  }

  /** `order`: how those that stay stand. */
  #put(stays: readonly SeenApplication[], order: readonly SeenApplication[] = stays): void {
    const kept = new Set(stays);
    this.state.update({ applications: order.filter((one) => kept.has(one)) });
    this.#timer ??= setTimeout(() => this.#store(), storeAfterMs);
    this.#timer.unref();
  }

  #store(): void {
    this.#timer = undefined;
    this.#file?.write(this.#all);
  }
}

function closed({ selection }: Captured): CaptureAnswer {
  return { status: 'captured', selection: { ...withoutAsking(selection), editable: 'no' } };
}

function agreedTo({ selection }: Captured): CaptureAnswer {
  return { status: 'captured', selection: withoutAsking(selection) };
}

function withoutAsking({ asksFirst: _, ...selection }: Captured['selection']): Captured['selection'] {
  return selection;
}
