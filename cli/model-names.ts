import type { ModelRow } from '../contract/model.ts';

/** What of a model's row it is told and found by. */
export type Named = Pick<ModelRow, 'id' | 'name' | 'shortName'> & {
  readonly host?: string;
  readonly fileName?: string;
};

/** How each model is told to a person, by its id: its name, and where several have one, what tells them apart. */
export function labelsOf(rows: readonly Named[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const { name } of rows) counts.set(name, (counts.get(name) ?? 0) + 1);
  const labels = rows.map((row) => {
    const { id, name, host, fileName } = row;
    return [id, (counts.get(name) ?? 0) > 1 ? `${name} (${host ?? fileName ?? id})` : name] as const;
  });
  const seen = new Set<string>();
  return new Map(
    labels.map(([id, label]) => {
      const isNew = !seen.has(label);
      seen.add(label);
      // Two addresses of one host have the very same.
      return [id, isNew ? label : `${label} ${id}`];
    }),
  );
}

/** Which models a person means by what they typed: an id, a name as it is printed, or a part of names. */
export function modelsMeant<Row extends Named>(rows: readonly Row[], typed: string): readonly Row[] {
  const byId = rows.filter(({ id }) => id === typed).slice(0, 1);
  if (byId.length > 0) return byId;
  const labels = labelsOf(rows);
  const wanted = folded(typed);
  if (wanted === '') return [];
  const namesOf = (row: Row) =>
    [labels.get(row.id) ?? row.name, row.name, row.shortName, row.fileName ?? ''].map(folded);
  // What is printed is one model's alone; a plain name may be several models'.
  const printed = rows.filter((row) => folded(labels.get(row.id) ?? row.name) === wanted);
  if (printed.length > 0) return printed;
  const same = rows.filter((row) => namesOf(row).includes(wanted));
  if (same.length > 0) return same;
  return rows.filter((row) => namesOf(row).some((name) => name.includes(wanted)));
}

function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
}
