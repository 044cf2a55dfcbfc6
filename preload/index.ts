import { contextBridge, ipcRenderer, webFrame } from 'electron';
import { bridgeChannel } from '../contract/bridge.ts';
import { watchFiles } from './files.ts';

/**
 * The only thing a page gets: messages to main and from main, whose meaning is decided there and not here, and the size it is
 * drawn in. Set by main, that would be the size of every page of Beckon, for all have one origin.
 */
contextBridge.exposeInMainWorld('beckon', {
  send(message: unknown): void {
    ipcRenderer.send(bridgeChannel, message);
  },
  onMessage(listener: (message: unknown) => void): () => void {
    const forward = (_event: unknown, message: unknown) => listener(message);
    ipcRenderer.on(bridgeChannel, forward);
    return () => void ipcRenderer.off(bridgeChannel, forward);
  },
  drawAt(percent: number): void {
    if (Number.isFinite(percent)) webFrame.setZoomFactor(Math.min(3, Math.max(0.5, percent / 100)));
  },
});

watchFiles();
