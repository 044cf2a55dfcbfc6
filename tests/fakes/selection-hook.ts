import { EventEmitter } from 'node:events';
import type { SelectionConfig, TextSelectionData } from 'selection-hook';
import type { Hook, HookClass } from '../../desktop/selection-hook/library.ts';

/** What the fake library finds in other applications, and what it did. Change it between two questions. */
export interface FakeApplications {
  selected: Pick<TextSelectionData, 'text' | 'programName' | 'method'> | null;
  trusted: boolean;
  starts: boolean;
  /** Thrown, or emitted as the library emits what it caught. */
  breaks: 'not' | 'throws' | 'emits' | 'hangs';
  leavesClipboardAlone: boolean;
  readonly did: string[];
  made: number;
  running: boolean;
}

export function fakeApplications(): FakeApplications {
  return {
    selected: null,
    trusted: true,
    starts: true,
    breaks: 'not',
    leavesClipboardAlone: true,
    did: [],
    made: 0,
    running: false,
  };
}

const nowhere = { x: -99_999, y: -99_999 };

/** The library's class over such applications: it answers while it runs, and copies by a key unless that is put off. */
export function fakeSelectionHook(world: FakeApplications): HookClass {
  return class extends EventEmitter implements Hook {
    #copiesByKey = true;

    constructor() {
      super();
      world.made += 1;
    }

    start(config?: SelectionConfig | null): boolean {
      if (config?.enableClipboard === true) this.#copiesByKey = true;
      if (config?.selectionPassiveMode !== true) world.did.push('reads unasked');
      world.running = world.starts;
      return world.starts;
    }

    stop(): boolean {
      world.running = false;
      return true;
    }

    getCurrentSelection(): TextSelectionData | null {
      if (!world.running) return null;
      if (this.#copiesByKey) world.did.push('pressed a key');
      if (world.breaks === 'throws') throw new TypeError('native failure');
      if (world.breaks === 'emits') this.emit('error', new Error('native failure'));
      while (world.breaks === 'hangs');
      if (world.selected === null) return null;
      const places = { startTop: nowhere, startBottom: nowhere, endTop: nowhere, endBottom: nowhere };
      return { ...places, mousePosStart: nowhere, mousePosEnd: nowhere, posLevel: 0, ...world.selected };
    }

    disableClipboard(): boolean {
      if (world.leavesClipboardAlone) this.#copiesByKey = false;
      return world.leavesClipboardAlone;
    }

    setSelectionPassiveMode(): boolean {
      return true;
    }

    macIsProcessTrusted(): boolean {
      return world.trusted;
    }

    macRequestProcessTrust(): boolean {
      world.did.push('asked for permission');
      return world.trusted;
    }

    cleanup(): void {
      this.stop();
      this.removeAllListeners();
      world.did.push('cleaned up');
    }
  };
}
