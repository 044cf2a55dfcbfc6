/** What scrolls in a window cannot in a picture: a table or a formula that is too wide is drawn smaller. */
export function fitWide(page: Document): void {
  for (const wide of page.querySelectorAll<HTMLElement>('table, .formula, math')) {
    const room = wide.parentElement?.clientWidth ?? 0;
    const { width } = wide.getBoundingClientRect();
    if (room > 0 && width > room) wide.style.setProperty('zoom', String(room / width));
  }
}
