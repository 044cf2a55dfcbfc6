import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './places.mjs';

/** An error's sentence in the terminal's language, from the same files as everywhere else. */
export function sentence(code, values = {}) {
  const chinese = /^zh/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '');
  const [domain, name] = code.split('/');
  const errors = JSON.parse(readFileSync(join(root, 'locales', chinese ? 'zh-CN' : 'en', 'errors.json'), 'utf8'));
  return errors[domain][name].replaceAll(/\{\{(\w+)\}\}/g, (_whole, key) => String(values[key] ?? ''));
}
