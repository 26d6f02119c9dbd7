/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * first-frame PROGRAM ARGS...: starts a program and looks from outside, as a person does, at what comes up on the X server.
 * Prints one line of JSON, in milliseconds from the start of the process: {"mapped":N,"first":N,"work":N,"settled":N}. "first"
 * is when the window first held a picture and not one plain colour, "work" how long the program's threads had been on a
 * processor until then, which a busy machine does not change much; "settled" is the last change that was more than a blink.
 * The program is ended then. Nothing is asked of the program: any is measured in the same way.
 */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/Xdamage.h>

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE 60000 /* milliseconds */
#define QUIET 1500     /* nothing changed for so long: it has settled */
#define LEAST_SIZE 200 /* pixels: what is smaller is no window of a program */
#define BLINK 0.01     /* share of the window: a caret, a spinner */
#define LEAST_COLOURS 24
#define STEP 3         /* pixels between those that are looked at */

/* One look at one program. Times are milliseconds since it was started; 0: not yet. */
typedef struct
{
  Display *display;
  int damage_event;
  pid_t child;
  Window window;
  int width, height;
  double started, mapped, first, work, settled;
} Look;

static double
get_now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000.0 + time.tv_nsec / 1e6;
}

/* A window may be gone before it is looked at. */
static int
ignore_error (Display *display, XErrorEvent *event)
{
  return 0;
}

static pid_t
start (char **argv)
{
  pid_t child = fork ();

  if (child != 0)
    return child;
  execvp (argv[0], argv);
  perror (argv[0]);
  _exit (127);
}

/* Milliseconds that the threads of a process were on a processor. */
static double
get_work (pid_t process)
{
  char path[400];
  struct dirent *entry;
  DIR *tasks;
  double work = 0;

  snprintf (path, sizeof path, "/proc/%d/task", (int) process);
  tasks = opendir (path);
  while (tasks != NULL && (entry = readdir (tasks)) != NULL)
    {
      unsigned long long nanoseconds = 0;
      FILE *file;

      snprintf (path, sizeof path, "/proc/%d/task/%s/schedstat", (int) process, entry->d_name);
      file = entry->d_name[0] != '.' ? fopen (path, "r") : NULL;
      if (file != NULL && fscanf (file, "%llu", &nanoseconds) == 1)
        work += nanoseconds / 1e6;
      if (file != NULL)
        fclose (file);
    }
  if (tasks != NULL)
    closedir (tasks);
  return work;
}

/* Whether the window holds more colours than an empty one would. */
static int
has_picture (Look *look)
{
  XImage *image = XGetImage (look->display, look->window, 0, 0, look->width, look->height, AllPlanes, ZPixmap);
  uint32_t colours[LEAST_COLOURS];
  int n = 0;

  if (image == NULL)
    return 0;
  for (int y = 0; y < image->height && n < LEAST_COLOURS && image->bits_per_pixel == 32; y += STEP)
    for (int x = 0; x < image->width && n < LEAST_COLOURS; x += STEP)
      {
        uint32_t colour;
        int i = 0;

        memcpy (&colour, image->data + (size_t) y * image->bytes_per_line + (size_t) x * 4, 4);
        colour &= 0xffffff;
        while (i < n && colours[i] != colour)
          i++;
        if (i == n)
          colours[n++] = colour;
      }
  XDestroyImage (image);
  return n == LEAST_COLOURS;
}

/* What the program did until then is asked at once: it goes on. */
static void
look_for_picture (Look *look, double now)
{
  double work = get_work (look->child);

  if (!has_picture (look))
    return;
  look->first = look->settled = now;
  look->work = work;
}

static void
see_window (Look *look, Window window, double now)
{
  XWindowAttributes attributes;

  if (!XGetWindowAttributes (look->display, window, &attributes) || attributes.override_redirect
      || attributes.map_state != IsViewable || attributes.width < LEAST_SIZE || attributes.height < LEAST_SIZE)
    return;
  look->window = window;
  look->width = attributes.width;
  look->height = attributes.height;
  look->mapped = now;
  XDamageCreate (look->display, window, XDamageReportRawRectangles);
  XSelectInput (look->display, window, StructureNotifyMask);
  /* It may have been drawn before it was watched. */
  look_for_picture (look, now);
}

static void
see_change (Look *look, const XDamageNotifyEvent *event, double now)
{
  if (look->first == 0)
    look_for_picture (look, now);
  else if ((double) event->area.width * event->area.height > BLINK * look->width * look->height)
    look->settled = now;
}

static void
handle (Look *look, XEvent *event)
{
  double now = get_now () - look->started;

  if (event->type == MapNotify && look->window == None)
    see_window (look, event->xmap.window, now);
  else if (event->type == ConfigureNotify && event->xconfigure.window == look->window)
    {
      look->width = event->xconfigure.width;
      look->height = event->xconfigure.height;
    }
  else if (event->type == look->damage_event + XDamageNotify)
    see_change (look, (XDamageNotifyEvent *) event, now);
}

static int
is_over (Look *look)
{
  double now = get_now () - look->started;

  return now > PATIENCE || (look->first > 0 && now > look->settled + QUIET);
}

static void
watch (Look *look)
{
  struct pollfd fd = { ConnectionNumber (look->display), POLLIN, 0 };
  XEvent event;

  while (!is_over (look))
    {
      if (XPending (look->display) == 0)
        poll (&fd, 1, 10);
      while (XPending (look->display) > 0)
        {
          XNextEvent (look->display, &event);
          handle (look, &event);
        }
    }
}

static void
end (pid_t child)
{
  kill (child, SIGTERM);
  while (waitpid (child, NULL, 0) < 0 && errno == EINTR)
    ;
}

int
main (int argc, char **argv)
{
  Look look = { .display = XOpenDisplay (NULL) };
  int error_base;

  if (argc < 2 || look.display == NULL || !XDamageQueryExtension (look.display, &look.damage_event, &error_base))
    {
      fprintf (stderr, "first-frame PROGRAM ARGS..., with an X server that has the damage extension\n");
      return 2;
    }
  XSetErrorHandler (ignore_error);
  XSelectInput (look.display, DefaultRootWindow (look.display), SubstructureNotifyMask);
  XSync (look.display, False);
  look.started = get_now ();
  look.child = start (argv + 1);
  watch (&look);
  end (look.child);
  XCloseDisplay (look.display);
  if (look.first == 0)
    {
      fprintf (stderr, "No window with a picture came up.\n");
      return 1;
    }
  printf ("{\"mapped\": %.1f, \"first\": %.1f, \"work\": %.1f, \"settled\": %.1f}\n", look.mapped, look.first, look.work,
          look.settled);
  return 0;
}
