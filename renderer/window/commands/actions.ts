import { Copy, Keyboard, MessageSquareText, PencilLine, Play, Plus, Save, Trash2, Workflow } from 'lucide-react';
import type { WindowCommand, WindowContext } from './command.ts';

const isHere = ({ page }: WindowContext) => page === 'actions';

/** The page of actions, and the one that is in its editor. */
export const actionCommands: readonly WindowCommand[] = [
  {
    ...{ id: 'new-action', keys: 'Ctrl+Shift+N', icon: MessageSquareText, group: 'action', when: isHere },
    run: ({ actions }) => actions?.newAction(),
  },
  {
    ...{ id: 'new-chain', keys: 'Ctrl+Shift+L', icon: Workflow, group: 'action', when: isHere },
    run: ({ actions }) => actions?.newChain(),
  },
  {
    ...{ id: 'save-action', keys: 'Ctrl+S', icon: Save, group: 'action', when: isHere },
    run: ({ actions }) => actions?.save(),
  },
  {
    ...{ id: 'add-step', keys: 'Ctrl+Enter', icon: Plus, group: 'action', when: isHere },
    run: ({ actions }) => actions?.addStep(),
  },
  {
    ...{ id: 'run-action', keys: 'Ctrl+Shift+Enter', icon: Play, group: 'action', when: isHere },
    run: ({ actions }) => actions?.run(),
  },
  {
    ...{ id: 'rename-action', keys: null, icon: PencilLine, group: 'action', when: isHere },
    run: ({ actions }) => actions?.rename(),
  },
  {
    ...{ id: 'duplicate-action', keys: 'Ctrl+Shift+D', icon: Copy, group: 'action', when: isHere },
    run: ({ actions }) => actions?.duplicate(),
  },
  {
    ...{ id: 'action-key', keys: null, icon: Keyboard, group: 'action', when: isHere },
    run: ({ actions }) => actions?.setKey(),
  },
  {
    ...{ id: 'delete-action', keys: null, icon: Trash2, group: 'action', when: isHere },
    run: ({ actions }) => actions?.remove(),
  },
];
