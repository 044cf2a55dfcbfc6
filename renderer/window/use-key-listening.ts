import { type KeyboardEvent, useEffect, useState } from 'react';
import { useClient } from '../app/backend.ts';
import { acceleratorOf } from './accelerator-of.ts';

/** A button that takes the next shortcut that is pressed, until Escape. While it listens, Beckon's own shortcuts are let go. */
export function useKeyListening(platform: string, onPressed: (accelerator: string) => void) {
  const client = useClient();
  const [listening, setListening] = useState(false);
  useEffect(() => {
    if (!listening) return;
    void client.request('hotkey.listen', { listening: true });
    return () => void client.request('hotkey.listen', { listening: false });
  }, [client, listening]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!listening) return;
    event.preventDefault();
    if (event.key === 'Escape') setListening(false);
    const accelerator = acceleratorOf(event.nativeEvent, platform);
    if (accelerator !== null) onPressed(accelerator);
  };
  const button = {
    'aria-pressed': listening,
    // It may listen already when it is clicked, since one that was just put onto a list begins by itself.
    onClick: () => setListening(true),
    onKeyDown,
    onBlur: () => setListening(false),
  };
  return { listening, start: () => setListening(true), stop: () => setListening(false), button };
}
