/** The sizes that Ctrl and + or − go through, in per cent. */
const steps = [90, 100, 110, 125, 150, 175, 200] as const;

/** The sizes that have a name in the settings. */
export const namedSizes = { small: 90, normal: 100, large: 125, larger: 150 } as const;
export type NamedSize = keyof typeof namedSizes;

/** The next size up (1) or down (-1); at the end of them the same. */
export function stepSize(percent: number, by: 1 | -1): number {
  const further = by === 1 ? steps.find((step) => step > percent) : steps.findLast((step) => step < percent);
  return further ?? percent;
}

/** The name that a size is nearest to, from below. */
export function sizeName(percent: number): NamedSize {
  const names = Object.keys(namedSizes) as NamedSize[];
  return names.findLast((name) => namedSizes[name] <= percent) ?? 'small';
}
