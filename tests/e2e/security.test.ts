import { expect, it } from 'vitest';
import { payloads } from '../corpus/xss/payloads.ts';
import { hostileFrames, sendFrames, sendNonData } from '../support/hostile-frames.ts';
import { type DesktopOptions, describeOnDesktop } from '../support/on-desktop.ts';
import { stays, waitFor } from '../support/processes.ts';
import { seededRandom, testSeed } from '../support/random.ts';

/** Left in the page by anything hostile that got into the document, and by the watch over it. */
interface Traces {
  readonly __xss?: number;
  readonly intruders: string[];
}

const options: DesktopOptions = {
  app: {},
  parrot: true,
  before: async ({ display }) => {
    display.press('ctrl+shift+space');
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
  },
};

describeOnDesktop('a hostile page, a hostile answer', options, (desk) => {
  const { app, display, server } = desk;

  it('refuses 1,000 fuzzed bridge calls and stays as it was', async () => {
    const before = { main: app.pid, core: app.corePid() };
    const frames = hostileFrames(seededRandom(testSeed()), 1000);
    const { values, errors } = await app.overlay.evaluate(sendFrames, frames);
    expect(values).toEqual([]);
    expect(errors).toBe(frames.filter(({ answered }) => answered).length);
    await app.overlay.evaluate(sendNonData);
    expect((await app.ask('core.info', {})).ok).toBe(true);
    expect({ main: app.pid, core: app.corePid() }).toEqual(before);
    expect(app.output.join('')).not.toMatch(/unhandled|uncaught|TypeError|RangeError/i);
  });

  it('answers none of 6 wrong senders', async () => {
    const answered = await app.electron.evaluate(async ({ BrowserWindow, ipcMain }) => {
      const overlay = BrowserWindow.getAllWindows().find((window) => window.webContents.getURL().includes('overlay'));
      if (overlay === undefined) throw new Error('there is no overlay');
      const known = overlay.webContents;
      const main = known.mainFrame;
      const heard: string[] = [];
      const sender = (name: string, frame: unknown, id = known.id) => {
        const contents = { id, mainFrame: main, isDestroyed: () => false, on: () => {}, send: () => heard.push(name) };
        ipcMain.emit(
          'beckon',
          { sender: contents, senderFrame: frame },
          { kind: 'request', id: 1, name: 'core.info', input: {} },
        );
      };
      // Four that cannot be made with a page because other locks stop them earlier.
      sender('sub-frame', { origin: 'beckon://app', parent: main });
      sender('gone frame', null);
      sender('foreign origin', { origin: 'https://example.com' });
      sender('unknown contents', main, 999_999);
      // And two real windows with the same preload.
      const preload = `${process.cwd()}/out/preload/index.cjs`;
      const question = `new Promise((resolve) => {
        if (!globalThis.beckon) return resolve('no bridge');
        beckon.onMessage(() => resolve('answered'));
        beckon.send({ kind: 'request', id: 1, name: 'core.info', input: {} });
        setTimeout(() => resolve('silence'), 700);
      })`;
      for (const [name, url] of [
        ['stranger at our origin', 'beckon://app/overlay.html'],
        ['data page', 'data:text/html,<p>x</p>'],
      ] as const) {
        const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
        await stranger.loadURL(url);
        const outcome = await stranger.webContents.executeJavaScript(question);
        if (outcome !== 'silence') heard.push(`${name}: ${outcome}`);
        stranger.destroy();
      }
      return heard;
    });
    expect(answered).toEqual([]);
    await waitFor('six refusals are logged', () => app.output.join('').split('refused a message: sender').length > 6);
    expect((await app.ask('core.info', {})).ok).toBe(true);
  });

  it('runs and loads nothing of 200 payloads that a model streams a character at a time', async () => {
    expect(payloads.length).toBe(200);
    await app.overlay.evaluate(watchDocument);

    if (!display.visibleTitles().includes('Beckon')) display.press('ctrl+shift+space');
    await waitFor('the overlay is seen', () => display.visibleTitles().includes('Beckon'));

    const group = 25;
    for (let first = 0; first < payloads.length; first += group) {
      const pieces = payloads.slice(first, first + group).map((text) => text.replaceAll('ORIGIN', server.origin));
      server.answers.push(`${pieces.join('\n\n')}\n\nEND${first}`);
      await app.overlay.fill('.ask-input', `group ${first}`);
      await app.overlay.press('.ask-input', 'Enter');
      await waitFor(
        `group ${first} is shown to its end`,
        async () => ((await app.overlay.locator('.markdown').last().textContent()) ?? '').includes(`END${first}`),
        30_000,
      );
    }
    const traces = () =>
      app.overlay.evaluate(() => {
        const { __xss, intruders } = globalThis as unknown as Traces;
        return { ran: __xss ?? null, intruders };
      });
    await stays('nothing is loaded', 500, async () => (await traces()).ran === null && server.strays.length === 0);
    expect(await traces()).toEqual({ ran: null, intruders: [] });
    expect(server.strays).toEqual([]);
  });

  it('cannot leave its page, reach the network, open a window or use Node', async () => {
    // A navigation that was refused leaves the test's driver waiting for it.
    desk.startAnew();
    const address = server.origin;
    const outcome = await app.overlay.evaluate(async (origin) => {
      const tries: Record<string, unknown> = {};
      tries['node'] = typeof (globalThis as { require?: unknown }).require;
      tries['process'] = typeof (globalThis as { process?: unknown }).process;
      tries['window'] = window.open(`${origin}/window`) === null;
      tries['fetch'] = await fetch(`${origin}/fetch`).then(
        () => 'arrived',
        () => 'refused',
      );
      const load = (tag: 'img' | 'script' | 'link' | 'iframe') =>
        new Promise((resolve) => {
          const element = document.createElement(tag);
          element.addEventListener('load', () => resolve('loaded'));
          element.addEventListener('error', () => resolve('refused'));
          if (element instanceof HTMLLinkElement)
            Object.assign(element, { rel: 'stylesheet', href: `${origin}/${tag}` });
          else element.src = `${origin}/${tag}`;
          document.body.append(element);
          setTimeout(() => resolve('refused'), 600);
          setTimeout(() => element.remove(), 700);
        });
      for (const tag of ['img', 'script', 'link'] as const) tries[tag] = await load(tag);
      await load('iframe');
      try {
        tries['eval'] = new Function('return 1')();
      } catch {
        tries['eval'] = 'refused';
      }
      tries['camera'] = await navigator.mediaDevices?.getUserMedia({ video: true }).then(
        () => 'given',
        () => 'refused',
      );
      tries['notifications'] = await Notification.requestPermission();
      new WebSocket(`${origin.replace('http', 'ws')}/socket`).addEventListener('error', () => {});
      navigator.sendBeacon(`${origin}/beacon`, 'x');
      location.href = `${origin}/location`;
      await new Promise((resolve) => setTimeout(resolve, 500));
      tries['place'] = location.href;
      return tries;
    }, address);
    expect(outcome).toMatchObject({
      node: 'undefined',
      process: 'undefined',
      window: true,
      fetch: 'refused',
      img: 'refused',
      script: 'refused',
      link: 'refused',
      eval: 'refused',
      notifications: 'denied',
      place: 'beckon://app/overlay.html',
    });
    expect(outcome['camera']).not.toBe('given');
    expect(server.strays).toEqual([]);
  });
});

/** Notes every element and attribute that could run or load something, from the moment it enters the document. */
function watchDocument(): void {
  const intruders: string[] = [];
  Object.assign(globalThis, { intruders });
  const forbidden = 'script,iframe,object,embed,img,video,audio,link,meta,base,style,form,frame,template,image,use';
  const check = (root: Element): void => {
    for (const element of [root, ...root.querySelectorAll('*')]) {
      // Parts of the page's own program that are loaded when they are first needed.
      if (element.matches('link[rel=modulepreload][href^="beckon://app/"]')) continue;
      if (element.matches(forbidden)) intruders.push(element.outerHTML.slice(0, 120));
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name) || /^\s*(javascript|vbscript|data):/i.test(value)) intruders.push(`${name}=${value}`);
      }
    }
  };
  new MutationObserver((records) => {
    for (const record of records) {
      for (const node of record.addedNodes) if (node instanceof Element) check(node);
      if (record.type === 'attributes' && record.target instanceof Element) check(record.target);
    }
  }).observe(document, { subtree: true, childList: true, attributes: true });
}
