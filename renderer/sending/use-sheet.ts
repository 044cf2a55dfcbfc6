import { useCallback, useRef, useState } from 'react';
import type { InputOf } from '../../contract/define.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Look } from '../../contract/look.ts';
import type { RendererContract } from '../../contract/renderer.ts';
import { useClient, useMirror } from '../app/backend.ts';

export type LookInput = InputOf<RendererContract['requests']['run.look']>;

/** What would be sent, and what the person can do about it. */
export interface Sheet {
  readonly look: Look;
  readonly send: () => void;
  /** A model of this machine answers instead; null for a later prompt of an answer that was begun elsewhere. */
  readonly here: (() => void) | null;
  /** Sends nothing; an answer that was begun ends with what was made so far. */
  readonly cancel: () => void;
}

/** How a question goes on its way: with what the person agreed to, or not at all. */
export type Decision =
  | { readonly asks: true; readonly agreed: string | null; readonly here: boolean }
  | { readonly asks: false; readonly error: AppErrorShape | null };

export interface SheetView {
  readonly sheet: Sheet | null;
  /** Asks the person where that is needed, or `always`. */
  readonly decide: (input: LookInput, always: boolean) => Promise<Decision>;
  /** Puts what is shown away, as if it was cancelled. */
  readonly close: () => void;
}

const unasked: Decision = { asks: true, agreed: null, here: false };
const cancelled: Decision = { asks: false, error: null };

/** What would leave this machine is shown before it does, where the person, a setting or a rule wants that. */
export function useSheet(): SheetView {
  const client = useClient();
  const settings = useMirror('settings');
  const rules = useMirror('rules');
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const close = useRef<(() => void) | null>(null);
  const hasServers = (settings?.servers.length ?? 0) > 0;
  // The person is asked, too, of a text that may be from where nothing leaves.
  const mayAsk = (rules?.list ?? []).some(({ does, from }) => does === 'ask-me' || (from && does === 'never-leaves'));
  const mayBeShown = hasServers && (settings?.showFirst !== 'asked' || mayAsk);
  const decide = useCallback<SheetView['decide']>(
    async (input, always) => {
      if (!always && !mayBeShown) return unasked;
      const answer = await client.request('run.look', input);
      // What is sent is known only once the person was asked: it is shown then, where it has to be.
      if (!answer.ok && answer.error.code === 'step/form-first' && !always) return unasked;
      if (!answer.ok) return { asks: false, error: answer.error };
      const look = answer.value;
      if (!always && !(look.status === 'leaves' && look.must)) return unasked;
      return new Promise<Decision>((resolve) => {
        const end = (decision: Decision) => () => {
          setSheet(null);
          close.current = null;
          resolve(decision);
        };
        close.current?.();
        close.current = end(cancelled);
        const agreed = look.status === 'leaves' ? look.hash : null;
        const send = end({ asks: true, agreed, here: false });
        setSheet({ look, send, here: end({ asks: true, agreed: null, here: true }), cancel: end(cancelled) });
      });
    },
    [client, mayBeShown],
  );
  return { sheet, decide, close: useCallback(() => close.current?.(), []) };
}
