import { useCallback, useMemo, useRef, useState } from 'react';
import type { OpenedAtom } from '../../../contract/atom-edit.ts';
import type { AppErrorShape } from '../../../contract/errors.ts';
import { useClient } from '../../app/backend.ts';
import { idIn } from './doc.ts';
import { afterSave, type Draft, type Drafts, type Edit, edited, fresh, opened, readAgain } from './drafts.ts';

/** A file that changed on the disk while it was edited here; null where it is gone. */
export interface Conflict {
  readonly key: string;
  readonly there: OpenedAtom | null;
}

/** What the editor holds: what is open, and all that was begun and not saved. */
export interface DraftDesk {
  readonly drafts: Drafts;
  readonly draft: Draft | null;
  readonly error: AppErrorShape | null;
  readonly conflict: Conflict | null;
  readonly open: (key: string) => void;
  readonly begin: (text: string) => void;
  readonly edit: (change: Edit) => void;
  /** `over`: whatever is on the disk now. Answers whether it is saved. */
  readonly save: (over?: boolean) => Promise<boolean>;
  /** Takes what is on the disk; what was written here can be had back by undoing. */
  readonly takeTheirs: () => void;
  /** Decides nothing about a file that changed: the next save asks again. */
  readonly dismiss: () => void;
  readonly forget: (key: string) => void;
  readonly refresh: () => void;
  readonly setError: (error: AppErrorShape | null) => void;
}

/** Keeps drafts in the page: going to another action, or to another page, loses nothing. */
export function useDrafts(): DraftDesk {
  const [drafts, setDrafts] = useState<Drafts>(new Map());
  const [at, setAt] = useState<string | null>(null);
  const [error, setError] = useState<AppErrorShape | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const latest = useRef({ drafts, at });
  latest.current = { drafts, at };
  const change = useCallback((by: (drafts: Map<string, Draft>) => void) => {
    const next = new Map(latest.current.drafts);
    by(next);
    latest.current = { ...latest.current, drafts: next };
    setDrafts(next);
  }, []);
  const go = useCallback((key: string | null) => {
    latest.current = { ...latest.current, at: key };
    setAt(key);
    setError(null);
    setConflict(null);
  }, []);
  const parts = useMemo(() => ({ latest, change, go, setError, setConflict }), [change, go]);
  const files = useFiles(parts);
  const draft = at === null ? null : (drafts.get(at) ?? null);
  return { drafts, draft, error, conflict, setError, ...useOwn(parts), ...files };
}

interface Parts {
  readonly latest: { current: { readonly drafts: Drafts; readonly at: string | null } };
  readonly change: (by: (drafts: Map<string, Draft>) => void) => void;
  readonly go: (key: string | null) => void;
  readonly setError: (error: AppErrorShape | null) => void;
  readonly setConflict: (conflict: Conflict | null) => void;
}

/** What needs nothing from the disk. */
function useOwn({ latest, change, go }: Parts): Pick<DraftDesk, 'begin' | 'edit' | 'forget'> {
  const count = useRef(0);
  return useMemo(() => {
    return {
      begin: (text) => {
        count.current += 1;
        const key = `new:${count.current}`;
        change((drafts) => drafts.set(key, fresh(key, text)));
        go(key);
      },
      edit: (by) => {
        const { drafts, at } = latest.current;
        const draft = drafts.get(at ?? '');
        if (draft !== undefined) change((all) => all.set(draft.key, edited(draft, by)));
      },
      forget: (key) => {
        change((drafts) => void drafts.delete(key));
        if (latest.current.at === key) go(null);
      },
    };
  }, [latest, change, go]);
}

function useFiles(parts: Parts): Pick<DraftDesk, 'open' | 'save' | 'takeTheirs' | 'dismiss' | 'refresh'> {
  const client = useClient();
  const conflictAt = useRef<Conflict | null>(null);
  return useMemo(() => {
    const { latest, change, go, setError, setConflict } = parts;
    const read = async (key: string) => {
      const [kind, name = ''] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)];
      if (kind === 'new') return;
      const file = latest.current.drafts.get(key)?.file ?? (kind === 'file' ? name : null);
      const answer = await (file === null
        ? client.request('atom.open', { id: name })
        : client.request('atom.openFile', { file }));
      if (!answer.ok) return latest.current.at === key && !latest.current.drafts.has(key) && setError(answer.error);
      const known = latest.current.drafts.get(key);
      change((all) => all.set(key, known === undefined ? opened(key, answer.value) : readAgain(known, answer.value)));
    };
    const saved = (draft: Draft, file: string, text: string, hash: string) => {
      const now = latest.current.drafts.get(draft.key) ?? draft;
      const key = `id:${idIn(text)}`;
      change((all) => {
        all.delete(draft.key);
        all.set(key, { ...afterSave(now, file, text, hash), key });
      });
      if (latest.current.at === draft.key) go(key);
    };
    const tellConflict = (conflict: Conflict | null) => {
      conflictAt.current = conflict;
      setConflict(conflict);
    };
    return {
      open: (key) => {
        go(key);
        void read(key);
      },
      refresh: () => {
        void client.request('atom.refresh', {});
        const { at } = latest.current;
        if (at !== null) void read(at);
      },
      save: async (over = false) => {
        const draft = latest.current.drafts.get(latest.current.at ?? '');
        if (draft === undefined || draft.isBuiltIn) return false;
        const text = draft.history.now;
        const basis = over ? null : (draft.saved?.hash ?? null);
        const answer = await client.request('atom.save', { file: draft.file, text, basis });
        setError(answer.ok ? null : answer.error);
        if (!answer.ok) return false;
        tellConflict(answer.value.status === 'changed' ? { key: draft.key, there: answer.value.there } : null);
        if (answer.value.status === 'changed') return false;
        saved(draft, answer.value.file, text, answer.value.hash);
        return true;
      },
      dismiss: () => tellConflict(null),
      takeTheirs: () => {
        const { key = '', there = null } = conflictAt.current ?? {};
        const draft = latest.current.drafts.get(key);
        tellConflict(null);
        if (draft === undefined) return;
        if (there === null) {
          change((all) => void all.delete(key));
          return go(null);
        }
        const next = edited(draft, { type: 'write', text: there.text, what: null, at: 0 });
        change((all) => all.set(key, { ...next, saved: { text: there.text, hash: there.hash } }));
      },
    };
  }, [client, parts]);
}
