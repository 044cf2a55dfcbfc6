import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import { sayError } from '../../locales/translator.ts';

/** Gives the person's sentence for an error, in their language. */
export function useSayError(): (error: AppErrorShape) => string {
  const { i18n } = useTranslation('errors');
  return (error) => sayError(i18n, error);
}
