import { useCallback, useState } from 'react';

/** Several chats that are chosen at once, for what can be done with all of them. */
export interface ChosenChats {
  readonly ids: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  /** Chooses all from the one that was chosen last to this one. */
  readonly extendTo: (id: string, from: string | null) => void;
  readonly all: () => void;
  readonly clear: () => void;
}

const nothing: ReadonlySet<string> = new Set();

/** `order`: the ids as they are listed. */
export function useChosenChats(order: readonly string[]): ChosenChats {
  const [ids, setIds] = useState(nothing);
  const [anchor, setAnchor] = useState<string | null>(null);
  const toggle = (id: string) => {
    setAnchor(id);
    setIds((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  };
  const extendTo = (id: string, from: string | null) => {
    const start = anchor ?? from ?? id;
    setAnchor(start);
    setIds(new Set(between(order, start, id)));
  };
  const clear = useCallback(() => {
    setIds(nothing);
    setAnchor(null);
  }, []);
  return { ids, toggle, extendTo, all: () => setIds(new Set(order)), clear };
}

/** From one to the other, both of them too, whichever comes first. */
export function between(order: readonly string[], one: string, other: string): readonly string[] {
  const places = [order.indexOf(one), order.indexOf(other)].filter((at) => at >= 0);
  return order.slice(Math.min(...places), Math.max(...places) + 1);
}
