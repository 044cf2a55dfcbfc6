import type { Page } from 'playwright-core';

/** What the Tab key did in a page. */
export interface Reach {
  /** Controls that it never came to. */
  readonly missed: readonly string[];
  /** Controls that looked the same with the keyboard as without. */
  readonly unmarked: readonly string[];
}

/** Goes through a page by Tab from its beginning until it comes round, and tells what it did not come to, or not visibly. */
export async function reachByTab(page: Page, within: string): Promise<Reach> {
  await page.evaluate(begin, within);
  const unmarked = new Set<string>();
  const wanted = await page.evaluate(() => document.querySelectorAll('[data-wanted]').length);
  if (wanted === 0) throw new Error(`nothing to come to in ${within}`);
  const most = wanted * 2 + 60;
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press('Tab');
    const { name, isMarked, isAll } = await page.evaluate(look);
    if (!isMarked) unmarked.add(name);
    if (isAll) break;
  }
  const missed = await page.evaluate(() =>
    [...document.querySelectorAll('[data-wanted]')].map((one) => one.outerHTML.slice(0, 120)),
  );
  await page.evaluate(() => {
    for (const one of document.querySelectorAll('[data-wanted]')) one.removeAttribute('data-wanted');
  });
  return { missed, unmarked: [...unmarked] };
}

/** Marks all that Tab has to come to: what is in sight, can be used, and is not one of a group that arrows go through. */
function begin(within: string): void {
  const isWanted = (one: HTMLElement) => {
    if (
      one.tabIndex < 0 ||
      one.matches(':disabled') ||
      one.closest('[inert], [hidden], details:not([open]) > :not(summary)')
    )
      return false;
    if (one instanceof HTMLInputElement && one.type === 'radio' && !one.checked) {
      const group = `input[name="${CSS.escape(one.name)}"]`;
      if (document.querySelector(`${group}:checked`) !== null || document.querySelector(group) !== one) return false;
    }
    const { width, height } = one.getBoundingClientRect();
    return width > 0 && height > 0 && getComputedStyle(one).visibility === 'visible';
  };
  const all = document.querySelectorAll<HTMLElement>(
    ['a[href]', 'button', 'input', 'select', 'textarea', 'summary', '[tabindex]']
      .map((one) => `${within} ${one}`)
      .join(','),
  );
  for (const one of all) if (isWanted(one)) one.dataset['wanted'] = '';
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/** What has the keyboard now, and whether it, or what it stands in, looks otherwise than without. */
function look(): { name: string; isMarked: boolean; isAll: boolean } {
  const one = document.activeElement;
  if (!(one instanceof HTMLElement) || one === document.body) return { name: '', isMarked: true, isAll: false };
  one.removeAttribute('data-wanted');
  const around = [one, one.nextElementSibling, one.parentElement, one.parentElement?.parentElement ?? null];
  const looks = () =>
    around
      .filter((each) => each !== null)
      .map((each) => {
        const { outline, boxShadow, borderColor, backgroundColor, caretColor } = getComputedStyle(each);
        const caret = each.matches('textarea, input:not([type=radio], [type=checkbox])') ? caretColor : '';
        return [outline, boxShadow, borderColor, backgroundColor, caret].join();
      })
      .join();
  const withKeyboard = looks();
  const isText = one.matches('textarea, input:not([type=radio], [type=checkbox])');
  one.blur();
  const without = looks();
  one.focus();
  const isAll = document.querySelector('[data-wanted]') === null;
  return { name: one.outerHTML.slice(0, 120), isMarked: isText || withKeyboard !== without, isAll };
}
