import { expect, it } from 'vitest';
import { storeByDesktop } from '../../../main/keys/store-by-desktop.ts';

it('names the store that Chromium chooses: by its switch, else by the desktop, else none that keeps a secret', () => {
  const desktop = (name: string, version?: string) => ({ XDG_CURRENT_DESKTOP: name, KDE_SESSION_VERSION: version });
  for (const [named, env, store] of [
    ['basic', desktop('GNOME'), 'basic_text'],
    ['gnome-libsecret', {}, 'gnome_libsecret'],
    ['kwallet6', desktop('GNOME'), 'kwallet6'],
    ['', desktop('ubuntu:GNOME'), 'gnome_libsecret'],
    ['', desktop('XFCE'), 'gnome_libsecret'],
    ['', desktop('KDE', '5'), 'kwallet5'],
    ['', desktop('KDE', '6'), 'kwallet6'],
    ['', desktop('sway'), 'basic_text'],
    ['', {}, 'basic_text'],
  ] as const)
    expect(storeByDesktop(named, env)).toBe(store);
});
