const { contextBridge } = require('electron');

contextBridge.exposeInMainWorld('bare', { isBare: true });
