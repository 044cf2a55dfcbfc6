import { createInstance, type i18n } from 'i18next';
import type { AppErrorShape } from '../contract/errors.ts';
import { formatBytes } from './format.ts';
import { type Language, resources } from './index.ts';
import { showHiddenInLine } from './show-hidden.ts';

/** An i18next instance with Beckon's words, ready at once. Sizes format with `{{name, bytes}}`. */
export function createTranslator(language: Language): i18n {
  const translator = createInstance({
    lng: language,
    fallbackLng: 'en',
    resources,
    ns: Object.keys(resources.en),
    defaultNS: 'common',
    initAsync: false,
    interpolation: { escapeValue: false },
    returnEmptyString: false,
  });
  void translator.init();
  translator.services.formatter?.add('bytes', (value) => formatBytes(Number(value)));
  return translator;
}

/**
 * The person's sentence for an error, and what a server says of it itself. Names and words in it come from outside, and
 * turn nothing around.
 */
export function sayError(translator: i18n, error: AppErrorShape): string {
  const [domain, name] = error.code.split('/');
  const values: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(error.values ?? {})) {
    if (key === 'kind') values[key] = translator.t(`fileKind.${value}`, { ns: 'errors' });
    else values[key] = typeof value === 'string' ? showHiddenInLine(value) : value;
  }
  const sentence = translator.t(`${domain}.${name}`, { ns: 'errors', ...values });
  const { says } = values;
  return says === undefined ? sentence : translator.t('server.says', { ns: 'errors', sentence, says });
}
