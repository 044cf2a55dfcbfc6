/** A server names thousands at most; more is not for a person to read. */
const mostNames = 1000;
const longestName = 300;

/**
 * The names of models in the answer to `/models`, in any form that servers give it: `{data: [{id}]}`, `{models: [{name}]}`
 * (Ollama), or a plain list of objects or names. Entries without a name are left out; null for what is no list.
 */
export function readModelList(answer: unknown): readonly string[] | null {
  const list = Array.isArray(answer) ? answer : (fieldOf(answer, 'data') ?? fieldOf(answer, 'models'));
  if (!Array.isArray(list)) return null;
  const names = list
    .slice(0, mostNames * 2)
    .map((entry: unknown) =>
      typeof entry === 'string' ? entry : (fieldOf(entry, 'id') ?? fieldOf(entry, 'name') ?? fieldOf(entry, 'model')),
    )
    .filter((name): name is string => typeof name === 'string' && name.trim() !== '' && name.length <= longestName);
  return [...new Set(names)].slice(0, mostNames);
}

function fieldOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key] ?? undefined;
}
