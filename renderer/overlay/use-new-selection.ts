import { useEffect } from 'react';
import { useClient, useMirror } from '../app/backend.ts';

/**
 * Text that was just selected begins something new: an answer that is still on the screen makes room for it. The text that
 * the answer is about, still selected, does not go along with a follow-up again.
 */
export function useNewSelection(reading: boolean, busy: boolean, beginAnew: () => void): void {
  const client = useClient();
  const chip = useMirror('context')?.chips.find(
    ({ kind, status, on }) => kind === 'selection' && status === 'ready' && on,
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the moment a capture brings text counts
  useEffect(() => {
    if (chip === undefined || !reading) return;
    if (chip.repeated || busy) void client.request('context.turn', { chipId: chip.id, on: false });
    else beginAnew();
  }, [chip?.id]);
}
