// Presses a chord, starts to type FIRST ms later, ten letters GAP ms apart, and reads back what arrived: it selects and
// copies the text of whatever has the keyboard and asks its owner for the clipboard.
//
//   typeahead --chord KEYS [--first MS] [--gap MS] [--dismiss KEYS]
// Prints {"typed":"abcdefghij","arrived":"..."}.
#include "x11-common.h"
#include <X11/Xatom.h>

static const char letters[] = "abcdefghij";

static void tap_with_control(Display *d, KeySym symbol) {
  KeyCode control = XKeysymToKeycode(d, XK_Control_L);
  XTestFakeKeyEvent(d, control, True, 0);
  tap_key(d, symbol);
  XTestFakeKeyEvent(d, control, False, 0);
  XSync(d, False);
}

// Takes the clipboard itself, so that what is read later cannot be from an earlier run.
static Window own_clipboard(Display *d, Atom clipboard) {
  Window window = XCreateSimpleWindow(d, DefaultRootWindow(d), 0, 0, 1, 1, 0, 0, 0);
  XSetSelectionOwner(d, clipboard, window, CurrentTime);
  XSync(d, False);
  return window;
}

static void read_clipboard(Display *d, Window window, Atom clipboard, char *text, size_t size) {
  text[0] = '\0';
  if (XGetSelectionOwner(d, clipboard) == window) return;
  Atom utf8 = XInternAtom(d, "UTF8_STRING", False), place = XInternAtom(d, "TYPEAHEAD", False);
  XConvertSelection(d, clipboard, utf8, place, window, CurrentTime);
  XFlush(d);
  double end = now_ms() + 1000;
  while (now_ms() < end) {
    XEvent event;
    if (!XCheckTypedWindowEvent(d, window, SelectionNotify, &event)) {
      usleep(2000);
      continue;
    }
    if (event.xselection.property == None) return;
    Atom type;
    int format;
    unsigned long count, left;
    unsigned char *data = NULL;
    XGetWindowProperty(d, window, place, 0, 256, True, AnyPropertyType, &type, &format, &count, &left, &data);
    if (data != NULL) snprintf(text, size, "%s", (char *)data);
    if (data != NULL) XFree(data);
    return;
  }
}

static void print_json_text(const char *text) {
  for (; *text != '\0'; text++) putchar(*text >= 'a' && *text <= 'z' ? *text : '?');
}

int main(int argc, char **argv) {
  Display *d = open_display();
  Chord chord = parse_chord(d, option(argc, argv, "--chord", "Control_L+Shift_L+space"));
  double first = atof(option(argc, argv, "--first", "10")), gap = atof(option(argc, argv, "--gap", "8"));
  const char *dismiss = option(argc, argv, "--dismiss", NULL);
  Atom clipboard = XInternAtom(d, "CLIPBOARD", False);
  Window window = own_clipboard(d, clipboard);
  chord_tap(d, &chord);
  double start = now_ms();
  for (int i = 0; letters[i] != '\0'; i++) {
    while (now_ms() < start + first + i * gap) usleep(100);
    char name[2] = {letters[i], '\0'};
    tap_key(d, XStringToKeysym(name));
  }
  usleep(500000);
  tap_with_control(d, XK_a);
  usleep(50000);
  tap_with_control(d, XK_c);
  usleep(150000);
  char arrived[64];
  read_clipboard(d, window, clipboard, arrived, sizeof arrived);
  tap_key(d, XK_BackSpace);
  usleep(100000);
  if (dismiss != NULL) {
    Chord keys = parse_chord(d, dismiss);
    chord_tap(d, &keys);
    usleep(300000);
  }
  printf("{\"typed\":\"%s\",\"arrived\":\"", letters);
  print_json_text(arrived);
  printf("\"}\n");
  return 0;
}
