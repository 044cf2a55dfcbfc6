/** Desktops whose sessions have a Secret Service, by what `XDG_CURRENT_DESKTOP` calls them. */
const withSecretService = /^(?:gnome|unity|xfce|x-cinnamon|pantheon|deepin|ukui|cosmic)$/i;

/**
 * The store that Chromium chooses on Linux, by the name that Electron has for it: the one that its switch names, else the
 * desktop's, else none but a password that everybody knows.
 */
export function storeByDesktop(named: string, env: Readonly<Record<string, string | undefined>>): string {
  if (named === 'basic') return 'basic_text';
  if (/^kwallet[56]?$/.test(named)) return named;
  if (named !== '') return 'gnome_libsecret';
  const desktops = (env['XDG_CURRENT_DESKTOP'] ?? '').split(':');
  if (desktops.some((desktop) => withSecretService.test(desktop))) return 'gnome_libsecret';
  if (!desktops.includes('KDE')) return 'basic_text';
  return env['KDE_SESSION_VERSION'] === '6' ? 'kwallet6' : 'kwallet5';
}
