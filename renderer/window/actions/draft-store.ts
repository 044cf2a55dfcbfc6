import type { OpenedAtom } from '../../../contract/atom-edit.ts';
import type { AppErrorShape } from '../../../contract/errors.ts';
import type { RendererContract } from '../../../contract/renderer.ts';
import type { WireClient } from '../../../wire/client.ts';
import { idIn } from './doc.ts';
import { afterSave, type Draft, type Drafts, type Edit, edited, fresh, opened, readAgain } from './drafts.ts';
import { readDrafts, writeDrafts } from './kept-drafts.ts';
import { saveText } from './save-text.ts';

/** A file that changed on the disk while it was edited here; null where it is gone. */
export interface Conflict {
  readonly key: string;
  readonly there: OpenedAtom | null;
}

export interface DraftsState {
  readonly drafts: Drafts;
  /** The key of the draft that is in the editor. */
  readonly at: string | null;
  readonly error: AppErrorShape | null;
  readonly conflict: Conflict | null;
}

/** Where drafts stay while no window is there. */
export interface KeptDrafts {
  readonly read: () => string | null;
  readonly write: (text: string) => void;
}

/** What is open and what was begun. Going to another action, or to another page, loses nothing of it. */
export class DraftStore {
  readonly #client: Pick<WireClient<RendererContract>, 'request'>;
  readonly #listeners = new Set<() => void>();
  #state: DraftsState = { drafts: new Map(), at: null, error: null, conflict: null };
  readonly #kept: KeptDrafts;
  #begun = 0;

  constructor(client: Pick<WireClient<RendererContract>, 'request'>, kept: KeptDrafts) {
    this.#client = client;
    this.#kept = kept;
    const drafts = readDrafts(kept.read());
    this.#state = { ...this.#state, drafts: new Map(drafts.map((draft) => [draft.key, draft])) };
    this.#begun = Math.max(0, ...drafts.map(({ key }) => Number(/^new:(\d+)$/.exec(key)?.[1] ?? 0)));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): DraftsState => this.#state;

  async open(key: string): Promise<void> {
    this.#go(key);
    await this.#read(key);
  }

  /** Begins one that has no file yet. */
  begin(text: string): void {
    this.#begun += 1;
    const key = `new:${this.#begun}`;
    this.#put(fresh(key, text));
    this.#go(key);
  }

  edit(change: Edit): void {
    const draft = this.#draft();
    if (draft !== undefined) this.#put(edited(draft, change));
  }

  /** Looks whether files changed, the one in the editor first of all. */
  async refresh(): Promise<void> {
    void this.#client.request('atom.refresh', {});
    const { at } = this.#state;
    if (at !== null) await this.#read(at);
  }

  /** `over`: whatever is on the disk now. Answers whether it is saved. */
  async save(over = false): Promise<boolean> {
    const draft = this.#draft();
    if (draft === undefined || draft.isBuiltIn) return false;
    const text = draft.history.now;
    const basis = over ? null : (draft.saved?.hash ?? null);
    const answer = await saveText(this.#client, { file: draft.file, text, basis });
    if (!answer.ok) {
      // That the person said no is no fault of the text.
      this.setError(answer.error.code === 'app/not-agreed' ? null : answer.error);
      return false;
    }
    const saved = answer.value;
    if (saved.status === 'changed') {
      this.#set({ error: null, conflict: { key: draft.key, there: saved.there } });
      return false;
    }
    this.#set({ error: null, conflict: null });
    this.#rename(draft.key, `id:${idIn(text)}`, (now) => afterSave(now, saved.file, text, saved.hash));
    return true;
  }

  /** Takes what is on the disk; what was written here can be had back by undoing. */
  takeTheirs(): void {
    const { key = '', there = null } = this.#state.conflict ?? {};
    const draft = this.#state.drafts.get(key);
    this.dismiss();
    if (there === null) this.forget(key);
    else if (draft !== undefined) {
      const next = edited(draft, { type: 'write', text: there.text, what: null, at: 0 });
      this.#put({ ...next, saved: { text: there.text, hash: there.hash } });
    }
  }

  /** Decides nothing about a file that changed: the next save asks again. */
  dismiss(): void {
    this.#set({ conflict: null });
  }

  forget(key: string): void {
    const drafts = new Map(this.#state.drafts);
    drafts.delete(key);
    this.#set({ drafts });
    if (this.#state.at === key) this.#go(null);
  }

  setError(error: AppErrorShape | null): void {
    this.#set({ error });
  }

  async #read(key: string): Promise<void> {
    const colon = key.indexOf(':');
    const [kind, name] = [key.slice(0, colon), key.slice(colon + 1)];
    if (kind === 'new') return;
    const file = this.#state.drafts.get(key)?.file ?? (kind === 'file' ? name : null);
    const answer = await (file === null
      ? this.#client.request('atom.open', { id: name })
      : this.#client.request('atom.openFile', { file }));
    const known = this.#state.drafts.get(key);
    if (answer.ok) this.#put(known === undefined ? opened(key, answer.value) : readAgain(known, answer.value));
    // What was open already is told of when it is saved.
    else if (this.#state.at === key && known === undefined) this.setError(answer.error);
  }

  /** An action is known by its id once it is one; more may have been typed since. */
  #rename(from: string, to: string, change: (draft: Draft) => Draft): void {
    const draft = this.#state.drafts.get(from);
    if (draft === undefined) return;
    const drafts = new Map(this.#state.drafts);
    drafts.delete(from);
    drafts.set(to, { ...change(draft), key: to });
    this.#set({ drafts, at: this.#state.at === from ? to : this.#state.at });
  }

  #draft(): Draft | undefined {
    return this.#state.drafts.get(this.#state.at ?? '');
  }

  #put(draft: Draft): void {
    this.#set({ drafts: new Map(this.#state.drafts).set(draft.key, draft) });
  }

  #go(at: string | null): void {
    this.#set({ at, error: null, conflict: null });
  }

  #set(change: Partial<DraftsState>): void {
    const { drafts } = this.#state;
    this.#state = { ...this.#state, ...change };
    if (this.#state.drafts !== drafts) this.#kept.write(writeDrafts(this.#state.drafts.values()));
    for (const listener of [...this.#listeners]) listener();
  }
}
