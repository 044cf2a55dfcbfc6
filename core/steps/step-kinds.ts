import * as z from 'zod';
import type { StepField, StepKind } from '../../contract/atom-edit.ts';
import { inBothLanguages, type Step, stepSchema } from '../../contract/atom-steps.ts';
import { portOf } from './plan-steps.ts';

/** Fields that every step has, or that no form shows: the file has them, and they stay. */
const withoutForm = new Set(['do', 'off', 'sampling', 'maxTokens', 'schema', 'hash']);

/** What steps take for a field that is left out, by its name. */
const usual: Readonly<Record<string, string>> = { order: 'up', as: 'marks' };

/**
 * Every kind of step as forms and menus show it, made from the schema of files and the ports of steps alone: a new kind needs
 * no form of its own.
 */
export function stepKinds(): readonly StepKind[] {
  return stepSchema.options.map(({ shape }) => {
    const name = shape.do.value;
    const { takes, makes } = portOf({ do: name } as Step);
    const hasEach = 'each' in shape;
    const each = hasEach ? portOf({ do: name, each: true } as Step) : null;
    return {
      do: name,
      takes: [...takes],
      makes,
      whenEach: each === null || each.makes === 'same' ? null : { takes: [...each.takes], makes: each.makes },
      usesModel: name === 'prompt' || name === 'translate',
      fields: Object.entries(shape).flatMap(([field, schema]) =>
        withoutForm.has(field) ? [] : [fieldOf(field, schema)],
      ),
    };
  });
}

function fieldOf(name: string, schema: z.ZodType): StepField {
  const optional = schema instanceof z.ZodOptional;
  const inner = optional ? (schema.unwrap() as z.ZodType) : schema;
  return { name, optional, usual: usualOf(name, inner), ...controlOf(name, inner) };
}

/** One name may be that of fields with other choices. */
function usualOf(name: string, schema: z.ZodType): string | null {
  const option = usual[name];
  return schema instanceof z.ZodEnum && option !== undefined && schema.options.includes(option) ? option : null;
}

function controlOf(name: string, schema: z.ZodType): Pick<StepField, 'kind' | 'options'> {
  if (schema === inBothLanguages) return { kind: 'both', options: [] };
  if (schema instanceof z.ZodEnum) return { kind: 'choice', options: schema.options.map(String) };
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodEnum)
    return { kind: 'choices', options: schema.element.options.map(String) };
  if (schema instanceof z.ZodArray) return { kind: 'form', options: [] };
  if (name === 'action') return { kind: 'action', options: [] };
  if (schema instanceof z.ZodBoolean) return { kind: 'switch', options: [] };
  if (schema instanceof z.ZodString) return { kind: name === 'pattern' ? 'pattern' : 'text', options: [] };
  throw new Error(`no control is known for the field ${name} of a step`);
}
