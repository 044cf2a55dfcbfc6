import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AppErrorShape, ErrorCode } from '../../contract/errors.ts';
import { useClient, useMirror } from '../app/backend.ts';

/** Something the person should know before they go on, with its one next step. */
export interface Notice {
  /** Names what it is about: two notices of one thing have one id. */
  readonly id: string;
  readonly error: AppErrorShape;
  /** Null: what the error itself offers, if it offers anything. */
  readonly act: (() => void) | null;
  /** `moment`: of something that was tried, and gone with a new beginning. `lasting`: of how Beckon is, until it is put away. */
  readonly kind: 'moment' | 'lasting';
  /** Tells whoever keeps it that it was seen; absent where the page alone puts it away. */
  readonly seen?: () => void;
}

export interface Notices {
  /** The most urgent one; null when there is none. */
  readonly first: Notice | null;
  readonly others: number;
  readonly putAway: (notice: Notice) => void;
  /** Puts away what is about things that were tried. */
  readonly beginAnew: () => void;
}

export function offersAStep({ act, error }: Notice): boolean {
  return act !== null || error.action !== undefined;
}

/** What the person should know, the most urgent first, without what they have put away. */
export function useNotices(requestError: AppErrorShape | null): Notices {
  const all = useAll(requestError);
  const [away, setAway] = useState<ReadonlySet<string>>(new Set());
  // What is over can come again, and is told again then.
  const known = all.map(({ id }) => id).join('\n');
  useEffect(() => {
    const ids = known.split('\n');
    setAway((old) =>
      [...old].every((id) => ids.includes(id)) ? old : new Set([...old].filter((id) => ids.includes(id))),
    );
  }, [known]);
  const putAllAway = useCallback((notices: readonly Notice[]) => {
    for (const { seen } of notices) seen?.();
    if (notices.length > 0) setAway((old) => new Set([...old, ...notices.map(({ id }) => id)]));
  }, []);
  const shown = all.filter(({ id }) => !away.has(id));
  return {
    first: shown[0] ?? null,
    others: Math.max(shown.length - 1, 0),
    putAway: (notice) => putAllAway([notice]),
    beginAnew: () => putAllAway(shown.filter(({ kind }) => kind === 'moment')),
  };
}

function useAll(requestError: AppErrorShape | null): readonly Notice[] {
  const client = useClient();
  const shell = useMirror('shell');
  const jobs = useMirror('jobs');
  const notices = useMirror('notices');
  const occurrence = useOccurrence(requestError);
  return useMemo(() => {
    const open = (page: 'models' | 'settings') => () =>
      void client.request('window.open', { page, conversationId: null });
    const found: Notice[] = [];
    if (requestError !== null) found.push(notice(`request ${occurrence}`, requestError, null, 'moment'));
    if (shell?.core === 'failed') {
      const error = shell.coreError ?? { code: 'app/internal' as const, message: 'core died too often' };
      const restart = () => void client.request('core.restart', {});
      found.push(notice('core', { ...error, action: 'restart' }, restart, 'lasting'));
    }
    if (shell?.hotkey.error) found.push(notice('hotkey', shell.hotkey.error, open('settings'), 'lasting'));
    for (const { id, status, error } of jobs?.jobs ?? [])
      if (status === 'failed')
        found.push(notice(id, error, () => void client.request('job.resume', { jobId: id }), 'moment'));
    for (const { id, code, values } of notices?.notices ?? []) {
      const error = { code: code as ErrorCode, message: '', values, action: 'understood' as const };
      const seen = () => void client.request('notice.seen', { id });
      found.push({ ...notice(id, error, seen, 'lasting'), seen });
    }
    if (shell?.settingsError) found.push(notice('settings', shell.settingsError, open('settings'), 'lasting'));
    return found;
  }, [
    client,
    requestError,
    occurrence,
    shell?.core,
    shell?.coreError,
    shell?.hotkey.error,
    shell?.settingsError,
    jobs,
    notices,
  ]);
}

/** Counts the refusals: the same one, met again, is told again though it was put away. */
function useOccurrence(error: AppErrorShape | null): number {
  const last = useRef({ error, count: 0 });
  if (last.current.error !== error) last.current = { error, count: last.current.count + 1 };
  return last.current.count;
}

/** Another error of the same source is another notice. */
function notice(from: string, error: AppErrorShape, act: Notice['act'], kind: Notice['kind']): Notice {
  return { id: `${from} ${error.code} ${JSON.stringify(error.values ?? {})} ${error.message}`, error, act, kind };
}
