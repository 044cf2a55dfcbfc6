import { showHiddenInLine } from './show-hidden.ts';

/** A translator that knows the words of `errors.json` and `editor.json`. */
type Say = (key: string, values: Readonly<Record<string, string | number>>) => string;

type Values = Readonly<Record<string, string | number>>;

/**
 * What is wrong in a file that a person may write by hand, as a phrase: the values of a `FileFault`, also as an error carries
 * them. Null where they are none, as of a version that did not tell it so. Names in the file are shown safe.
 */
export function sayFileFault(say: Say, given: Values): string | null {
  if (given['fault'] === undefined) return null;
  const values = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key, typeof value === 'string' ? showHiddenInLine(value) : value]),
  );
  const said = values['fault'] === 'takes' ? sayTakes(say, values) : sayPlain(say, values);
  return values['step'] === undefined ? said : say('errors:fileFault.inStep', { step: values['step'], said });
}

function sayPlain(say: Say, values: Values): string {
  const { fault, field, type, choices } = values;
  if (fault === 'json') return say('errors:fileFault.json', {});
  // Nothing has a name where a list or the whole file is something else.
  if (field === undefined) return say('errors:fileFault.otherHere', {});
  if (fault === 'type') return say('errors:fileFault.type', { field, type: say(`errors:fileFault.type_${type}`, {}) });
  const known = fault === 'choice' && choices === undefined ? 'other' : fault;
  return say(`errors:fileFault.${known}`, values);
}

function sayTakes(say: Say, { does, takes, got }: Values): string {
  const name = (type: unknown) => say(`editor:aType.${type}`, {});
  return say('errors:fileFault.takes', {
    name: say(`editor:step.${does}`, {}),
    takes: String(takes).split(' ').map(name).join(say('editor:or', {})),
    got: name(got),
  });
}
