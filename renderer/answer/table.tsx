import type { ReactNode } from 'react';
import type { TableBlock } from '../../text/markdown/tree.ts';
import { Line } from './line.tsx';
import { directionOf } from './list.tsx';

/** A table, which scrolls where it is wider than the page. */
export function Table({ table }: { readonly table: TableBlock }): ReactNode {
  const [head = [], ...rows] = table.rows;
  const cells = (row: typeof head, Cell: 'th' | 'td') =>
    row.map((cell, column) => {
      const align = table.align[column];
      return (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is its number
        <Cell key={column} style={align ? { textAlign: align } : undefined}>
          <Line of={cell} />
        </Cell>
      );
    });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="table-scroll" tabIndex={0} dir={directionOf(table)}>
      <table>
        <thead>
          <tr>{cells(head, 'th')}</tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows only ever grow at the end
            <tr key={index}>{cells(row, 'td')}</tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
