"""Holds Control+Shift+Space on the display, as another application that was there first would. Prints `held`."""

import ctypes
import sys

x11 = ctypes.CDLL("libX11.so.6")
x11.XOpenDisplay.restype = ctypes.c_void_p
x11.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
x11.XDefaultRootWindow.restype = ctypes.c_ulong
x11.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
x11.XGrabKey.argtypes = [
    ctypes.c_void_p,
    ctypes.c_int,
    ctypes.c_uint,
    ctypes.c_ulong,
    ctypes.c_int,
    ctypes.c_int,
    ctypes.c_int,
]
x11.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]

SPACE = 0x20
SHIFT, LOCK, CONTROL, NUM_LOCK = 1, 2, 4, 16
ASYNC = 1

display = x11.XOpenDisplay(None)
if not display:
    sys.exit("no display")
root = x11.XDefaultRootWindow(display)
keycode = x11.XKeysymToKeycode(display, SPACE)
for extra in (0, LOCK, NUM_LOCK, LOCK | NUM_LOCK):
    x11.XGrabKey(display, keycode, CONTROL | SHIFT | extra, root, 1, ASYNC, ASYNC)
x11.XSync(display, 0)
print("held", flush=True)
sys.stdin.read()
