import { useEffect } from 'react';
import { useClient, useMirror } from '../app/backend.ts';

/**
 * A file that was just dropped, or text that was just selected begins something new: an answer that is still on the screen makes room for it. The text that
 * the answer is about, still selected, does not go along with a follow-up again.
 */
export function useNewSelection(reading: boolean, busy: boolean, beginAnew: () => void): void {
  const client = useClient();
  const chips = useMirror('context')?.chips.filter(({ on }) => on) ?? [];
  const chip = chips.find(({ kind, status }) => kind === 'selection' && status === 'ready');
  const file = chips.findLast(({ kind }) => kind === 'file');
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the moment a capture brings text counts
  useEffect(() => {
    if (chip === undefined || !reading) return;
    if (chip.repeated || busy) void client.request('context.turn', { chipId: chip.id, on: false });
    else beginAnew();
  }, [chip?.id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the moment a file comes counts
  useEffect(() => {
    if (file !== undefined && reading && !busy) beginAnew();
  }, [file?.id]);
}
