import { showHidden, showHiddenInLine } from '../../locales/show-hidden.ts';

const mostLines = 3;
const longestLine = 120;

/** The name of the action that tells, in one line. */
export function noticeTitle(name: string): string {
  return asText(showHiddenInLine(name)).slice(0, longestLine);
}

/** The first lines of what it tells. Those that are empty are left out: a notification has room for few. */
export function noticeBody(text: string): string {
  const lines = text
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const first = lines.slice(0, mostLines).map((line) => {
    const letters = [...line];
    return letters.length > longestLine ? `${letters.slice(0, longestLine).join('')}…` : line;
  });
  const body = first.join('\n');
  return asText(showHidden(lines.length > mostLines && !body.endsWith('…') ? `${body} …` : body));
}

/**
 * What some systems would read as markup (bold, links, pictures that are fetched) in signs that look like it: others show an
 * escape as it is written, and nobody can see from here which kind this one is.
 */
function asText(text: string): string {
  return text
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll(/&(?=#|\w+;)/g, '＆');
}
