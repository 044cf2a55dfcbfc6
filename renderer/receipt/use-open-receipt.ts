import { useCallback, useMemo, useState } from 'react';

/** Which answer's receipt is open; at most one is. */
export interface OpenReceipt {
  readonly answerId: string | null;
  /** Opens that answer's receipt, or closes it where it is the open one. */
  readonly toggle: (answerId: string) => void;
}

export function useOpenReceipt(): OpenReceipt {
  const [answerId, setAnswerId] = useState<string | null>(null);
  const toggle = useCallback((id: string) => setAnswerId((open) => (open === id ? null : id)), []);
  return useMemo(() => ({ answerId, toggle }), [answerId, toggle]);
}
