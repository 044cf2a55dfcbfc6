// An editor of the Electron that runs Beckon here, with the text of a file. Run as `electron electron-editor note.txt`.
const { readFileSync } = require('node:fs');
const { app, BrowserWindow } = require('electron');

app.setPath('userData', process.env.EDITOR_PROFILE);
app.whenReady().then(() => {
  const text = readFileSync(process.argv.at(-1), 'utf8').trim();
  const window = new BrowserWindow({ width: 600, height: 300 });
  const page = `<meta charset="utf-8"><title>note.txt</title><textarea autofocus>${text}</textarea>`;
  window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(page)}`);
});
