import type { ReactNode } from 'react';
import { useClient, useMirror } from '../app/backend.ts';
import { keyParts } from '../ui/key.tsx';

/** The free shortcuts that are offered where the system refused the one that was chosen; one click takes one. */
export function HotkeyChoices(): ReactNode {
  const client = useClient();
  const shell = useMirror('shell');
  return shell?.hotkey.proposals.map((accelerator) => (
    <button
      key={accelerator}
      type="button"
      className="button"
      onClick={() => void client.request('hotkey.set', { accelerator })}
    >
      {keyParts(accelerator, shell.platform).join(' + ')}
    </button>
  ));
}
