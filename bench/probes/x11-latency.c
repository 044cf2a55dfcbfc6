// What a person would see after a key press (or a program start), on an X display, in ms from that moment.
//
//   x11-latency learn [--chord KEYS] [--settle MS] [--rows N] [--dismiss KEYS] [-- COMMAND...]
//     finds where the window appears and a colour that only its content has: the most frequent one of the settled
//     picture that was not on the screen there before and is neither black nor white (the colours of an unpainted window).
//   x11-latency measure --region X,Y,W,H --colour RRGGBB [--chord KEYS] [--echo KEY] [--focus 1] [--dismiss KEYS] [--timeout MS] [-- COMMAND...]
//     t0 is the key press (XTEST) or the fork; prints map, paint, content, focus, echo, hidden, pid as JSON (-1: not seen).
#include "x11-common.h"
#include <X11/extensions/XShm.h>
#include <fcntl.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/wait.h>

typedef struct {
  XImage *image;
  XShmSegmentInfo segment;
  int x, y;
} View;

static View open_view(Display *d, int x, int y, int width, int height) {
  View s = {.x = x, .y = y};
  s.image = XShmCreateImage(d, DefaultVisual(d, DefaultScreen(d)), (unsigned)DefaultDepth(d, DefaultScreen(d)), ZPixmap,
                            NULL, &s.segment, (unsigned)width, (unsigned)height);
  return s;
}

// The segment's address must not move after XShmCreateImage, hence the pointer.
static void attach_view(Display *d, View *s) {
  s->image->obdata = (char *)&s->segment;
  if (s->image->bits_per_pixel != 32) fail("the display has no 32 bits per pixel");
  s->segment.shmid = shmget(IPC_PRIVATE, (size_t)s->image->bytes_per_line * (size_t)s->image->height, IPC_CREAT | 0600);
  s->segment.shmaddr = s->image->data = shmat(s->segment.shmid, NULL, 0);
  s->segment.readOnly = False;
  XShmAttach(d, &s->segment);
  XSync(d, False);
  shmctl(s->segment.shmid, IPC_RMID, NULL);
}

static void grab(Display *d, View *s) { XShmGetImage(d, DefaultRootWindow(d), s->image, s->x, s->y, AllPlanes); }

static size_t pixel_count(const View *s) { return (size_t)s->image->bytes_per_line / 4 * (size_t)s->image->height; }

static const unsigned *pixels(const View *s) { return (const unsigned *)(const void *)s->image->data; }

static unsigned long hash_of(const View *s) {
  const unsigned *p = pixels(s);
  unsigned long hash = 1469598103934665603UL;
  for (size_t i = 0, n = pixel_count(s); i < n; i++) hash = (hash ^ (p[i] & 0xffffff)) * 1099511628211UL;
  return hash;
}

static int has_colour(const View *s, unsigned colour) {
  const unsigned *p = pixels(s);
  for (size_t i = 0, n = pixel_count(s); i < n; i++)
    if ((p[i] & 0xffffff) == colour) return 1;
  return 0;
}

static pid_t start_command(char **command) {
  pid_t pid = fork();
  if (pid != 0) return pid;
  setsid();
  int nothing = open("/dev/null", O_RDWR);
  for (int i = 0; i < 3; i++) dup2(nothing, i);
  execvp(command[0], command);
  _exit(127);
}

static void rest_ms(double ms) { usleep((useconds_t)(ms * 1000)); }

static int compare_colours(const void *a, const void *b) {
  unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;
  return x < y ? -1 : x > y;
}

typedef struct {
  int left, top, right, bottom;
} Box;

static Box changed_box(const unsigned *before, const unsigned *after, int width, int height) {
  Box box = {width, height, -1, -1};
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      if (((before[y * width + x] ^ after[y * width + x]) & 0xffffff) == 0) continue;
      if (x < box.left) box.left = x;
      if (x > box.right) box.right = x;
      if (y < box.top) box.top = y;
      if (y > box.bottom) box.bottom = y;
    }
  return box;
}

