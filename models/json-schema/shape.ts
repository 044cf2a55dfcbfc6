/** Whole numbers between two bounds; null: none on that side. */
export interface IntegerShape {
  readonly is: 'integer';
  readonly least: number | null;
  readonly most: number | null;
}

/** Numbers between two bounds; an open bound is itself left out. */
export interface NumberShape {
  readonly is: 'number';
  readonly least: number | null;
  readonly most: number | null;
  readonly openLeast: boolean;
  readonly openMost: boolean;
}

/** Lengths in code points. */
export interface StringShape {
  readonly is: 'string';
  readonly shortest: number;
  readonly longest: number | null;
  /** A regular expression that is found in it. */
  readonly pattern: string | null;
  readonly format: string | null;
}

export interface ArrayShape {
  readonly is: 'array';
  /** What the first items are, one by one. */
  readonly first: readonly Shape[];
  /** What the items after those are; null: there are none. */
  readonly rest: Shape | null;
  readonly least: number;
  readonly most: number | null;
}

export interface Member {
  readonly name: string;
  readonly shape: Shape;
  readonly isRequired: boolean;
}

export interface ObjectShape {
  readonly is: 'object';
  readonly members: readonly Member[];
  /** What members of other names are, in an object that names none; null: there are none. */
  readonly others: Shape | null;
  /** Fewest and most members; null: no bound. */
  readonly least: number;
  readonly most: number | null;
}

/**
 * What a JSON value may be: the part of JSON Schema 2020-12 in which an answer can be written letter by letter. Every value of
 * a shape is one of its schema; a schema that comes to no shape is refused when it is read.
 */
export type Shape =
  | { readonly is: 'any' | 'boolean' | 'null' }
  /** Exactly these values, each as JSON. */
  | { readonly is: 'literal'; readonly json: readonly string[] }
  | IntegerShape
  | NumberShape
  | StringShape
  | ArrayShape
  | ObjectShape
  /** A value of one of several shapes; with `exactlyOne` of no two of them at once. */
  | { readonly is: 'one-of'; readonly shapes: readonly Shape[]; readonly exactlyOne: boolean }
  /** A value of a shape that the document has under a name. */
  | { readonly is: 'named'; readonly name: string };

export interface ShapeDocument {
  readonly root: Shape;
  readonly named: ReadonlyMap<string, Shape>;
}

/** Why a schema comes to no shape. `path` is a JSON pointer into it, `keyword` what stands there. */
export class SchemaRefusal extends Error {
  readonly path: string;
  readonly keyword: string;
  readonly reason: string;

  constructor(path: string, keyword: string, reason: string) {
    super(`${path || '/'}: ${keyword}: ${reason}`);
    this.path = path;
    this.keyword = keyword;
    this.reason = reason;
  }
}

/** A name as a part of a JSON pointer. */
export function inPointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
