import { type NativeImage, nativeImage } from 'electron';
import icon from '../assets/icons/128.png?inline';

/** What a taskbar shows for a window that it finds no desktop entry of. */
export function appIcon(): NativeImage {
  return nativeImage.createFromDataURL(icon);
}