static unsigned *colours_in(const unsigned *picture, int width, Box box, size_t *count) {
  *count = (size_t)(box.right - box.left + 1) * (size_t)(box.bottom - box.top + 1);
  unsigned *list = malloc(*count * sizeof *list);
  size_t next = 0;
  for (int y = box.top; y <= box.bottom; y++)
    for (int x = box.left; x <= box.right; x++) list[next++] = picture[y * width + x] & 0xffffff;
  qsort(list, *count, sizeof *list, compare_colours);
  return list;
}

// The most frequent colour of `after` in the box that is not in `before` there and not black or white; -1 for none.
static long own_colour(const unsigned *before, const unsigned *after, int width, Box box) {
  size_t count, old_count;
  unsigned *new_colours = colours_in(after, width, box, &count);
  unsigned *old_colours = colours_in(before, width, box, &old_count);
  long best = -1;
  size_t best_run = 8;
  for (size_t start = 0; start < count;) {
    size_t end = start;
    while (end < count && new_colours[end] == new_colours[start]) end++;
    unsigned colour = new_colours[start];
    int plain = colour == 0 || colour == 0xffffff;
    if (!plain && end - start > best_run &&
        bsearch(&colour, old_colours, old_count, sizeof colour, compare_colours) == NULL) {
      best = (long)colour;
      best_run = end - start;
    }
    start = end;
  }
  free(new_colours);
  free(old_colours);
  return best;
}

static int learn(Display *d, int argc, char **argv) {
  int width = DisplayWidth(d, DefaultScreen(d)), height = DisplayHeight(d, DefaultScreen(d));
  const char *chord_text = option(argc, argv, "--chord", NULL), *dismiss = option(argc, argv, "--dismiss", NULL);
  char **command = command_of(argc, argv);
  View s = open_view(d, 0, 0, width, height);
  attach_view(d, &s);
  if (s.image->bytes_per_line != width * 4) fail("the display's lines are padded");
  grab(d, &s);
  size_t bytes = (size_t)width * (size_t)height * 4;
  unsigned *before = malloc(bytes);
  memcpy(before, s.image->data, bytes);
  pid_t pid = command != NULL ? start_command(command) : 0;
  if (pid == 0) {
    Chord chord = parse_chord(d, chord_text);
    chord_tap(d, &chord);
  }
  rest_ms(atof(option(argc, argv, "--settle", "1500")));
  grab(d, &s);
  Box box = changed_box(before, pixels(&s), width, height);
  long colour = -1;
  int full_height = box.bottom - box.top + 1;
  // A strip of few rows keeps one look at the screen well under a millisecond.
  int rows = atoi(option(argc, argv, "--rows", "120"));
  if (box.bottom - box.top >= rows) box.bottom = box.top + rows - 1;
  if (box.right > box.left) colour = own_colour(before, pixels(&s), width, box);
  if (dismiss != NULL) {
    Chord chord = parse_chord(d, dismiss);
    chord_tap(d, &chord);
    rest_ms(400);
  }
  if (colour < 0) {
    printf("{\"found\":false,\"pid\":%d}\n", (int)pid);
    return 0;
  }
  printf("{\"found\":true,\"region\":\"%d,%d,%d,%d\",\"colour\":\"%06lx\",\"height\":%d,\"pid\":%d}\n", box.left, box.top,
         box.right - box.left + 1, box.bottom - box.top + 1, (unsigned long)colour, full_height, (int)pid);
  return 0;
}

typedef struct {
  double map, paint, content, focus, echo, hidden;
} Times;

static void take_events(Display *d, double start, Times *times) {
  while (XPending(d)) {
    XEvent event;
    XNextEvent(d, &event);
    if (event.type != MapNotify || times->map >= 0) continue;
    double at = now_ms();
    XWindowAttributes a;
    if (XGetWindowAttributes(d, event.xmap.window, &a) && a.width > 50 && a.height > 12) times->map = at - start;
  }
}

