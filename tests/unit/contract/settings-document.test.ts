import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defaultSettings, readSettings, serverSettingSchema, settingsSchema } from '../../../contract/settings.ts';
import { checkout } from '../../support/beckon-app.ts';

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
}

/** What may stand as a value, in the words of the document. */
function valuesOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`"${value}"\``).join(', ');
  if (schema.anyOf !== undefined) return schema.anyOf.map(valuesOf).join(' or ');
  if (Array.isArray(schema.type)) return schema.type.map((type: string) => valuesOf({ ...schema, type })).join(' or ');
  switch (schema.type) {
    case 'integer':
      return `whole number, ${schema.minimum} to ${schema.maximum}`;
    case 'string':
      return schema.maxLength === undefined ? 'text' : `text, at most ${schema.maxLength} characters`;
    case 'array':
      return `list, at most ${schema.maxItems}`;
    case 'boolean':
      return '`true` or `false`';
    case 'null':
      return '`null`';
    default:
      return String(schema.type);
  }
}

const text = readFileSync(join(checkout, 'docs', 'settings.md'), 'utf8');

/** Rows of the table under a heading: what stands between the bars. */
function rowsUnder(heading: string): readonly (readonly string[])[] {
  const section = text.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

describe('the document of the settings file', () => {
  it('has each key with what may stand there and its default, as the schema has them: it stood in no document', () => {
    const { properties = {} } = z.toJSONSchema(settingsSchema) as { properties?: Record<string, JsonSchema> };
    const keys = Object.keys(settingsSchema.shape) as (keyof typeof defaultSettings)[];
    const expected = keys.map((key) => [
      `\`${key}\``,
      valuesOf(properties[key] ?? {}),
      `\`${JSON.stringify(defaultSettings[key])}\``,
    ]);
    expect(rowsUnder('Keys').map((row) => row.slice(0, 3))).toEqual(expected);
    for (const row of rowsUnder('Keys'))
      expect({ key: row[0], says: (row[3] ?? '').length > 10 }).toEqual({ key: row[0], says: true });
  });

  it('has each field of a server', () => {
    const { properties = {} } = z.toJSONSchema(serverSettingSchema) as { properties?: Record<string, JsonSchema> };
    const expected = Object.entries(properties).map(([field, schema]) => [`\`${field}\``, valuesOf(schema)]);
    expect(rowsUnder('A server').map((row) => row.slice(0, 2))).toEqual(expected);
  });

  it('shows a file that is read whole', () => {
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(text) ?? [];
    expect(readSettings(JSON.parse(example)).badKeys).toEqual([]);
  });
});
