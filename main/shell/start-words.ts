const places = ['overlay', 'chats', 'models', 'settings'] as const;
export type StartPlace = (typeof places)[number];

/**
 * What the command line of a start asks to be shown; null when it asks for nothing, as at the start of a session. Whatever else
 * stands there is not looked at: a command line can come from anyone who may start a program.
 */
export function startPlace(words: readonly string[]): StartPlace | null {
  return places.find((place) => words.includes(`--open=${place}`)) ?? null;
}
