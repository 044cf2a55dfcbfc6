import type { ContextChip } from '../../contract/context.ts';
import { actionRow, type FamilyName, type NamedAction, type Row } from './rows.ts';

/** What the texts at hand are for, most likely: a few words are made into others, a file or a long text is asked about. */
export type AtHand = 'words' | 'reading';

/** More words than somebody changes in one go. */
const mostChangedWords = 200;

export function atHandOf(chips: readonly ContextChip[]): AtHand {
  const along = chips.filter(({ on, kind }) => on && kind !== 'window');
  const words = along.reduce((sum, chip) => sum + chip.words, 0);
  return words > mostChangedWords || along.some(({ kind }) => kind === 'file') ? 'reading' : 'words';
}

const familyIcons: Readonly<Record<FamilyName, string>> = {
  rewrite: 'pencil-line',
  translate: 'languages',
  tidy: 'eraser',
};

/** Actions that stand together in one row, or one alone. */
interface Entry {
  readonly actions: readonly NamedAction[];
  readonly usedAt: number;
  readonly output: NamedAction['output'];
}

/**
 * What can be done with the texts at hand: first what suits them, the last used first among that, then all else in the same
 * order. Actions of one family are one row that leads to their own list.
 */
export function rowsForActions(actions: readonly NamedAction[], atHand: AtHand): readonly Row[] {
  const suits: NamedAction['output'] = atHand === 'words' ? 'replace' : 'show';
  const later = ({ output }: Entry) => Number(output !== suits);
  return [...entriesOf(actions)]
    .sort((one, other) => later(one) - later(other) || other.usedAt - one.usedAt)
    .flatMap(rowOf);
}

/** What a sample is for: the likeliest thing to do with a text that is read, and one that shows that it can be changed. */
export function rowsForSample(actions: readonly NamedAction[], firstHint: string): readonly Row[] {
  // What tidies a text also shows something at times, such as its links: of a sample that would be nothing.
  const shows = actions.find(({ output, family }) => output === 'show' && family === null);
  const translates = actions.find(({ family }) => family?.of === 'translate');
  return [
    ...(shows === undefined ? [] : [{ ...actionRow(shows), hint: firstHint }]),
    ...(translates === undefined ? [] : [{ ...actionRow(translates), hint: '' }]),
  ];
}

/** The actions of a family by what is typed, the last used first. */
export function rowsForFamily(of: FamilyName, actions: readonly NamedAction[], query: string): readonly Row[] {
  const finds = (words: readonly string[]) => words.some((word) => word.toLowerCase().includes(query));
  return actions
    .filter(({ family, aliases }) => family?.of === of && finds([...family.aliases, ...aliases]))
    .sort((one, other) => other.usedAt - one.usedAt)
    .map((action) => ({
      ...actionRow(action),
      name: action.family?.name ?? action.name,
      fullName: action.name,
      hint: action.family?.hint ?? '',
    }));
}

function entriesOf(actions: readonly NamedAction[]): readonly Entry[] {
  const groups = new Map<string, NamedAction[]>();
  for (const action of actions) {
    const group = action.family === null ? `action ${action.actionId}` : `family ${action.family.of}`;
    groups.set(group, [...(groups.get(group) ?? []), action]);
  }
  return [...groups.values()].map(entryOf);
}

function entryOf(actions: readonly NamedAction[]): Entry {
  const usedAt = Math.max(...actions.map((action) => action.usedAt));
  return { actions, usedAt, output: actions[0]?.output ?? 'show' };
}

function rowOf({ actions, usedAt }: Entry): readonly Row[] {
  const [first] = actions;
  if (first === undefined) return [];
  const { family } = first;
  if (family === null || actions.length === 1) return [actionRow(first)];
  const last = usedAt === 0 ? '' : (actions.find((action) => action.usedAt === usedAt)?.family?.name ?? '');
  const icon = familyIcons[family.of];
  return [{ kind: 'family', id: `family-${family.of}`, of: family.of, icon, last }];
}
