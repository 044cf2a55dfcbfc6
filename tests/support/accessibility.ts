import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { checkout } from './beckon-app.ts';

const axeSource = readFileSync(join(checkout, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** Runs axe over what a page shows now; one line for each thing it finds. */
export async function findViolations(page: Page): Promise<readonly string[]> {
  // The debugger's evaluate is not bound by the page's policy, which would refuse a script tag.
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<AxeResult> } }).axe.run(),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
