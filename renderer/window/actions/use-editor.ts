import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AtomFault, ShownValue, StepKind } from '../../../contract/atom-edit.ts';
import type { StepType } from '../../../contract/atom-steps.ts';
import { useClient } from '../../app/backend.ts';
import { type Doc, readDoc, stepsOf, withSteps, write } from './doc.ts';
import type { Draft, Edit } from './drafts.ts';
import type { Steps } from './step-edits.ts';
import { followSteps, type KeyedStep } from './step-keys.ts';

export interface Checked {
  readonly faults: readonly AtomFault[];
  /** What comes to each step, and out of the last. */
  readonly types: readonly (StepType | null)[];
}

/** One action in the editor: its text is all there is of it, and the form a view of that. */
export interface Editor {
  readonly draft: Draft;
  /** Null while the text is no JSON. */
  readonly doc: Doc | null;
  readonly steps: Steps;
  readonly keyed: readonly KeyedStep[];
  readonly kinds: ReadonlyMap<string, StepKind>;
  readonly checked: Checked;
  readonly pins: ReadonlyMap<string, ShownValue>;
  readonly pin: (key: string, value: ShownValue | null) => void;
  /** `what` names what was typed in; null for an edit of its own. */
  readonly setDoc: (doc: Doc, what: string | null) => void;
  readonly setSteps: (steps: Steps, what: string | null) => void;
  readonly setText: (text: string) => void;
  /** Puts another text in its place, as an edit of its own. */
  readonly restore: (text: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

const nothing: Checked = { faults: [], types: ['text'] };
const noSteps: Steps = [];

export function useEditor(draft: Draft, edit: (change: Edit) => void): Editor {
  const text = draft.history.now;
  const doc = useMemo(() => readDoc(text), [text]);
  const steps = useMemo(() => (doc === null ? noSteps : stepsOf(doc)), [doc]);
  const keyed = useKeys(steps);
  const [pins, setPins] = useState<ReadonlyMap<string, ShownValue>>(new Map());
  const pin = useCallback((key: string, value: ShownValue | null) => {
    setPins((before) => {
      const next = new Map(before);
      if (value === null) next.delete(key);
      else next.set(key, value);
      return next;
    });
  }, []);
  const put = (next: string, what: string | null) => edit({ type: 'write', text: next, what, at: Date.now() });
  return {
    ...{ draft, doc, steps, keyed, kinds: useKinds(), checked: useChecked(text), pins, pin },
    setDoc: (next, what) => put(write(next), what),
    setSteps: (next, what) => doc !== null && put(write(withSteps(doc, next)), what),
    setText: (next) => put(next, 'text'),
    restore: (next) => put(next, null),
    undo: () => edit({ type: 'undo' }),
    redo: () => edit({ type: 'redo' }),
  };
}

function useKeys(steps: Steps): readonly KeyedStep[] {
  const known = useRef<{ readonly steps: Steps; readonly keyed: readonly KeyedStep[] }>({ steps: noSteps, keyed: [] });
  const count = useRef(0);
  if (known.current.steps !== steps) {
    const newKey = () => {
      count.current += 1;
      return `step-${count.current}`;
    };
    known.current = { steps, keyed: followSteps(known.current.keyed, steps, newKey) };
  }
  return known.current.keyed;
}

/** Kinds of steps by their names, in the order of menus. */
function useKinds(): ReadonlyMap<string, StepKind> {
  const client = useClient();
  const [kinds, setKinds] = useState<ReadonlyMap<string, StepKind>>(new Map());
  useEffect(() => {
    let gone = false;
    void client.request('atom.kinds', {}).then((answer) => {
      if (!gone && answer.ok) setKinds(new Map(answer.value.map((kind) => [kind.do, kind])));
    });
    return () => {
      gone = true;
    };
  }, [client]);
  return kinds;
}

/** What the reader says to the text as it stands; what it said before stays until then. */
function useChecked(text: string): Checked {
  const client = useClient();
  const [checked, setChecked] = useState<Checked>(nothing);
  useEffect(() => {
    let gone = false;
    void client.request('atom.check', { text }).then((answer) => {
      if (!gone && answer.ok) setChecked(answer.value);
    });
    return () => {
      gone = true;
    };
  }, [client, text]);
  return checked;
}
