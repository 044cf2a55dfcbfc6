/** Where a title goes from what is open to the application's own name. */
const dash = /\s+[-–—]\s+/u;

/** A title of another window as a chip tells it: a file by its name without its folders, and the application not twice. */
export function shortTitle(title: string, application: string | null): string {
  const parts = title.split(dash);
  const last = parts.at(-1)?.trim().toLowerCase();
  if (parts.length > 1 && last !== undefined && last === application?.trim().toLowerCase()) parts.pop();
  const [first = '', ...rest] = parts;
  // A mark for what is not saved may stand before the path.
  const [, mark = '', path] = /^([*•●]?\s*)((?:~|[A-Za-z]:)?[/\\].+)$/u.exec(first) ?? [];
  const name = path === undefined ? first : mark + (path.split(/[/\\]/).findLast((part) => part !== '') ?? path);
  return [name, ...rest].join(' - ');
}
