import type { Look } from './pieces.ts';

/** What a terminal shows: nothing but text, bold and the like, or colours too. */
export type LookLevel = 'none' | 'attributes' | 'colours';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * `FORCE_COLOR` decides over everything, as in Node (`0` and `false`: nothing). `NO_COLOR` takes the colours and, as its page says, leaves bold
 * and underlines. Without a terminal, or on one that calls itself dumb, there is only text.
 */
export function lookLevel(isScreen: boolean, env: Env, platform: NodeJS.Platform = process.platform): LookLevel {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return ['0', 'false'].includes(forced) ? 'none' : 'colours';
  const { TERM: terminal = '', NO_COLOR: noColours = '' } = env;
  if (!isScreen || terminal === 'dumb' || (terminal === '' && platform !== 'win32')) return 'none';
  return noColours === '' ? 'colours' : 'attributes';
}

/** Select Graphic Rendition (ECMA-48, 8.3.117). */
const attributes: Partial<Record<Look, string>> = {
  strong: '1',
  dim: '2',
  emphasis: '3',
  underlined: '4',
  struck: '9',
};
const colours: Partial<Record<Look, string>> = { good: '32', doubtful: '33', bad: '31', code: '36', accent: '34' };

/** A text that holds no control characters, with its looks around it. */
export function withLooks(text: string, looks: readonly Look[], level: LookLevel): string {
  if (level === 'none' || text === '') return text;
  const codes = looks.flatMap((look) => attributes[look] ?? (level === 'colours' ? (colours[look] ?? []) : []));
  // Each line for itself: whatever cuts a text at its line ends takes the looks along.
  if (codes.length === 0) return text;
  return text.replaceAll(/[^\n]+/g, (line) => `\u001b[${codes.join(';')}m${line}\u001b[0m`);
}
