import type { ReactNode } from 'react';

export interface UsageColumn {
  readonly name: string;
  /** Words stand to the left, amounts to the right; counts keep to one line besides. */
  readonly holds: 'words' | 'amount' | 'count';
}

export interface UsageRow {
  readonly key: string;
  /** One for each column; the first names the row. */
  readonly cells: readonly ReactNode[];
}

export interface UsageTableProps {
  /** Read out, and not shown. */
  readonly caption: string;
  readonly columns: readonly UsageColumn[];
  readonly rows: readonly UsageRow[];
}

const classNames = { words: undefined, amount: 'number', count: 'number count' } as const;

/** A table whose rows are named by their first cell. */
export function UsageTable({ caption, columns, rows }: UsageTableProps): ReactNode {
  return (
    <table className="usage-table">
      <caption className="hidden-text">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ name, holds }) => (
            <th key={name} scope="col" className={holds === 'words' ? undefined : 'number'}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells: [name, ...others] }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            {columns.slice(1).map((column, at) => (
              <td key={column.name} className={classNames[column.holds]}>
                {others[at]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
