import { canEnd } from './can-end.ts';
import { mergeSchemas } from './merge-schemas.ts';
import { checkPattern } from './pattern-grammar.ts';
import { readArray, readBounds, readObject, readString } from './read-parts.ts';
import { SchemaRefusal, type Shape, type ShapeDocument } from './shape.ts';

/** A schema as JSON has it. */
export type Schema = Readonly<Record<string, unknown>>;

/** Keywords that say nothing of what a value may be. */
const notes = new Set([
  ...['title', 'description', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly'],
  ...['$schema', '$id', '$comment', '$anchor', '$defs', 'definitions'],
  ...['contentEncoding', 'contentMediaType', 'contentSchema', 'format'],
]);
const perType = {
  string: new Set(['minLength', 'maxLength', 'pattern']),
  number: new Set(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']),
  array: new Set(['items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems']),
  object: new Set(['properties', 'required', 'additionalProperties', 'minProperties', 'maxProperties']),
} as const;
const typeNames = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'] as const;
type TypeName = (typeof typeNames)[number];
const combiners = ['$ref', 'allOf', 'anyOf', 'oneOf'] as const;
const known = new Set<string>([
  'type',
  'enum',
  'const',
  ...combiners,
  ...notes,
  ...Object.values(perType).flatMap((of) => [...of]),
]);

/** Most schemas in one, and how deep they may stand in each other: each costs the engine time with every letter. */
const mostSchemas = 400;
const deepest = 24;

/** Reads a JSON Schema (2020-12) as a shape. Throws SchemaRefusal with the keyword that no answer can be held to. */
export function readSchema(schema: unknown): ShapeDocument {
  const reading = new Reading(schema);
  const root = reading.read(schema, '', 0);
  const document = { root, named: reading.named };
  if (!canEnd(document)) throw new SchemaRefusal('', '$ref', 'no value of it ever ends');
  return document;
}

/** Why no answer can be held to a schema; null where one can. */
export function whyNoSchema(schema: unknown): SchemaRefusal | null {
  try {
    readSchema(schema);
    return null;
  } catch (error) {
    if (error instanceof SchemaRefusal) return error;
    throw error;
  }
}

/** What readers of parts ask of the whole. */
export interface SchemaReader {
  read(schema: unknown, path: string, depth: number): Shape;
}

class Reading implements SchemaReader {
  readonly named = new Map<string, Shape>();
  readonly #root: unknown;
  #count = 0;

  constructor(root: unknown) {
    this.#root = root;
  }

  read(schema: unknown, path: string, depth: number): Shape {
    this.#count += 1;
    if (this.#count > mostSchemas || depth > deepest) throw new SchemaRefusal(path, 'schema', 'it is too large');
    if (schema === true) return { is: 'any' };
    if (schema === false) throw new SchemaRefusal(path, 'false', 'nothing fits it');
    if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
      throw new SchemaRefusal(path, 'schema', 'it is none');
    const given = schema as Schema;
    const unknown = Object.keys(given).find((keyword) => !known.has(keyword));
    if (unknown !== undefined) throw new SchemaRefusal(path, unknown, 'no answer can be held to it');
    return this.#readKnown(given, path, depth);
  }

  #readKnown(schema: Schema, path: string, depth: number): Shape {
    const { $ref, allOf, anyOf, oneOf, ...own } = schema;
    if ($ref !== undefined) return this.#readRef($ref, own, path, depth);
    if (allOf !== undefined) {
      const all = [own, ...listOf(allOf, path, 'allOf').map((one) => this.#opened(one, path))];
      const options = { ...(anyOf === undefined ? {} : { anyOf }), ...(oneOf === undefined ? {} : { oneOf }) };
      const merged = { ...mergeSchemas(all, path), ...options };
      return this.read(merged, path, depth + 1);
    }
    if (anyOf !== undefined && oneOf !== undefined) throw new SchemaRefusal(path, 'oneOf', 'it stands beside anyOf');
    const [keyword, options] = anyOf === undefined ? (['oneOf', oneOf] as const) : (['anyOf', anyOf] as const);
    if (options !== undefined) {
      const plain = Object.keys(own).every((name) => notes.has(name));
      const shapes = listOf(options, path, keyword).map((one, at) => {
        const merged = plain ? one : mergeSchemas([own, this.#opened(one, path)], path);
        return this.read(merged, `${path}/${keyword}/${at}`, depth + 1);
      });
      return { is: 'one-of', shapes, exactlyOne: keyword === 'oneOf' };
    }
    if ('const' in own) return literals([own['const']], own, path);
    if ('enum' in own) return literals(listOf(own['enum'], path, 'enum'), own, path);
    return this.#readTypes(own, path, depth);
  }

  #readTypes(schema: Schema, path: string, depth: number): Shape {
    const types = typesOf(schema, path);
    if (types === null) return { is: 'any' };
    const shapes = types.map((type) => this.#readType(type, schema, path, depth));
    const [only] = shapes;
    return shapes.length === 1 && only !== undefined ? only : { is: 'one-of', shapes, exactlyOne: false };
  }

  #readType(type: TypeName, schema: Schema, path: string, depth: number): Shape {
    if (type === 'boolean' || type === 'null') return { is: type };
    if (type === 'integer' || type === 'number') return readBounds(type, schema, path);
    if (type === 'array') return readArray(this, schema, path, depth);
    if (type === 'object') return readObject(this, schema, path, depth);
    const shape = readString(schema, path);
    if (shape.pattern !== null) checkPattern(shape.pattern, path);
    return shape;
  }

  /** A schema that others point to is read once, by its name: it may point to itself. */
  #readRef(ref: unknown, beside: Schema, path: string, depth: number): Shape {
    const name = this.#nameOf(ref, path);
    const strict = Object.keys(beside).filter((keyword) => !notes.has(keyword));
    if (strict.length > 0) throw new SchemaRefusal(path, strict[0] ?? '', 'it stands beside $ref');
    if (!this.named.has(name)) {
      this.named.set(name, { is: 'any' });
      this.named.set(name, this.read(find(this.#root, name, path), name, depth + 1));
    }
    return { is: 'named', name };
  }

  /** What a part of `allOf` says itself, or what it points to. */
  #opened(schema: unknown, path: string): unknown {
    const { $ref, ...beside } = (schema ?? {}) as Schema;
    if ($ref === undefined) return schema;
    return mergeSchemas([beside, find(this.#root, this.#nameOf($ref, path), path)], path);
  }

  #nameOf(ref: unknown, path: string): string {
    if (typeof ref !== 'string' || !ref.startsWith('#')) throw new SchemaRefusal(path, '$ref', 'it points outside');
    return ref.slice(1);
  }
}

/** The part of a schema that a JSON pointer names. */
function find(root: unknown, pointer: string, path: string): unknown {
  let found = root;
  for (const part of pointer.split('/').slice(1)) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key))
      throw new SchemaRefusal(path, '$ref', 'nothing is there');
    found = (found as Schema)[key];
  }
  if (pointer !== '' && !pointer.startsWith('/')) throw new SchemaRefusal(path, '$ref', 'nothing is there');
  return found;
}

export function listOf(value: unknown, path: string, keyword: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length === 0) throw new SchemaRefusal(path, keyword, 'it is no list');
  return value;
}

/** The types that a schema names, or that its keywords speak of; null where it may be of every type. */
function typesOf(schema: Schema, path: string): readonly TypeName[] | null {
  const said = schema['type'];
  if (said === undefined) {
    const spoken = (Object.keys(perType) as (keyof typeof perType)[]).filter((type) =>
      Object.keys(schema).some((keyword) => perType[type].has(keyword)),
    );
    return spoken.length === 0 ? null : spoken;
  }
  const types = Array.isArray(said) ? said : [said];
  const wrong = types.find((type) => !typeNames.includes(type as TypeName));
  if (wrong !== undefined || types.length === 0) throw new SchemaRefusal(path, 'type', 'it is no type');
  return types as readonly TypeName[];
}

/** Values that are named one by one, without those that the rest of the schema does not allow. */
function literals(values: readonly unknown[], schema: Schema, path: string): Shape {
  const types = schema['type'] === undefined ? null : typesOf(schema, path);
  const strict = Object.keys(schema).find((name) => !['type', 'enum', 'const'].includes(name) && !notes.has(name));
  if (strict !== undefined) throw new SchemaRefusal(path, strict, 'it stands beside values that are named');
  const allowed =
    'enum' in schema && 'const' in schema ? keepEqual(values, listOf(schema['enum'], path, 'enum')) : values;
  const json = allowed
    .filter((value) => types === null || types.some((type) => isOf(type, value)))
    .map((value) => JSON.stringify(value));
  if (json.length === 0) throw new SchemaRefusal(path, 'enum', 'none of its values fits its type');
  return { is: 'literal', json: [...new Set(json)] };
}

function keepEqual(values: readonly unknown[], among: readonly unknown[]): readonly unknown[] {
  const texts = new Set(among.map((value) => JSON.stringify(value)));
  return values.filter((value) => texts.has(JSON.stringify(value)));
}

function isOf(type: TypeName, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return type === (Array.isArray(value) || value === null ? '' : typeof value);
}
