import type {
  ActiveWindow,
  CaptureAnswer,
  ClipboardDescription,
  ClipboardFormatByName,
  DesktopDescription,
  PortAnswer,
  PutBackAnswer,
  PutBackMode,
  RichText,
  RouteReport,
} from '../contract/desktop.ts';
import type { Disposable } from '../contract/disposable.ts';

/** What is copied, with all of its formats. */
export interface WholeClipboardPort {
  /** Each time that somebody has copied something, until it is aborted. Throws `desktop/unsupported` where nobody tells. */
  watchClipboard(signal: AbortSignal): AsyncIterable<{ readonly type: 'copied' }>;
  /** Every format of what somebody copied; denied, and none of it read, where it is marked as a secret. */
  saveClipboard(): Promise<PortAnswer<readonly ClipboardFormatByName[]>>;
  /** Copies what was saved. */
  offerClipboard(formats: readonly ClipboardFormatByName[]): Promise<PortAnswer<null>>;
}

/** One system's way to other applications. Every answer is a value or a cause; nothing hangs longer than its own limit. */
export interface DesktopPort extends Disposable, WholeClipboardPort {
  activeWindow(): Promise<PortAnswer<ActiveWindow>>;
  /** Whether a mouse button is held down now; null where the system does not tell. */
  pointerPressed(): Promise<boolean | null>;
  /** `agreed`: the applications that the person agreed to be asked for a copy, where nothing else tells what is selected. */
  captureSelection(agreed?: readonly string[]): Promise<CaptureAnswer>;
  /** From the names of its formats; nothing of it is read. */
  describeClipboard(): Promise<PortAnswer<ClipboardDescription>>;
  readClipboardText(): Promise<PortAnswer<string>>;
  /** Copies a text, and nothing else: what is selected somewhere stays so. `unsupported` where the shell has to do it. */
  writeClipboardText(text: string, html?: string): Promise<PortAnswer<null>>;
  /**
   * Nothing is changed unless the target is still the captured one. `rich` goes in where the place takes it; `agreed`: whether
   * the person gave their word for an application that nobody has tried.
   */
  putBack(targetId: string, text: string, mode: PutBackMode, rich?: RichText, agreed?: boolean): Promise<PutBackAnswer>;
  undoPutBack(targetId: string): Promise<PutBackAnswer>;
  /** Whether applications are told that somebody asks them by accessibility; null where this system does not tell. */
  accessibilityOn(): Promise<boolean | null>;
  /** False where nobody could. It stays so after Beckon, and can be turned back the same way. */
  turnAccessibility(on: boolean): Promise<boolean>;
  describe(): Promise<DesktopDescription>;
  /** Tries every way there is; the person's selection and clipboard are as they were afterwards. */
  selfTest(): Promise<readonly RouteReport[]>;
  /**
   * Nobody asks any more: ends what was begun, and resolves once nothing would be lost with this process, such as a clipboard
   * that it has. That may be never.
   */
  leave(): Promise<void>;
}
