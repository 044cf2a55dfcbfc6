import { createInstance, type i18n } from 'i18next';
import type { AppErrorShape } from '../contract/errors.ts';
import { formatBytes, formatDuration } from './format.ts';
import { type Language, resources } from './index.ts';
import { sayFileFault } from './say-file-fault.ts';
import { showHiddenInLine } from './show-hidden.ts';

/** Stands where a value is missing: errors of other versions may lack one, and nobody is shown the name of a variable. */
const untold = '…';

/** An i18next instance with Beckon's words, ready at once. Sizes format with `{{name, bytes}}`, milliseconds with `duration`. */
export function createTranslator(language: Language): i18n {
  const translator = createInstance({
    lng: language,
    fallbackLng: 'en',
    resources,
    ns: Object.keys(resources.en),
    defaultNS: 'common',
    initAsync: false,
    interpolation: { escapeValue: false },
    missingInterpolationHandler: () => untold,
    returnEmptyString: false,
  });
  void translator.init();
  const formatted = (format: (value: number) => string) => (value: unknown) =>
    Number.isFinite(Number(value ?? Number.NaN)) ? format(Number(value)) : untold;
  translator.services.formatter?.add('bytes', formatted(formatBytes));
  translator.services.formatter?.add(
    'duration',
    formatted((ms) => formatDuration(Math.ceil(ms / 1000), language)),
  );
  return translator;
}

/**
 * The person's sentence for an error, whether something of an answer is kept, and what a server says of it itself. Names
 * and words in it come from outside, and turn nothing around.
 */
export function sayError(translator: i18n, error: AppErrorShape): string {
  const [domain, name] = error.code.split('/');
  const values: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(error.values ?? {})) {
    if (key === 'kind') values[key] = translator.t(`fileKind.${value}`, { ns: 'errors' });
    else values[key] = typeof value === 'string' ? showHiddenInLine(value) : value;
  }
  const fault = sayFileFault((key, words) => translator.t(key, words), error.values ?? {});
  if (fault !== null) values['reason'] = fault;
  const sentence = translator.t(`${domain}.${name}`, { ns: 'errors', ...values });
  const { says, keepsText, namedField } = values;
  const kept = keepsText === undefined ? sentence : translator.t('run.kept', { ns: 'errors', sentence });
  const whole =
    namedField === undefined ? kept : translator.t('server.field', { ns: 'errors', sentence: kept, namedField });
  return says === undefined ? whole : translator.t('server.says', { ns: 'errors', sentence: whole, says });
}
