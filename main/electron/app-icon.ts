import { type NativeImage, nativeImage } from 'electron';
import icon2x from '../assets/tray@2x.png?inline';

/** What a taskbar shows for a window; a packaged app's own file counts where there is one. */
export function appIcon(): NativeImage {
  return nativeImage.createFromDataURL(icon2x);
}
