import type { RendererContract } from '../../contract/renderer.ts';
import type { WireClient } from '../../wire/client.ts';

/** A click beside the box means what it means beside a window, also where the window manager gives it to this one. */
export function leaveByShadow(client: WireClient<RendererContract>): void {
  document.addEventListener('pointerdown', ({ target }) => {
    const isBeside = target instanceof Element && target.matches('html, body, #root');
    if (isBeside && document.documentElement.dataset['composited'] === 'true') void client.request('overlay.hide', {});
  });
}
