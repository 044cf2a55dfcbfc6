import { useTranslation } from 'react-i18next';
import type { AtomWords } from '../../../locales/say-atom.ts';
import { useSayError } from '../../answer/say-error.ts';

/** The words of actions in the person's language. */
export function useAtomWords(): AtomWords {
  const { t, i18n } = useTranslation('sharing');
  const error = useSayError();
  const language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  return { language, error, say: (key, values = {}) => t(key, { ...values }) };
}
