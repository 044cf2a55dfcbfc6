import { sidesOf } from './delimiters.ts';

/**
 * A growing text with what is open in its last line closed, so that its marks do not come and go: bold, code and links. Marks
 * that stand in figures are none here either, and nothing is ever struck through before it is written so.
 */
export function closeHalf(text: string): string {
  const fences = text.match(/^[ \t>]*(?:`{3,}|~{3,})/gm)?.length ?? 0;
  if (fences % 2 === 1) return text;
  const start = text.lastIndexOf('\n') + 1;
  return text.slice(0, start) + closeLine(text.slice(start));
}

function closeLine(line: string): string {
  if (/\]\(https?:[^\s()]*$/i.test(line)) return `${line})`;
  const ticks = line.match(/`+/g) ?? [];
  if (ticks.length % 2 === 1) {
    if (ticks.at(-1) !== '`' || /^\s*`+$/.test(line)) return line;
    return line.endsWith('`') ? line.slice(0, -1) : `${line}\``;
  }
  return closeBold(line);
}

function closeBold(line: string): string {
  const withoutCode = line.replaceAll(/`[^`]*`/g, (code) => 'x'.repeat(code.length));
  let isOpen = false;
  for (const { index, 0: run } of withoutCode.matchAll(/\*{2,3}/g)) {
    const { open, close } = sidesOf(withoutCode, index, index + run.length);
    if (isOpen ? close : open) isOpen = !isOpen;
  }
  if (isOpen) return `${line.replace(/\*$/, '').trimEnd()}**`;
  // One that begins just now.
  return /(?:^|[^\p{L}\p{N}*\\])\*\*$/u.test(line) ? line.slice(0, -2) : line;
}
