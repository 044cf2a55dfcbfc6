import type { Shape, ShapeDocument } from './shape.ts';

/** Whether some value of a document has an end: shapes that always hold themselves have none. */
export function canEnd({ root, named }: ShapeDocument): boolean {
  const ends = new Set<string>();
  // What is found to end lets others be found: as many rounds as there are names are enough.
  for (let round = 0; round <= named.size; round += 1)
    for (const [name, shape] of named) if (shapeEnds(shape, ends)) ends.add(name);
  return shapeEnds(root, ends) && [...named.keys()].every((name) => ends.has(name));
}

function shapeEnds(shape: Shape, ends: ReadonlySet<string>): boolean {
  if (shape.is === 'named') return ends.has(shape.name);
  if (shape.is === 'one-of') return shape.shapes.some((one) => shapeEnds(one, ends));
  if (shape.is === 'object')
    return (
      shape.members.every(({ isRequired, shape: of }) => !isRequired || shapeEnds(of, ends)) &&
      (shape.least === 0 || shape.others === null || shapeEnds(shape.others, ends))
    );
  if (shape.is === 'array') {
    const firstEnd = shape.first.slice(0, shape.least).every((one) => shapeEnds(one, ends));
    return firstEnd && (shape.least <= shape.first.length || (shape.rest !== null && shapeEnds(shape.rest, ends)));
  }
  return true;
}
