import { systemLanguage } from '../../contract/system-language.ts';
import type { CoreBase } from '../surroundings.ts';

/** The language the person reads: their setting, else the system's. */
export function personsLanguage({ host, env }: CoreBase): 'en' | 'zh-CN' {
  const { language } = host.settings();
  return language === 'system' ? systemLanguage(env) : language;
}
