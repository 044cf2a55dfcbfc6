import { RE2JS } from 're2js';
import {
  type ArrayShape,
  inPointer,
  type ObjectShape,
  type Shape,
  type ShapeDocument,
  type StringShape,
} from './shape.ts';

type Named = ShapeDocument['named'];

/**
 * Where a value does not fit a document of shapes, as a JSON pointer; null when it fits. Patterns are looked for by RE2, whose time
 * is bounded by the length of the text.
 */
export function whereUnfit(value: unknown, { root, named }: ShapeDocument): string | null {
  return unfit(value, root, named, '');
}

function unfit(value: unknown, shape: Shape, named: Named, at: string): string | null {
  switch (shape.is) {
    case 'any':
      return null;
    case 'null':
      return value === null ? null : at || '/';
    case 'boolean':
      return typeof value === 'boolean' ? null : at || '/';
    case 'literal':
      return shape.json.includes(JSON.stringify(value)) ? null : at || '/';
    case 'integer':
      return Number.isInteger(value) && isBetween(value as number, shape) ? null : at || '/';
    case 'number':
      return isNumber(value) && isBetween(value, shape) && !isOpen(value, shape) ? null : at || '/';
    case 'string':
      return typeof value === 'string' && fitsString(value, shape) ? null : at || '/';
    case 'named':
      return unfit(value, named.get(shape.name) ?? { is: 'any' }, named, at);
    case 'one-of': {
      const fitting = shape.shapes.filter((one) => unfit(value, one, named, at) === null).length;
      return fitting > 0 && (!shape.exactlyOne || fitting === 1) ? null : at || '/';
    }
    case 'array':
      return Array.isArray(value) ? unfitItem(value, shape, named, at) : at || '/';
    case 'object':
      return isObject(value) ? unfitMember(value, shape, named, at) : at || '/';
  }
}

function unfitItem(items: readonly unknown[], shape: ArrayShape, named: Named, at: string): string | null {
  if (items.length < shape.least || (shape.most !== null && items.length > shape.most)) return at || '/';
  for (const [index, item] of items.entries()) {
    const of = shape.first[index] ?? shape.rest;
    const found = of === null ? `${at}/${index}` : unfit(item, of, named, `${at}/${index}`);
    if (found !== null) return found;
  }
  return null;
}

function unfitMember(
  value: Readonly<Record<string, unknown>>,
  shape: ObjectShape,
  named: Named,
  at: string,
): string | null {
  const names = Object.keys(value);
  if (names.length < shape.least || (shape.most !== null && names.length > shape.most)) return at || '/';
  const missing = shape.members.find(({ name, isRequired }) => isRequired && !Object.hasOwn(value, name));
  if (missing !== undefined) return `${at}/${inPointer(missing.name)}`;
  for (const name of names) {
    const of = shape.members.find((member) => member.name === name)?.shape ?? shape.others;
    const found = of === null ? `${at}/${inPointer(name)}` : unfit(value[name], of, named, `${at}/${inPointer(name)}`);
    if (found !== null) return found;
  }
  return null;
}

function fitsString(text: string, { shortest, longest, pattern }: StringShape): boolean {
  const length = [...text].length;
  if (length < shortest || (longest !== null && length > longest)) return false;
  return pattern === null || RE2JS.compile(pattern).matcher(text).find();
}

function isBetween(
  value: number,
  { least, most }: { readonly least: number | null; readonly most: number | null },
): boolean {
  return (least === null || value >= least) && (most === null || value <= most);
}

function isOpen(value: number, shape: Extract<Shape, { readonly is: 'number' }>): boolean {
  return (shape.openLeast && value === shape.least) || (shape.openMost && value === shape.most);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
