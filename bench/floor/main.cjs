// The floor of every window figure: one Electron window that was made ahead, with nothing in it. Same size, options,
// throttling and move before show as Beckon's overlay; no code between the key and show() but that.
const { join } = require('node:path');
const { app, BrowserWindow, globalShortcut, Menu, screen } = require('electron');

const width = 720;
const height = Number(process.env.FLOOR_HEIGHT);
const topShare = 0.22;

app.setPath('userData', process.env.FLOOR_PROFILE);
app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
app.commandLine.appendSwitch('disable-background-networking');
app.commandLine.appendSwitch('disable-component-update');
Menu.setApplicationMenu(null);

function place(window) {
  const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
  const bounds = {
    x: workArea.x + Math.round((workArea.width - width) / 2),
    y: workArea.y + Math.round(workArea.height * topShare),
    width,
    height,
  };
  const now = window.getBounds();
  if (now.x !== bounds.x || now.y !== bounds.y) window.setBounds(bounds);
}

function show(window) {
  place(window);
  window.show();
  window.focus();
}

app.on('window-all-closed', () => {});
app.whenReady().then(() => {
  const window = new BrowserWindow({
    width,
    height,
    show: false,
    frame: false,
    resizable: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    skipTaskbar: true,
    alwaysOnTop: true,
    title: 'Bare window',
    webPreferences: {
      preload: join(__dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      spellcheck: false,
      backgroundThrottling: true,
    },
  });
  globalShortcut.register(process.env.FLOOR_HOTKEY, () => (window.isVisible() ? window.hide() : show(window)));
  window.webContents.once('did-finish-load', () => {
    if (process.env.FLOOR_SHOW === '1') show(window);
  });
  void window.loadFile(join(__dirname, 'index.html'));
});
