import { Copy, FolderOpen, type LucideIcon, PencilLine, Trash2, Undo2 } from 'lucide-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useMirror } from '../../app/backend.ts';
import type { MenuItem } from '../menu.tsx';
import { useToast } from '../toast.tsx';
import { nameOf } from './action-list.tsx';
import { copyOf, freeId, isAction, type Language, newDoc, readDoc, textIn, withText, write } from './doc.ts';
import { isDirty } from './drafts.ts';
import type { EditorHost } from './editor-view.tsx';
import { saveText } from './save-text.ts';
import type { DraftDesk } from './use-drafts.ts';

/** What is done to whole actions. */
export interface ActionDeeds {
  /** `prompt`: what a model is told by a new action, in the words of a question. */
  readonly begin: (kind: 'action' | 'chain', prompt?: string) => void;
  readonly save: () => void;
  readonly duplicate: () => void;
  /** Deletes it; for some seconds it can be had back. */
  readonly remove: () => void;
  readonly menu: readonly MenuItem[];
}

export function useActionDeeds(
  desk: DraftDesk,
  language: Language,
  inEditor: RefObject<EditorHost | null>,
): ActionDeeds {
  const { t } = useTranslation('editor');
  const atoms = useMirror('atoms')?.atoms ?? [];
  const toast = useToast();
  const taken = () => new Set([...atoms.map(({ id }) => id), ...[...desk.drafts.keys()].map((key) => key.slice(3))]);
  const { draft } = desk;
  const name = draft === null ? '' : nameOf(draft, language) || draft.file || t('unnamed');
  const begin = (kind: 'action' | 'chain', prompt = '') => {
    const doc = newDoc(kind, freeId('', kind, taken()));
    desk.store.begin(write(prompt === '' ? doc : { ...doc, output: 'show', prompt: withText(null, language, prompt) }));
    setTimeout(() => inEditor.current?.goToName());
  };
  const save = async () => {
    if (draft === null || draft.isBuiltIn) return;
    if (await desk.store.save()) toast({ text: t('saved', { name }) });
  };
  const duplicate = () => {
    const doc = draft === null ? null : readDoc(draft.history.now);
    if (doc === null) return;
    const id = freeId(textIn(doc['name'], 'en'), isAction(doc) ? 'action' : 'chain', taken());
    desk.store.begin(write(copyOf(doc, id, (one) => t('copyName', { name: one }))));
  };
  const remove = useRemove(desk, name);
  const menu = useMenu({ desk, name, duplicate, remove, rename: () => inEditor.current?.goToName() });
  return { begin, save: () => void save(), duplicate, remove, menu };
}

/** Deleted or only let go: either can be undone by the line that tells of it. */
function useRemove(desk: DraftDesk, name: string): () => void {
  const { t } = useTranslation('editor');
  const client = useClient();
  const toast = useToast();
  return () => {
    const { draft } = desk;
    if (draft === null || draft.isBuiltIn) return;
    const { file, history } = draft;
    if (file === null) {
      desk.store.forget(draft.key);
      return toast({ text: t('discarded', { name }), ms: undoMs, undo: () => desk.store.begin(history.now) });
    }
    const go = async () => {
      const answer = await client.request('atom.remove', { file });
      if (!answer.ok) return desk.store.setError(answer.error);
      const { text } = answer.value;
      desk.store.forget(draft.key);
      const undo = async () => {
        const again = await saveText(client, { file, text, basis: null });
        if (again.ok) void desk.store.open(draft.key);
        else desk.store.setError(again.error);
      };
      toast({ text: t('deleted', { name }), ms: undoMs, undo: () => void undo() });
    };
    void go();
  };
}

const undoMs = 10_000;

interface MenuNeeds {
  readonly desk: DraftDesk;
  readonly name: string;
  readonly duplicate: () => void;
  readonly remove: () => void;
  readonly rename: () => void;
}

function useMenu({ desk, name, duplicate, remove, rename }: MenuNeeds): readonly MenuItem[] {
  const { t } = useTranslation('editor');
  const client = useClient();
  const toast = useToast();
  const { draft } = desk;
  if (draft === null) return [];
  const item = (id: string, icon: LucideIcon, run: () => void) => ({ id, name: t(id), icon, run });
  const discard = () => {
    const text = draft.history.now;
    desk.store.edit({ type: 'write', text: draft.saved?.text ?? text, what: null, at: 0 });
    toast({ text: t('discarded', { name }), undo: () => desk.store.edit({ type: 'undo' }) });
  };
  const own = draft.isBuiltIn
    ? []
    : [
        item('rename', PencilLine, rename),
        ...(isDirty(draft) && draft.saved !== null ? [item('discard', Undo2, discard)] : []),
        { ...item('delete', Trash2, remove), danger: true, apart: true },
      ];
  return [
    item('duplicate', Copy, duplicate),
    item('folder', FolderOpen, () => void client.request('folder.show', { folder: 'atoms' })),
    ...own,
  ];
}
