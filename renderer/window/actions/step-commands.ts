import { ArrowDown, ArrowUp, Copy, type LucideIcon, Play, Plus, Power, Trash2 } from 'lucide-react';
import { duplicated, moved, removed, type Steps, switched } from './step-edits.ts';

/** What can be done with one step of a chain. */
export interface StepCommand {
  /** Its name is `editor.<name>` in `locales/`. */
  readonly id: string;
  readonly name: (isOff: boolean) => string;
  readonly icon: LucideIcon;
  readonly keys: string | null;
  /** Whether it changes the chain, which a built-in one does not let itself. */
  readonly changes: boolean;
  /** Its key is a field's own while one has the keyboard. */
  readonly onCardAlone?: true;
  readonly when: (at: number, count: number) => boolean;
  readonly run: (host: StepHost, at: number) => void;
}

export interface StepHost {
  readonly steps: Steps;
  /** `at`: the step that has the keyboard then. */
  readonly setSteps: (steps: Steps, at: number) => void;
  readonly addAt: (at: number) => void;
  readonly runFrom: (at: number) => void;
}

const always = () => true;

export const stepCommands: readonly StepCommand[] = [
  {
    ...{ id: 'up', name: () => 'moveUp', icon: ArrowUp, keys: 'Alt+Up', changes: true },
    when: (at) => at > 0,
    run: ({ steps, setSteps }, at) => setSteps(moved(steps, at, at - 1), at - 1),
  },
  {
    ...{ id: 'down', name: () => 'moveDown', icon: ArrowDown, keys: 'Alt+Down', changes: true },
    when: (at, count) => at < count - 1,
    run: ({ steps, setSteps }, at) => setSteps(moved(steps, at, at + 1), at + 1),
  },
  {
    ...{ id: 'add', name: () => 'addHere', icon: Plus, keys: 'Ctrl+Enter', changes: true, when: always },
    run: ({ addAt }, at) => addAt(at + 1),
  },
  {
    ...{ id: 'duplicate', name: () => 'duplicate', icon: Copy, keys: 'Ctrl+D', changes: true, when: always },
    run: ({ steps, setSteps }, at) => setSteps(duplicated(steps, at), at + 1),
  },
  {
    ...{ id: 'off', icon: Power, keys: 'Ctrl+/', changes: true, when: always },
    name: (isOff) => (isOff ? 'switchOn' : 'switchOff'),
    run: ({ steps, setSteps }, at) => setSteps(switched(steps, at), at),
  },
  {
    ...{ id: 'run', name: () => 'result.runFrom', icon: Play, keys: null, changes: false, when: always },
    run: ({ runFrom }, at) => runFrom(at),
  },
  {
    ...{
      id: 'remove',
      name: () => 'remove',
      icon: Trash2,
      keys: 'Delete',
      changes: true,
      onCardAlone: true,
      when: always,
    },
    run: ({ steps, setSteps }, at) => setSteps(removed(steps, at), Math.min(at, steps.length - 2)),
  },
];
