import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { TestDisplay } from './display.ts';
import { endProgram, run, startProgram } from './processes.ts';

const config = `Section "Device"
  Identifier "device"
  Driver "dummy"
  VideoRam 256000
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5.0-1000.0
  VertRefresh 5.0-200.0
EndSection
Section "Screen"
  Identifier "screen"
  Device "device"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Virtual 2560 800
    Modes "1280x800"
  EndSubSection
EndSection
Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "DontVTSwitch" "true"
EndSection
`;

/**
 * Two displays side by side as RandR tells of them, 1280 x 800 and 1280 x 720, which Xvfb cannot: a server of its own with a
 * driver without a card. The environment of the test display points to it from then on; gives what ends it.
 */
export async function startTwoDisplays(display: TestDisplay): Promise<() => Promise<void>> {
  const path = join(display.folder, 'xorg.conf');
  writeFileSync(path, config);
  const log = join(display.folder, 'xorg.log');
  const server = startProgram(
    'Xorg',
    ['-displayfd', '3', '-config', path, '-logfile', log, '-noreset', '-nolisten', 'tcp', '-novtswitch', '-sharevts'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const output = server.stdio[3] as Readable;
  const number = await new Promise<string>((resolve, reject) => {
    output.setEncoding('utf8');
    output.once('data', (text: string) => resolve(text.trim()));
    server.once('exit', () => reject(new Error('Xorg ended before its display was ready')));
  });
  display.env['DISPLAY'] = `:${number}`;
  const xrandr = (...args: readonly string[]) => run('xrandr', args, display.env);
  xrandr('--addmode', 'DUMMY1', '1280x720');
  const first = ['--output', 'DUMMY0', '--mode', '1280x800'];
  xrandr('--fb', '2560x800', ...first, '--output', 'DUMMY1', '--mode', '1280x720', '--right-of', 'DUMMY0');
  // The server tells the second output to those who ask for what is current (Chromium) only once somebody had it look anew.
  xrandr('--query');
  xrandr('--listmonitors');
  return () => endProgram(server);
}
