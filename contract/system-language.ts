/**
 * The language of the system's locale variables, of which an empty one counts as not set (POSIX, 8.2). All faces ask here,
 * so that the window, the terminal and core speak one language.
 */
export function systemLanguage(env: Readonly<Record<string, string | undefined>>): 'en' | 'zh-CN' {
  return languageOfTag(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '');
}

/** The language of a locale tag such as `zh-Hans-CN` or `en_GB.UTF-8`. */
export function languageOfTag(tag: string): 'en' | 'zh-CN' {
  return /^zh(?![a-z])/i.test(tag) ? 'zh-CN' : 'en';
}
