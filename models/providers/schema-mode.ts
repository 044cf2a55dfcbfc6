import * as z from 'zod';
import data from './schema-modes.json' with { type: 'json' };
import type { SdkOptions, SdkProtocol } from './sdk-models.ts';

type Json = Readonly<Record<string, unknown>>;

const modeSchema = z.strictObject({
  /** Where it stands in a question of the protocol. */
  asks: z.string(),
  /** Types that the whole of an answer may have. */
  roots: z.array(z.enum(['object', 'array'])),
  /** Keywords of schemas that the protocol holds a model to; left out where it knows no such promise. */
  strict: z.array(z.string()).optional(),
  source: z.string(),
  on: z.iso.date(),
});
const modes: Readonly<Partial<Record<string, z.infer<typeof modeSchema>>>> = z
  .record(z.string(), modeSchema)
  .parse(data.modes);

/**
 * How a schema is asked for by a protocol's own mode; nothing where the protocol has none, or does not take this one: then the
 * words of the question say it alone.
 */
export function schemaModeOf(
  protocol: SdkProtocol,
  schema: Json | undefined,
): Pick<SdkOptions, 'responseFormat' | 'providerOptions'> {
  const mode = modes[protocol];
  const root = schema?.['type'];
  if (mode === undefined || schema === undefined || !mode.roots.some((one) => one === root)) return {};
  const asked = { responseFormat: { type: 'json' as const, schema, name: 'answer' } };
  const { strict } = mode;
  if (strict === undefined) return asked;
  return { ...asked, providerOptions: { openai: { strictJsonSchema: isStrict(schema, new Set(strict)) } } };
}

/** Whether a schema, with all in it, has these keywords alone, and objects whose members are all named and always there. */
function isStrict(schema: unknown, keywords: ReadonlySet<string>): boolean {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return false;
  const { properties, required, additionalProperties, items, anyOf, $defs } = schema as Json;
  if (Object.keys(schema).some((keyword) => !keywords.has(keyword))) return false;
  const members = Object.entries((properties ?? {}) as Json);
  const isObject = properties !== undefined || (schema as Json)['type'] === 'object';
  const isNamed = (name: string) => Array.isArray(required) && required.includes(name);
  if (isObject && (additionalProperties !== false || !members.every(([name]) => isNamed(name)))) return false;
  const inside = [...members.map(([, of]) => of), ...Object.values(($defs ?? {}) as Json), ...[anyOf ?? []].flat()];
  return [...inside, ...(items === undefined ? [] : [items])].every((one) => isStrict(one, keywords));
}
