/** The name that was most likely meant, or null when none is near. */
export function nearest(word: string, names: readonly string[]): string | null {
  const typed = word.toLowerCase();
  const begun = typed.length > 1 ? names.filter((name) => name.startsWith(typed)) : [];
  if (begun.length === 1) return begun[0] ?? null;
  const [best] = names
    .map((name) => ({ name, distance: distanceOf(typed, name) }))
    .sort((one, other) => one.distance - other.distance);
  if (best === undefined) return null;
  // Half of a short word may be right by chance.
  return best.distance <= (best.name.length < 5 ? 1 : 2) ? best.name : null;
}

/** How many letters are wrong, missing, too many, or changed places (optimal string alignment). */
function distanceOf(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = (rows[i - 1]?.[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      const swapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const choices = [(rows[i - 1]?.[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, changed];
      if (i > 1 && j > 1 && swapped) choices.push((rows[i - 2]?.[j - 2] ?? 0) + 1);
      row.push(Math.min(...choices));
    }
    rows.push(row);
  }
  return rows[one.length]?.[other.length] ?? 0;
}
