/** Longest value that stands on one line. */
const lineLength = 110;

/** JSON as a person would write it: what is short stands on one line, the rest on lines of its own. Ends with a line end. */
export function writeJson(value: unknown): string {
  return `${write(value, '', 0)}\n`;
}

function write(value: unknown, indent: string, taken: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const isList = Array.isArray(value);
  const members = isList
    ? value.map((item) => ['', item] as const)
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [`${JSON.stringify(key)}: `, item] as const);
  if (members.length === 0) return isList ? '[]' : '{}';
  const [open, close] = isList ? ['[', ']'] : ['{ ', ' }'];
  // The file itself has a line for each of its fields.
  if (indent !== '') {
    const line = `${open}${members.map(([key, item]) => `${key}${write(item, `${indent} `, 0)}`).join(', ')}${close}`;
    if (!line.includes('\n') && indent.length + taken + line.length <= lineLength) return line;
  }
  const inner = `${indent}  `;
  const lines = members.map(([key, item]) => `${inner}${key}${write(item, inner, key.length)}`);
  return `${open.trim()}\n${lines.join(',\n')}\n${indent}${close.trim()}`;
}
