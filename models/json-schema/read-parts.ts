import type { Schema, SchemaReader } from './read-schema.ts';
import {
  type ArrayShape,
  type IntegerShape,
  inPointer,
  type NumberShape,
  type ObjectShape,
  SchemaRefusal,
  type Shape,
  type StringShape,
} from './shape.ts';

/** Longest count that a schema may ask for, of letters or items: the engine keeps a rule for each. */
export const mostAsked = 400;

export function readString(schema: Schema, path: string): StringShape {
  const shortest = countOf(schema, 'minLength', path) ?? 0;
  const longest = countOf(schema, 'maxLength', path);
  requireOrder(shortest, longest, path, 'maxLength');
  if (shortest > mostAsked) throw new SchemaRefusal(path, 'minLength', `it is more than ${mostAsked}`);
  const { pattern = null, format = null } = schema;
  if (pattern !== null && typeof pattern !== 'string') throw new SchemaRefusal(path, 'pattern', 'it is no text');
  return { is: 'string', shortest, longest, pattern, format: typeof format === 'string' ? format : null };
}

export function readBounds(is: 'integer' | 'number', schema: Schema, path: string): IntegerShape | NumberShape {
  const multiple = schema['multipleOf'];
  if (multiple !== undefined && !(is === 'integer' && multiple === 1))
    throw new SchemaRefusal(path, 'multipleOf', 'no answer can be held to it');
  const [atLeast, above] = [boundOf(schema, 'minimum', path), boundOf(schema, 'exclusiveMinimum', path)];
  const [atMost, below] = [boundOf(schema, 'maximum', path), boundOf(schema, 'exclusiveMaximum', path)];
  if (is === 'integer') {
    const least = highest(atLeast === null ? null : Math.ceil(atLeast), above === null ? null : Math.floor(above) + 1);
    const most = lowest(atMost === null ? null : Math.floor(atMost), below === null ? null : Math.ceil(below) - 1);
    requireOrder(least, most, path, 'maximum');
    return { is, least, most };
  }
  const fine = [atLeast, above, atMost, below].find((bound) => bound !== null && isTooFine(bound));
  if (fine !== undefined) throw new SchemaRefusal(path, 'minimum', 'a bound has more than six digits behind its point');
  const [least, most] = [highest(atLeast, above), lowest(atMost, below)];
  const openLeast = above !== null && above === least;
  const openMost = below !== null && below === most;
  requireOrder(least, most, path, 'maximum');
  if (least !== null && least === most && (openLeast || openMost))
    throw new SchemaRefusal(path, 'maximum', 'nothing is between the bounds');
  return { is, least, most, openLeast, openMost };
}

export function readArray(reader: SchemaReader, schema: Schema, path: string, depth: number): ArrayShape {
  const { prefixItems = [], items = true, uniqueItems = false } = schema;
  if (uniqueItems !== false) throw new SchemaRefusal(path, 'uniqueItems', 'no answer can be held to it');
  if (!Array.isArray(prefixItems)) throw new SchemaRefusal(path, 'prefixItems', 'it is no list');
  const first = prefixItems.map((one, at) => reader.read(one, `${path}/prefixItems/${at}`, depth + 1));
  const rest = items === false ? null : reader.read(items, `${path}/items`, depth + 1);
  const least = countOf(schema, 'minItems', path) ?? 0;
  const said = countOf(schema, 'maxItems', path);
  const most = rest === null ? lowest(said, first.length) : said;
  requireOrder(least, most, path, 'maxItems');
  if (least > mostAsked) throw new SchemaRefusal(path, 'minItems', `it is more than ${mostAsked}`);
  return { is: 'array', first, rest, least, most };
}

export function readObject(reader: SchemaReader, schema: Schema, path: string, depth: number): ObjectShape {
  const { properties = {}, additionalProperties = true } = schema;
  const required = namesOf(schema, path);
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties))
    throw new SchemaRefusal(path, 'properties', 'it is no object');
  const named = Object.entries(properties).map(([name, one]) => {
    const shape = reader.read(one, `${path}/properties/${inPointer(name)}`, depth + 1);
    return { name, shape, isRequired: required.includes(name) };
  });
  const unnamed = required.filter((name) => !Object.hasOwn(properties, name));
  if (unnamed.length > 0 && additionalProperties === false)
    throw new SchemaRefusal(path, 'required', `${unnamed[0]} is allowed nowhere`);
  const inOthers = (name: string): { name: string; shape: Shape; isRequired: boolean } => ({
    ...{ name, isRequired: true },
    shape: reader.read(additionalProperties, `${path}/additionalProperties`, depth + 1),
  });
  const members = [...named, ...unnamed.map(inOthers)];
  // Where members are named an answer has those alone: one with others as well says the same.
  const isMap = members.length === 0 && additionalProperties !== false;
  const others = isMap ? reader.read(additionalProperties, `${path}/additionalProperties`, depth + 1) : null;
  const least = countOf(schema, 'minProperties', path) ?? 0;
  const most = countOf(schema, 'maxProperties', path);
  requireOrder(least, most, path, 'maxProperties');
  requireOrder(required.length, most, path, 'maxProperties');
  const alwaysThere = members.filter(({ isRequired }) => isRequired).length;
  const bounds = { least: isMap ? least : 0, most: isMap ? most : null };
  if (!isMap && (least > alwaysThere || (most !== null && most < members.length)))
    throw new SchemaRefusal(path, least > alwaysThere ? 'minProperties' : 'maxProperties', 'members are named');
  // Nothing keeps a name from being written twice, which is one member.
  if (bounds.least > 1) throw new SchemaRefusal(path, 'minProperties', 'no answer can be held to it');
  return { is: 'object', members, others, ...bounds };
}

function namesOf(schema: Schema, path: string): readonly string[] {
  const { required = [] } = schema;
  if (!Array.isArray(required) || required.some((name) => typeof name !== 'string'))
    throw new SchemaRefusal(path, 'required', 'it is no list of names');
  return [...new Set(required as string[])];
}

function countOf(schema: Schema, keyword: string, path: string): number | null {
  const count = schema[keyword];
  if (count === undefined) return null;
  if (!Number.isInteger(count) || (count as number) < 0) throw new SchemaRefusal(path, keyword, 'it is no count');
  return count as number;
}

function boundOf(schema: Schema, keyword: string, path: string): number | null {
  const bound = schema[keyword];
  if (bound === undefined) return null;
  if (typeof bound !== 'number' || !Number.isFinite(bound) || Math.abs(bound) > Number.MAX_SAFE_INTEGER)
    throw new SchemaRefusal(path, keyword, 'it is no number');
  return bound;
}

function isTooFine(bound: number): boolean {
  return !/^-?\d+(?:\.\d{1,6})?$/.test(String(bound));
}

function requireOrder(least: number | null, most: number | null, path: string, keyword: string): void {
  if (least !== null && most !== null && least > most) throw new SchemaRefusal(path, keyword, 'nothing fits it');
}

function highest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

function lowest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}
