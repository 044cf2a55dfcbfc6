import type { X11Connection } from './x11-connection.ts';

const newValue = 0;
/** A display that is alive answers within a few milliseconds. */
const answerLimitMs = 400;

/**
 * The display's clock now, in milliseconds of 32 bits (ICCCM 2.1); null when it does not answer. `window`: one of this
 * client that is watched for changes of its properties.
 */
export async function serverTime(x: X11Connection, window: number): Promise<number | null> {
  const [client, property] = await Promise.all([x.client(), x.atom('BECKON_TIME')]);
  return new Promise((resolve) => {
    const end = (time: number | null) => {
      clearTimeout(limit);
      stop();
      resolve(time);
    };
    const limit = setTimeout(() => end(null), answerLimitMs);
    const stop = x.onEvent((event) => {
      if (event.name !== 'PropertyNotify' || event.wid !== window) return;
      if (event.atom === property && event.state === newValue) end(event.time);
    });
    client.ChangeProperty(0, window, property, property, 8, Buffer.alloc(0));
  });
}
