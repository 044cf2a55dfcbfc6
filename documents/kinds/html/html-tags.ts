/** Elements that begin and end a block (the display of HTML's own style sheet, HTML 15.3). */
export const blockTags: ReadonlySet<string> = new Set(
  'address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
/** Elements that say nothing by themselves: programs, styles, controls, pictures that are drawn. */
export const skippedTags: ReadonlySet<string> = new Set(
  'script style noscript template svg canvas iframe object embed audio video select button textarea datalist'.split(
    ' ',
  ),
);
/** Elements that stand beside what a page is about. */
export const asideTags: ReadonlySet<string> = new Set(['nav', 'footer', 'aside']);

export function headingOf(name: string): number | null {
  return /^h[1-6]$/.test(name) ? Number(name[1]) : null;
}

export function isHiddenTag(attributes: Readonly<Record<string, string>>): boolean {
  if (Object.hasOwn(attributes, 'hidden') && attributes['hidden'] !== 'until-found') return true;
  return /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(attributes['style'] ?? '');
}
