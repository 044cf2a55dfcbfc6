import type { Schema } from './read-schema.ts';
import { SchemaRefusal } from './shape.ts';

/** One schema that says what all of these say. Throws SchemaRefusal where two of them speak of the same otherwise. */
export function mergeSchemas(schemas: readonly unknown[], path: string): Schema {
  const merged: Record<string, unknown> = {};
  for (const schema of schemas) {
    if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
      throw new SchemaRefusal(path, 'allOf', 'a part of it is no schema');
    for (const [keyword, value] of Object.entries(schema)) {
      const before = merged[keyword];
      merged[keyword] = before === undefined ? value : both(keyword, before, value, path);
    }
  }
  return merged;
}

function both(keyword: string, one: unknown, other: unknown, path: string): unknown {
  if (JSON.stringify(one) === JSON.stringify(other)) return one;
  if (keyword === 'title' || keyword === 'description' || keyword === 'examples' || keyword === '$comment') return one;
  if (keyword === 'required' && Array.isArray(one) && Array.isArray(other)) return [...new Set([...one, ...other])];
  if (keyword === 'properties') return bothProperties(one as Schema, other as Schema, path);
  if (keyword === 'minimum' || keyword === 'minLength' || keyword === 'minItems')
    return Math.max(Number(one), Number(other));
  if (keyword === 'maximum' || keyword === 'maxLength' || keyword === 'maxItems')
    return Math.min(Number(one), Number(other));
  if (keyword === 'type') {
    const has = (types: unknown, type: unknown) => [types].flat().includes(type);
    const wholes = has(one, 'integer') || has(other, 'integer') ? ['integer'] : [];
    // Whole numbers are what both allow where one says numbers and the other whole ones.
    const allows = (types: unknown, type: unknown) => has(types, type) || (type === 'integer' && has(types, 'number'));
    const types = [...new Set([...[one].flat(), ...wholes])].filter((type) => allows(one, type) && allows(other, type));
    if (types.length > 0) return types.length === 1 ? types[0] : types;
  }
  if (keyword === 'enum' && Array.isArray(one) && Array.isArray(other)) {
    const values = one.filter((value) => other.some((also) => JSON.stringify(also) === JSON.stringify(value)));
    if (values.length > 0) return values;
  }
  throw new SchemaRefusal(path, keyword, 'two parts of it say this otherwise');
}

function bothProperties(one: Schema, other: Schema, path: string): Schema {
  const merged: Record<string, unknown> = { ...one };
  for (const [name, schema] of Object.entries(other)) {
    const before = Object.hasOwn(merged, name) ? merged[name] : undefined;
    merged[name] = before === undefined ? schema : mergeSchemas([before, schema], `${path}/properties/${name}`);
  }
  return merged;
}
