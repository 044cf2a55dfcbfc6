import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Block as BlockOfText, ListBlock, ListItem } from '../../text/markdown/tree.ts';
import { Line } from './line.tsx';

export interface ListProps {
  readonly list: ListBlock;
  /** Draws what an item holds besides its own line. */
  readonly draw: (block: BlockOfText, index: number) => ReactNode;
}

/** A list, each of its items under the number that is written before it. */
export function List({ list, draw }: ListProps): ReactNode {
  const items = list.items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: items only ever grow at the end
    <Item key={index} item={item} loose={list.loose} draw={draw} />
  ));
  if (!list.ordered) {
    const allTasks = list.items.every(({ done }) => done !== null);
    return (
      <ul className={allTasks ? 'all-tasks' : undefined} dir={directionOf(list)}>
        {items}
      </ul>
    );
  }
  const numbers = list.items.map(numberOf);
  const hasBrackets = list.items[0]?.number?.endsWith(')') === true;
  return (
    <ol
      start={numbers[0]}
      className={hasBrackets ? 'brackets' : undefined}
      style={roomForNumbers(Math.max(...numbers), list.rightToLeft)}
      dir={directionOf(list)}
    >
      {items}
    </ol>
  );
}

interface ItemProps extends Pick<ListProps, 'draw'> {
  readonly item: ListItem;
  readonly loose: boolean;
}

/** In a tight list, an item holds its text without a paragraph around it. */
function Item({ item, loose, draw }: ItemProps): ReactNode {
  return (
    <li
      value={item.number === null ? undefined : numberOf(item)}
      className={item.done === null ? undefined : 'task'}
      dir={directionOf(item)}
    >
      {item.done === null ? null : <TaskMark done={item.done} />}
      {item.blocks.map((block, index) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks only ever grow at the end
        block.kind === 'paragraph' && !loose ? <Line key={index} of={block.children} /> : draw(block, index),
      )}
    </li>
  );
}

/** Left to right is the page's own. */
export function directionOf({ rightToLeft }: { readonly rightToLeft: boolean }): 'rtl' | undefined {
  return rightToLeft ? 'rtl' : undefined;
}

function numberOf({ number }: ListItem): number {
  return Number.parseInt(number ?? '1', 10);
}

/** Numbers of more than two digits stand in front of the list's own room. */
function roomForNumbers(last: number, rightToLeft: boolean): CSSProperties | undefined {
  const digits = String(last).length;
  const room = `${digits + 2}ch`;
  return digits > 2 ? { [rightToLeft ? 'paddingRight' : 'paddingLeft']: room } : undefined;
}

function TaskMark({ done }: { readonly done: boolean }): ReactNode {
  const { t } = useTranslation('common');
  return <input type="checkbox" checked={done} aria-label={t(done ? 'task.done' : 'task.open')} readOnly disabled />;
}
