// What both probes share: time, keys and the screen of an X display. Times are CLOCK_MONOTONIC milliseconds.
#ifndef X11_COMMON_H
#define X11_COMMON_H
#define _GNU_SOURCE
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MAX_CHORD 6
// A probe need not use everything here.
#define UNUSED __attribute__((unused))

typedef struct {
  KeyCode codes[MAX_CHORD];
  int count;
} Chord;

UNUSED static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

UNUSED static void fail(const char *what) {
  fprintf(stderr, "%s\n", what);
  exit(2);
}

// Windows may vanish between two requests; that is no reason to end.
UNUSED static int ignore_error(Display *display, XErrorEvent *event) {
  (void)display;
  (void)event;
  return 0;
}

UNUSED static Display *open_display(void) {
  Display *display = XOpenDisplay(NULL);
  if (display == NULL) fail("no X display");
  XSetErrorHandler(ignore_error);
  return display;
}

// "Control_L+Shift_L+space": keysym names, pressed in order.
UNUSED static Chord parse_chord(Display *display, const char *text) {
  Chord chord = {.count = 0};
  char copy[256];
  snprintf(copy, sizeof copy, "%s", text);
  for (char *name = strtok(copy, "+"); name != NULL; name = strtok(NULL, "+")) {
    KeySym symbol = XStringToKeysym(name);
    if (symbol == NoSymbol || chord.count == MAX_CHORD) fail("unknown key in the chord");
    chord.codes[chord.count++] = XKeysymToKeycode(display, symbol);
  }
  if (chord.count == 0) fail("an empty chord");
  return chord;
}

UNUSED static void chord_down(Display *display, const Chord *chord) {
  for (int i = 0; i < chord->count; i++) XTestFakeKeyEvent(display, chord->codes[i], True, 0);
  XFlush(display);
}

UNUSED static void chord_up(Display *display, const Chord *chord) {
  for (int i = chord->count - 1; i >= 0; i--) XTestFakeKeyEvent(display, chord->codes[i], False, 0);
  XSync(display, False);
}

UNUSED static void chord_tap(Display *display, const Chord *chord) {
  chord_down(display, chord);
  chord_up(display, chord);
}

UNUSED static void tap_key(Display *display, KeySym symbol) {
  KeyCode code = XKeysymToKeycode(display, symbol);
  XTestFakeKeyEvent(display, code, True, 0);
  XTestFakeKeyEvent(display, code, False, 0);
  XFlush(display);
}

UNUSED static Window focused_window(Display *display) {
  Window window;
  int revert;
  XGetInputFocus(display, &window, &revert);
  return window;
}

UNUSED static const char *option(int argc, char **argv, const char *name, const char *fallback) {
  for (int i = 1; i + 1 < argc && strcmp(argv[i], "--") != 0; i++)
    if (strcmp(argv[i], name) == 0) return argv[i + 1];
  return fallback;
}

UNUSED static char **command_of(int argc, char **argv) {
  for (int i = 1; i < argc; i++)
    if (strcmp(argv[i], "--") == 0 && i + 1 < argc) return argv + i + 1;
  return NULL;
}
#endif
