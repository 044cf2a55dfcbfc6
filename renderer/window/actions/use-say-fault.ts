import { useTranslation } from 'react-i18next';
import { sayFileFault } from '../../../locales/say-file-fault.ts';

type Values = Readonly<Record<string, string | number>>;

/** Gives what is wrong in a file as a phrase; in English where nobody has words for it. */
export function useSayFault(): (cause: Values, reason: string) => string {
  const { t } = useTranslation(['editor', 'errors']);
  return (cause, reason) => sayFileFault((key, words) => String(t(key as never, words as never)), cause) ?? reason;
}
