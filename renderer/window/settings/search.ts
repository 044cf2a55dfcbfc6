/** The words of a setting that a search looks at: its name, what is said of it, its options, and what else it is called. */
export interface SettingWords {
  readonly name: string;
  readonly words: readonly string[];
}

/** Whether every word that was typed stands somewhere in those of a setting, in whichever language. */
export function isFound({ words }: SettingWords, query: string): boolean {
  const wanted = query.trim().toLowerCase().split(/\s+/u);
  const all = words.join('\n').toLowerCase();
  return wanted.every((word) => all.includes(word));
}

/** What of the other names of a setting was typed, to be shown why it was found; null when its own words say it. */
export function alsoCalled(shown: readonly string[], also: string, query: string): string | null {
  const typed = query.trim().toLowerCase();
  if (typed === '' || shown.some((words) => words.toLowerCase().includes(typed))) return null;
  return also.toLowerCase().includes(typed) ? also : null;
}
