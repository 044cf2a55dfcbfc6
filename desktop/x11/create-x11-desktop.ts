import { ApplicationNames } from '../applications/names.ts';
import { AccessibilityBus } from '../atspi/accessibility-bus.ts';
import { AtspiRoute } from '../atspi/atspi-route.ts';
import type { TextObject } from '../atspi/text-target.ts';
import { ClientProcess } from './client-process.ts';
import { ClipboardCopies } from './clipboard-copies.ts';
import { ClipboardLease } from './clipboard-lease.ts';
import { ClipboardReader } from './clipboard-reader.ts';
import { CopiedSelection } from './copied-selection.ts';
import { CopyRoute } from './copy-route.ts';
import { SelectionFinder } from './find-selection.ts';
import { InterruptedKeys } from './interrupted-keys.ts';
import { KeepPrimary } from './keep-primary.ts';
import { Keyboard } from './keyboard.ts';
import { LateCopy } from './late-copy.ts';
import { LeaseFile } from './lease-file.ts';
import { Landed } from './paste/landed.ts';
import { PasteOnce } from './paste/paste-once.ts';
import { restoreSelection } from './paste/restore-selection.ts';
import { StillSelected } from './paste/still-selected.ts';
import { TakeBack } from './paste/take-back.ts';
import { UndoPaste } from './paste/undo-paste.ts';
import type { Pasting } from './paste-place.ts';
import { PrimarySelection, type SelectionSight } from './primary-selection.ts';
import { SelectionReader } from './read-selection.ts';
import { ToldSelection } from './told-selection.ts';
import { WholeClipboard } from './whole-clipboard.ts';
import { WhyNothing } from './why-nothing.ts';
import { WindowJudge } from './window-judge.ts';
import { WindowKeys } from './window-keys.ts';
import { pingWindow } from './window-ping.ts';
import { WindowWatch } from './window-watch.ts';
import { X11Connection } from './x11-connection.ts';
import { X11Desktop } from './x11-desktop.ts';

const readNamesAfterMs = 1500;

/** The desktop of the display that DISPLAY names. `shellProcessId`: whose windows are Beckon's own; null when no app runs. */
export function createX11Desktop(env: NodeJS.ProcessEnv, shellProcessId: number | null): X11Desktop {
  const x = new X11Connection(env['DISPLAY']);
  const connect = () => AccessibilityBus.connect();
  const accessibility = new AtspiRoute({ connect, ownProcessId: shellProcessId, takesOnlySelected: false });
  const names = new ApplicationNames(env);
  const windows = new WindowWatch(x, shellProcessId, names);
  const reader = new SelectionReader(x);
  const keyboard = new Keyboard(x);
  const files = [new LeaseFile(env, 'lease'), new LeaseFile(env, 'copy')] as const;
  const [lent, copied] = files;
  const lease = new ClipboardLease(x, reader, lent);
  const copies = new ClipboardCopies(env['DISPLAY'], copied);
  const processes = new ClientProcess(x);
  const judge = new WindowJudge({ processes });
  const primary = new PrimarySelection({ x, reader, processes, shellProcessId });
  const ping = (window: number, time: number) => pingWindow(x, window, time);
  const late = new LateCopy({ x, reader, lease });
  const copy = new CopyRoute({ x, reader, late, primary: new KeepPrimary(x, reader), keyboard, ping });

  const keys = new WindowKeys({ windows, keyboard });
  const interrupted = new InterruptedKeys(env);
  const once = new PasteOnce({ x, reader, lease, keys, ping });
  const pastingBy = (sight: SelectionSight, seen: Pasting['seen']): Pasting => {
    const still = new StillSelected({ keys, primary: sight, interrupted, copy });
    const landed = new Landed({ keys, primary: sight, interrupted });
    const takeBack = new TakeBack({ keys, primary: sight, interrupted, landed, once });
    const undo = new UndoPaste({ keys, primary: sight, interrupted, still, landed, takeBack });
    return { judge, keys, primary: sight, still, once, landed, undo, seen };
  };
  const pasting = pastingBy(primary, 'always');
  const pastingByCopy = (window: number) => pastingBy(new CopiedSelection({ copy, window }), 'when-not-lent');
  const pastingByObject = (object: TextObject) => pastingBy(new ToldSelection(object), 'always');
  const pastings = { pasting, pastingByCopy, pastingByObject };
  const found = { x, windows, accessibility, primary, judge, copy, copies, ...pastings };
  const finder = new SelectionFinder(found);
  const why = new WhyNothing({ judge, accessibility, copy });

  // Once everything stands that a first call needs.
  setTimeout(() => void names.read(), readNamesAfterMs).unref();
  // What an earlier process had on loan when it died.
  late.recover().catch(() => {});
  const restored = restoreSelection({ x, keys, primary, interrupted }).catch(() => {});
  const clipboard = new ClipboardReader(x, reader);
  const whole = new WholeClipboard({ x, display: env['DISPLAY'], reader, lease, copies });
  const tested = { x, reader, lease, keyboard, copy };
  const told = { accessibility, clipboard, lease, copies, whole };
  return new X11Desktop({ x, windows, ...told, files, finder, why, tested, restored });
}
