import * as z from 'zod';
import type { StepField, StepKind } from '../../contract/atom-edit.ts';
import { inBothLanguages, type Step, stepSchema } from '../../contract/atom-steps.ts';
import { portOf } from './plan-steps.ts';

/** Fields that every step has, or that no form shows: the file has them, and they stay. */
const withoutForm = new Set(['do', 'off', 'sampling', 'maxTokens', 'schema']);

/** What steps take for a field that is left out, by its name. */
const usual: Readonly<Record<string, string>> = { order: 'up' };

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
      usesModel: name === 'prompt',
      fields: Object.entries(shape).flatMap(([field, schema]) =>
        withoutForm.has(field) ? [] : [fieldOf(field, schema)],
      ),
    };
  });
}

function fieldOf(name: string, schema: z.ZodType): StepField {
  const optional = schema instanceof z.ZodOptional;
  const inner = optional ? (schema.unwrap() as z.ZodType) : schema;
  return { name, optional, usual: usual[name] ?? null, ...controlOf(name, inner) };
}

function controlOf(name: string, schema: z.ZodType): Pick<StepField, 'kind' | 'options'> {
  if (schema === inBothLanguages) return { kind: 'both', options: [] };
  if (schema instanceof z.ZodEnum) return { kind: 'choice', options: schema.options.map(String) };
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodEnum)
    return { kind: 'choices', options: schema.element.options.map(String) };
  if (schema instanceof z.ZodBoolean) return { kind: 'switch', options: [] };
  if (schema instanceof z.ZodString) return { kind: name === 'pattern' ? 'pattern' : 'text', options: [] };
  throw new Error(`no control is known for the field ${name} of a step`);
}
