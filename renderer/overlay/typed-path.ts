/** What is typed where it begins like a whole path on this machine, and is one line; null for anything else. */
export function typedPath(text: string): string | null {
  const typed = text.trim();
  const isPath = /^(?:~[\\/]|\/[^/\s]|[A-Za-z]:[\\/]|\\\\[^\\])/.test(typed) && !typed.includes('\n');
  return isPath && typed.length <= 4096 ? typed : null;
}
