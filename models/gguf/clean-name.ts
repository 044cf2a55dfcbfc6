const longest = 120;
/** Read at most, before anything is looked for: what a file gives as its name may have megabytes. */
const mostRead = 4096;

/**
 * What a file calls itself, fit to stand in a line: no controls, nothing that turns, hides or breaks what follows, one space
 * at a time, at most 120 characters. Null when nothing is left.
 */
export function cleanName(said: unknown): string | null {
  if (typeof said !== 'string') return null;
  const line = said
    .slice(0, mostRead)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\s]+/gu, ' ')
    // Marks stacked on one letter would write over the lines above.
    .replaceAll(/(\p{M}{3})\p{M}+/gu, '$1')
    .trim();
  const cut = line.length > longest ? `${line.slice(0, longest - 1).toWellFormed()}…` : line;
  return /[\p{L}\p{N}\p{S}]/u.test(cut) ? cut : null;
}

/** The name of a file as a model is called by it: without its folder, its ending and the number of its part. */
export function nameOfFile(path: string): string {
  const name = path.split(/[\\/]/).at(-1) ?? path;
  return cleanName(name.replace(/\.gguf$/i, '').replace(/-\d{5}-of-\d{5}$/, '')) ?? 'model';
}
