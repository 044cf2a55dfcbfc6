import { type Application, applicationOf, type Toolkit } from './applications.ts';
import type { Evidence } from './evidence.ts';

/** Whether a key may be pressed: yes where it was tried, after the person's word where what is seen speaks for it, or never. */
export type May = 'yes' | 'when-agreed' | 'never';

/** What may be done in the window of an application, beside writing into an object of it. */
export interface Judged {
  /** Ctrl+V over a selection that is proved to be there. */
  readonly paste: May;
  /** A paste leaves what is selected where it is. */
  readonly pastesBeside: boolean;
  /** Ctrl+C, sent to its window alone. */
  readonly copy: May;
  /** By its name, or by what an application of no known name holds. */
  readonly isTerminal: boolean;
  /** Something may be selected there though nothing is offered and no object tells it. */
  readonly mayHideSelections: boolean;
}

/** Families where a key goes to a shell or another machine, or means something else, however their windows are drawn. */
const closed: readonly Application['family'][] = ['terminal', 'modal', 'remote'];

/**
 * What is seen decides, before any name: where a process of it holds a terminal, no key is ever pressed. A name decides alone
 * where something was tried, or is known to be otherwise than it looks. `evidence`: null where nothing can be seen.
 */
export function judge(window: { readonly application: string | null }, evidence: Evidence | null): Judged {
  const row = applicationOf(window);
  const toolkit = evidence?.toolkit ?? null;
  const holdsTerminal = evidence?.holdsTerminal === true;
  const isTerminal = row.family === 'terminal' || (row.family === 'unknown' && holdsTerminal);
  const none = holdsTerminal || closed.includes(row.family);
  return {
    paste: none ? 'never' : mayBy(row.paste, 'keys', pasteOf(toolkit)),
    pastesBeside: toolkit?.paste === 'keys-after-delete',
    copy: none ? 'never' : mayBy(row.copy, 'when-asked', toolkit?.copy),
    isTerminal,
    mayHideSelections: mayHide(row) && toolkit?.selections !== 'offered',
  };
}

function mayBy<Yes extends string>(known: Yes | 'never' | 'as-seen', yes: Yes, seen: Yes | 'never' | undefined): May {
  if (known === yes) return 'yes';
  return known === 'as-seen' && seen === yes ? 'when-agreed' : 'never';
}

function pasteOf(toolkit: Toolkit | null): 'keys' | 'never' {
  return (toolkit?.paste ?? 'never') === 'never' ? 'never' : 'keys';
}

/** Browsers offer what is selected in them, however it was. */
function mayHide({ family }: Application): boolean {
  return family !== 'browser';
}
