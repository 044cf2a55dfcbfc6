import { propertyNumber, propertyText, type X11Connection } from './x11-connection.ts';

/** Owned by the compositing manager of the first screen, while there is one. */
export const compositorSelection = '_NET_WM_CM_S0';

/** Whether a compositing manager runs (Extended Window Manager Hints 1.5). */
export async function hasCompositor(x: X11Connection): Promise<boolean> {
  return (await x.selectionOwner(compositorSelection)) !== 0;
}

/** Null when no window manager says its name. */
export async function windowManagerName(x: X11Connection): Promise<string | null> {
  const check = propertyNumber(await x.property(await x.root(), '_NET_SUPPORTING_WM_CHECK'));
  return check === null ? null : propertyText(await x.property(check, '_NET_WM_NAME'));
}
