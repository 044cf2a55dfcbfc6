/** A window manager that the tests start by its command. */
export interface WindowManager {
  readonly command: string;
  /** It has a place beside all windows that can be clicked. */
  readonly hasDesktop: boolean;
  /** It draws windows over each other by itself. */
  readonly composites: boolean;
  /** A window in full screen stays so when another one comes over it. */
  readonly keepsFullScreen: boolean;
}

export const windowManagers: readonly WindowManager[] = [
  { command: 'openbox', hasDesktop: true, composites: false, keepsFullScreen: true },
  { command: 'xfwm4', hasDesktop: true, composites: true, keepsFullScreen: true },
  { command: 'i3', hasDesktop: false, composites: false, keepsFullScreen: false },
  { command: 'icewm', hasDesktop: true, composites: false, keepsFullScreen: true },
  { command: 'metacity', hasDesktop: true, composites: true, keepsFullScreen: true },
];
