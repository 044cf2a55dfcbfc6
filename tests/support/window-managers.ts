/** A window manager that the tests start by its command. */
export interface WindowManager {
  readonly command: string;
  /** It has a place beside all windows that can be clicked. */
  readonly hasDesktop: boolean;
  /** It draws windows over each other by itself. */
  readonly composites: boolean;
  /** A window in full screen covers the overlay. */
  readonly hidesBehindFullScreen: boolean;
}

export const windowManagers: readonly WindowManager[] = [
  { command: 'openbox', hasDesktop: true, composites: false, hidesBehindFullScreen: false },
  { command: 'xfwm4', hasDesktop: true, composites: true, hidesBehindFullScreen: false },
  { command: 'i3', hasDesktop: false, composites: false, hidesBehindFullScreen: false },
  { command: 'icewm', hasDesktop: true, composites: false, hidesBehindFullScreen: false },
  { command: 'metacity', hasDesktop: true, composites: true, hidesBehindFullScreen: false },
];
