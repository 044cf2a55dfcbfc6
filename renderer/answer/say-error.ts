import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';

/** Gives the person's sentence for an error, in their language. */
export function useSayError(): (error: AppErrorShape) => string {
  const { t } = useTranslation('errors');
  return (error) => {
    const [domain, name] = error.code.split('/');
    return t(`${domain}.${name}`, { ...error.values });
  };
}
