import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { surfaces } from '../../../main/windows/main-window.ts';

it('shows the colour of its page before its page is there, so that a dark window does not flash', () => {
  const tokens = readFileSync(new URL('../../../renderer/ui/tokens.css', import.meta.url), 'utf8');
  for (const theme of ['light', 'dark'] as const) {
    const block = tokens.slice(tokens.indexOf(`[data-theme="${theme}"] {`));
    expect(/--surface: (#\w+);/.exec(block)?.[1]).toBe(surfaces[theme]);
  }
});
