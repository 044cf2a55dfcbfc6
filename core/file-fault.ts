import type * as z from 'zod';
import type { FileFault } from '../contract/file-fault.ts';

/** More than that is no list that one reads in a sentence. */
const mostChoices = 12;

const types: Readonly<Record<string, string>> = {
  ...{
    string: 'text',
    number: 'number',
    int: 'number',
    boolean: 'yesOrNo',
    array: 'list',
    object: 'group',
    record: 'group',
  },
};

type Issue = z.core.$ZodIssue;

/** What a schema found wrong in what a file says, in terms that can be said in any language. `document`: all of the file. */
export function fileFaultOf(issue: Issue, document: unknown): FileFault {
  const place = placeOf(issue.path.map(String));
  if (issue.path.length > 0 && valueAt(document, issue.path) === undefined) return { fault: 'missing', ...place };
  switch (issue.code) {
    case 'invalid_type': {
      const type = types[issue.expected];
      return type === undefined ? { fault: 'other', ...place } : { fault: 'type', ...place, type };
    }
    case 'invalid_value':
      return { fault: 'choice', ...place, ...choicesOf(issue.values) };
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? { fault: 'choice', ...place, ...choicesOf(issue.options) }
        : { fault: 'other', ...place };
    case 'unrecognized_keys':
      return { fault: 'unknown', ...place, field: issue.keys.join(', ') };
    case 'too_small':
      return { fault: 'short', ...place };
    case 'too_big':
      return { fault: 'long', ...place };
    case 'invalid_format':
      return { fault: place.field === 'id' ? 'id' : 'other', ...place };
    default:
      return { fault: 'other', ...place };
  }
}

function choicesOf(values: readonly unknown[]): { readonly choices: string } {
  const shown = values.slice(0, mostChoices).map(String).join(', ');
  return { choices: values.length > mostChoices ? `${shown}, …` : shown };
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  let value = document;
  for (const name of path) value = (value as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[name];
  return value;
}

/** The step that a path leads into, and the last name in it: numbers alone tell a reader nothing. */
export function placeOf(path: readonly string[]): Pick<FileFault, 'step' | 'field'> {
  const isNumber = (name: string | undefined) => name !== undefined && /^\d+$/.test(name);
  const field = path.findLast((name) => !isNumber(name));
  const isStep = path[0] === 'steps' && isNumber(path[1]);
  return {
    ...(isStep ? { step: Number(path[1]) + 1 } : {}),
    ...(field === undefined || (isStep && path.length === 2) ? {} : { field }),
  };
}
