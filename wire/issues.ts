/** What a schema found wrong with a message, in few words; nothing of the message itself but the names of its fields. */
export function describeIssues(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): string {
  const lines = issues.slice(0, 3).map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`);
  return lines.join('; ').slice(0, 300);
}
