/** A text with what it was before, and what it was after that was undone. */
export interface History {
  readonly past: readonly string[];
  readonly now: string;
  readonly future: readonly string[];
  /** What was edited last, and when; more of the same within a moment is one edit. */
  readonly last: { readonly what: string; readonly at: number } | null;
}

const longest = 200;
const momentMs = 1000;

export function begin(text: string): History {
  return { past: [], now: text, future: [], last: null };
}

/** `what` names the field that was typed in; null for what is an edit of its own. */
export function edit(history: History, text: string, what: string | null, at: number): History {
  const { past, now, last } = history;
  if (text === now) return history;
  const goesOn = what !== null && last?.what === what && at - last.at < momentMs;
  return {
    past: goesOn ? past : [...past, now].slice(-longest),
    now: text,
    future: [],
    last: what === null ? null : { what, at },
  };
}

export function undo({ past, now, future }: History): History {
  const before = past.at(-1);
  if (before === undefined) return { past, now, future, last: null };
  return { past: past.slice(0, -1), now: before, future: [now, ...future], last: null };
}

export function redo({ past, now, future }: History): History {
  const [after, ...others] = future;
  if (after === undefined) return { past, now, future, last: null };
  return { past: [...past, now], now: after, future: others, last: null };
}
