import { useEffect, useRef, useState } from 'react';
import { useClient } from '../app/backend.ts';

const shownMs = 1500;

/** Copies a text through main; `copied` is true for a moment after. */
export function useCopy(): { readonly copied: boolean; readonly copy: (text: string) => void } {
  const client = useClient();
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = (text: string) => {
    void client.request('clipboard.writeText', { text }).then(({ ok }) => {
      if (!ok) return;
      setCopied(true);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setCopied(false), shownMs);
    });
  };
  return { copied, copy };
}
