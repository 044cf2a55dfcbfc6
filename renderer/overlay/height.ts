/** Steps in which the overlay grows while an answer is written, so that it does not twitch with every line. */
const stepPixels = 96;

/** Height to ask for, in CSS pixels: the content's own, in steps while it grows and never shrinking meanwhile. */
export function overlayHeight(content: number, growing: boolean, before: number, limit: number): number {
  if (!growing) return Math.min(Math.ceil(content), limit);
  const stepped = Math.ceil(content / stepPixels) * stepPixels;
  return Math.min(Math.max(stepped, before), limit);
}
