import { contextBridge, ipcRenderer } from 'electron';
import { bridgeChannel } from '../contract/bridge.ts';
import { watchFiles } from './files.ts';

/** The only thing a page gets: messages to main and from main. What they may say is decided in main, not here. */
contextBridge.exposeInMainWorld('beckon', {
  send(message: unknown): void {
    ipcRenderer.send(bridgeChannel, message);
  },
  onMessage(listener: (message: unknown) => void): () => void {
    const forward = (_event: unknown, message: unknown) => listener(message);
    ipcRenderer.on(bridgeChannel, forward);
    return () => void ipcRenderer.off(bridgeChannel, forward);
  },
});

watchFiles();
