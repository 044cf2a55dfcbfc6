import { AppError } from '../../contract/errors.ts';
import type { hostContract } from '../../contract/host.ts';
import { defaultSettings, type Settings } from '../../contract/settings.ts';
import type { WireClient } from '../../wire/client.ts';
import type { Host } from '../ports.ts';

/** The app as core's host: settings are mirrored from main and changed by it. Resolves once the settings are known. */
export async function createAppHost(client: WireClient<typeof hostContract>): Promise<Host> {
  const mirror = client.watch('settings');
  await mirror.ready();
  const settings = (): Settings => mirror.getSnapshot() ?? defaultSettings;
  return {
    face: 'app',
    settings,
    onSettings: (listener) => ({ dispose: mirror.subscribe(() => listener(settings())) }),
    changeSettings: async (patch) => {
      const { settings: changed, revision } = await client.call('settings.set', patch);
      // Main's answer may come before its patch of the state; what was asked for must be seen from here on.
      await mirror.reached(revision);
      return changed;
    },
    keepSecret: async (name, secret) => (await client.call('secret.keep', { name, secret })).kept,
    readSecret: async (name) => {
      const { secret, lost } = await client.call('secret.read', { name });
      if (lost !== null)
        throw new AppError('key-store/unavailable', `the key store is ${lost}`, { values: { context: lost } });
      return secret;
    },
    forgetSecret: async (name) => void (await client.call('secret.forget', { name })),
    stepAside: async () => void (await client.call('overlay.stepAside', {})),
    finishOverlay: async (how, done) =>
      void (await client.call('overlay.finish', done === undefined ? { how } : { how, done })),
    toggleOverlay: (actionId) => client.call('overlay.toggle', actionId === undefined ? {} : { actionId }),
    openFile: (path, place) => client.call('file.show', { path, place }),
    writeClipboard: async (text, html) =>
      (await client.request('clipboard.writeText', html === undefined ? { text } : { text, html })).ok,
    openLink: async (url) => (await client.call('deed.openLink', { url })).opened,
    agreeToAdd: async (what) => (await client.call('deed.agreeToAdd', what)).agreed,
    agreeToNotify: async (what) => (await client.call('deed.agreeToNotify', what)).agreed,
    notify: async (what) => (await client.call('deed.notify', what)).shown,
    describe: () => client.call('shell.describe', {}),
    resolveProxy: async (url) => (await client.call('proxy.resolve', { url })).answer,
  };
}
