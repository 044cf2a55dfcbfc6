import { type NativeImage, nativeImage } from 'electron';
import icon from '../assets/icon.png?inline';

/** Large enough for what switches windows; X11 keeps four bytes a pixel of it for each window. */
const edge = 128;

/** What a taskbar and a title bar show for a window; a packaged app's own file counts where there is one. */
export function appIcon(): NativeImage {
  return nativeImage.createFromDataURL(icon).resize({ width: edge, height: edge, quality: 'best' });
}