// From a key press to the first changed pixel; the letter is taken back afterwards.
static double measure_echo(Display *d, View *s, const char *key) {
  KeySym symbol = XStringToKeysym(key);
  rest_ms(250);
  grab(d, s);
  unsigned long before = hash_of(s);
  double start = now_ms(), found = -1;
  tap_key(d, symbol);
  while (found < 0 && now_ms() - start < 1000) {
    grab(d, s);
    if (hash_of(s) != before) found = now_ms() - start;
    else usleep(100);
  }
  rest_ms(60);
  tap_key(d, XK_BackSpace);
  rest_ms(60);
  return found;
}

static double measure_hiding(Display *d, View *s, unsigned colour, Window first, int with_focus, const char *keys) {
  Chord chord = parse_chord(d, keys);
  double start = now_ms();
  chord_tap(d, &chord);
  while (now_ms() - start < 2000) {
    grab(d, s);
    if (!has_colour(s, colour) && (!with_focus || focused_window(d) == first)) return now_ms() - start;
    usleep(500);
  }
  return -1;
}

static int measure(Display *d, int argc, char **argv) {
  int x, y, width, height;
  const char *chord_text = option(argc, argv, "--chord", NULL), *echo_key = option(argc, argv, "--echo", NULL);
  const char *dismiss = option(argc, argv, "--dismiss", NULL);
  char **command = command_of(argc, argv);
  if (sscanf(option(argc, argv, "--region", ""), "%d,%d,%d,%d", &x, &y, &width, &height) != 4) fail("--region X,Y,W,H");
  unsigned colour = (unsigned)strtoul(option(argc, argv, "--colour", "0"), NULL, 16);
  double timeout = atof(option(argc, argv, "--timeout", "5000"));
  int with_focus = option(argc, argv, "--focus", NULL) != NULL;
  Chord chord = {.count = 0};
  if (command == NULL) chord = parse_chord(d, chord_text);
  View s = open_view(d, x, y, width, height);
  attach_view(d, &s);
  XSelectInput(d, DefaultRootWindow(d), SubstructureNotifyMask);
  XSync(d, False);
  grab(d, &s);
  if (has_colour(&s, colour)) fail("the colour is on the screen before the key");
  unsigned long empty = hash_of(&s);
  Window first = focused_window(d);
  Times times = {-1, -1, -1, -1, -1, -1};
  double start = now_ms();
  pid_t pid = 0;
  if (command != NULL) pid = start_command(command);
  else chord_down(d, &chord);
  while (now_ms() - start < timeout) {
    take_events(d, start, &times);
    grab(d, &s);
    double at = now_ms() - start;
    if (times.paint < 0 && hash_of(&s) != empty) times.paint = at;
    if (times.content < 0 && has_colour(&s, colour)) times.content = at;
    if (with_focus && times.focus < 0) {
      Window window = focused_window(d);
      if (window != first && window != None && window != PointerRoot) times.focus = now_ms() - start;
    }
    if (times.content >= 0 && (!with_focus || times.focus >= 0)) break;
    usleep(150);
  }
  if (command == NULL) chord_up(d, &chord);
  if (echo_key != NULL && times.content >= 0) times.echo = measure_echo(d, &s, echo_key);
  if (dismiss != NULL) {
    rest_ms(200);
    times.hidden = measure_hiding(d, &s, colour, first, with_focus, dismiss);
  }
  printf("{\"map\":%.2f,\"paint\":%.2f,\"content\":%.2f,\"focus\":%.2f,\"echo\":%.2f,\"hidden\":%.2f,\"pid\":%d}\n",
         times.map, times.paint, times.content, times.focus, times.echo, times.hidden, (int)pid);
  return 0;
}

int main(int argc, char **argv) {
  if (argc < 2) fail("learn or measure");
  Display *display = open_display();
  if (strcmp(argv[1], "learn") == 0) return learn(display, argc, argv);
  if (strcmp(argv[1], "measure") == 0) return measure(display, argc, argv);
  fail("learn or measure");
  return 2;
}
