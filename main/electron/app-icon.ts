import { type NativeImage, nativeImage } from 'electron';
import icon from '../assets/icons/128.png?inline';

/** What a taskbar and a title bar show for a window that no desktop entry is found of; X11 keeps four bytes a pixel of it. */
export function appIcon(): NativeImage {
  return nativeImage.createFromDataURL(icon);
}
