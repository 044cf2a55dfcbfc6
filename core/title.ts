const titleLength = 60;

/** A title from a first question: its first line with words, cut at a word. */
export function titleOf(question: string): string {
  const line = question.split('\n').find((part) => part.trim() !== '') ?? question;
  const clean = line.replaceAll(/\s+/g, ' ').trim();
  const characters = [...clean];
  if (characters.length <= titleLength) return clean;
  const start = characters.slice(0, titleLength).join('');
  const space = start.lastIndexOf(' ');
  const cut = space > titleLength / 2 ? start.slice(0, space) : start;
  // A full stop before the sign that something follows would be a fourth dot.
  return `${cut.replace(/[\s.,;:!?…。，、；：！？·]+$/u, '') || cut}…`;
}
