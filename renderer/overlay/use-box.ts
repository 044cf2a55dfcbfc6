import { useCallback, useEffect, useRef, useState } from 'react';
import { useMirror } from '../app/backend.ts';
import type { ConversationView } from '../run/use-conversation.ts';
import { readDraft, saveDraft } from './draft.ts';
import type { View } from './list-rows.ts';

/** What is in the box: its text, which of its lists is open, which row is chosen, which question is being edited. */
export interface Box {
  readonly text: string;
  readonly view: View;
  readonly chosen: number;
  /** Id of the question that the text replaces when it is sent. */
  readonly editing: string | null;
  readonly change: (text: string) => void;
  readonly setView: (view: View) => void;
  readonly setChosen: (index: number) => void;
  readonly edit: (text: string, questionId: string | null) => void;
  /** Whether a changed text is shown as what changed, or plain. */
  readonly showsDiff: boolean;
  readonly toggleDiff: () => void;
  /** Whether what could go along is shown, though nothing of it does. */
  readonly showsContext: boolean;
  readonly showContext: () => void;
  /** An empty box without a chat, or with what was put aside. */
  readonly home: () => void;
  /** Makes room for an answer that was called by its key: what is being written is there again with the next empty box. */
  readonly putAside: () => void;
}

export function useBox(initialText: string, conversation: ConversationView): Box {
  const [view, setView] = useState<View>('box');
  const [chosen, setChosen] = useState(0);
  const [editing, setEditing] = useState<string | null>(null);
  const { text, setText, bringBack, keep } = useDraft(initialText);
  const change = useCallback(
    (value: string) => {
      setText(value);
      // The list of keys has nothing to find in it: what is typed there is for the box.
      setView((shown) => (shown === 'keys' && value !== '' ? 'box' : shown));
      setChosen(0);
    },
    [setText],
  );
  const edit = useCallback(
    (value: string, questionId: string | null) => {
      change(value);
      setEditing(questionId);
    },
    [change],
  );
  const aside = useRef('');
  // What is typed into a list is for the list: the question that was begun waits until it is closed.
  const show = (next: View) => {
    if (next === view) return;
    if (view === 'box') aside.current = text;
    change(next === 'box' ? aside.current : '');
    setView(next);
  };
  const leave = () => {
    show('box');
    setEditing(null);
    conversation.open(null);
  };
  const written = view === 'box' ? text : aside.current;
  const latest = useLatest(written);
  const home = () => {
    leave();
    change(bringBack());
  };
  const putAside = () => {
    keep(latest.current);
    aside.current = '';
    show('box');
    edit('', null);
  };
  useLeavingWhenFresh(conversation.running, written === '' ? home : leave);
  const shows = { ...useDiffShown(), ...useContextShown() };
  return { text, view, chosen, editing, change, setView: show, setChosen, edit, home, putAside, ...shows };
}

/** The text as it is when something happens later: an answer may be called while somebody types. */
function useLatest(text: string): { readonly current: string } {
  const latest = useRef(text);
  latest.current = text;
  return latest;
}

/** The text of the box and what was put aside, kept over a restart. */
function useDraft(initialText: string) {
  const [text, setText] = useState(() => initialText || readDraft());
  const [kept, setKept] = useState('');
  useEffect(() => saveDraft(joined(kept, text)), [kept, text]);
  return {
    text,
    setText,
    keep: (written: string) => setKept((before) => joined(before, written)),
    /** What was put aside, which is there no more then. */
    bringBack: () => {
      setKept('');
      return kept;
    },
  };
}

function useDiffShown(): Pick<Box, 'showsDiff' | 'toggleDiff'> {
  const [showsDiff, setShowsDiff] = useState(true);
  return { showsDiff, toggleDiff: useCallback(() => setShowsDiff((shows) => !shows), []) };
}

/** Until the overlay is shown the next time. */
function useContextShown(): Pick<Box, 'showsContext' | 'showContext'> {
  const shownCount = useMirror('shell')?.overlay.shownCount ?? 0;
  const [shownAt, setShownAt] = useState<number | null>(null);
  return { showsContext: shownAt === shownCount, showContext: useCallback(() => setShownAt(shownCount), [shownCount]) };
}

function joined(kept: string, text: string): string {
  return [kept, text].filter((part) => part !== '').join('\n\n');
}

/**
 * Hidden for a while, the box empties itself, so that the next call finds it fresh. A draft and a running answer stay, and an
 * answer of which something is told that nobody has seen.
 */
function useLeavingWhenFresh(running: boolean, leave: () => void): void {
  const shell = useMirror('shell');
  const visible = shell?.overlay.visible === true;
  const fresh = shell?.overlay.fresh === true && !visible;
  const told = useMirror('putBack')?.told ?? null;
  const seen = useRef<string | null>(null);
  if (visible) seen.current = told;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the moment it becomes fresh counts
  useEffect(() => {
    if (fresh && !running && told === seen.current) leave();
  }, [fresh]);
}
