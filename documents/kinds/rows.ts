/** A cell of a table that goes over several columns or rows leaves the others empty, so that columns stay below one another. */
export const betweenCells = ' | ';

/** A row of a table as a line: what ends a line in a cell becomes a slash. */
export function rowLine(cells: readonly string[]): string {
  return cells.map(cellLine).join(betweenCells).trimEnd();
}

const breaks = /[\n\r\t\f\v\u2028\u2029]/;

export function cellLine(text: string): string {
  const trimmed = text.trim();
  // Nearly no cell has any.
  if (!breaks.test(trimmed)) return trimmed;
  return trimmed.replaceAll(/\s*\n\s*/g, ' / ').replaceAll(/[\r\t\f\v\u2028\u2029]+/g, ' ');
}
