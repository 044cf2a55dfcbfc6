/** Tallest the box wants to be, in CSS pixels: that of its answer, and that of all else. */
export interface BoxHeights {
  readonly around: number;
  readonly answer: number;
}

/** What the box wants, whatever its window leaves it: what scrolls in it counts with all it holds. */
export function heightsIn(box: HTMLElement): BoxHeights {
  const parts = partsOf(box);
  const read = parts.find((part) => part.matches('.read'));
  const borders = box.offsetHeight - box.clientHeight;
  const around = parts.filter((part) => part !== read).reduce((sum, part) => sum + wantedHeight(part), borders);
  return { around, answer: read === undefined ? 0 : wantedHeight(read) };
}

/** What can change the height of the box from within: its parts, and the text that is read in one. */
export function heightSources(box: HTMLElement): readonly HTMLElement[] {
  const parts = partsOf(box);
  return [box, ...parts, ...parts.flatMap((part) => contentOf(part) ?? [])];
}

/** The input line, what stands in the middle, and the footer. */
function partsOf(box: HTMLElement): readonly HTMLElement[] {
  return elementsIn(box).flatMap((child) => (child.matches('.middle') ? elementsIn(child) : [child]));
}

function elementsIn(element: HTMLElement): readonly HTMLElement[] {
  return [...element.children].filter((child): child is HTMLElement => child instanceof HTMLElement);
}

function contentOf(part: HTMLElement): HTMLElement | null {
  return part.querySelector<HTMLElement>(':scope > .read-content');
}

function wantedHeight(part: HTMLElement): number {
  const style = getComputedStyle(part);
  // What lies over the box takes no room in it.
  if (style.position === 'absolute') return 0;
  const margins = pixels(style.marginTop) + pixels(style.marginBottom);
  const content = contentOf(part);
  if (content !== null) {
    const { paddingTop, paddingBottom, borderTopWidth, borderBottomWidth } = style;
    const edges = [paddingTop, paddingBottom, borderTopWidth, borderBottomWidth];
    return edges.reduce((sum, edge) => sum + pixels(edge), content.getBoundingClientRect().height + margins);
  }
  if (style.overflowY !== 'auto') return part.getBoundingClientRect().height + margins;
  const whole = part.scrollHeight + part.offsetHeight - part.clientHeight;
  return Math.min(whole, pixels(style.maxHeight) || whole) + margins;
}

/** Nothing for `auto` and `none`. */
function pixels(size: string): number {
  return Number.parseFloat(size) || 0;
}
