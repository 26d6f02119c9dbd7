/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ids of creations and jobs: ULIDs, 48 bits of time in milliseconds and 80 random bits, as 26 characters that
 * sort by age. Within a process each is greater than the one before, from any thread.
 */
#include "config.h"
#include "core/cs-id.h"

#include "core/cs-clock.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define N_RANDOM 10
#define MAX_TIME ((G_GINT64_CONSTANT (1) << 48) - 1)

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static struct
{
  GMutex mutex;
  gint64 time;             /* milliseconds */
  guint8 random[N_RANDOM]; /* big endian */
  pid_t process;           /* a forked child must not go on counting where its parent does */
} last;

static void
fill_random (guint8 *bytes, gsize length)
{
  gsize done = 0;

  while (done < length)
    {
      ssize_t got = getrandom (bytes + done, length - done, 0);

      if (got > 0)
        done += got;
      else if (errno != EINTR)
        g_error ("This system gives no random numbers: %s", g_strerror (errno));
    }
}

/* Adds one; FALSE when it ran over. */
static gboolean
increment (guint8 *bytes)
{
  for (int i = N_RANDOM - 1; i >= 0; i--)
    if (++bytes[i] != 0)
      return TRUE;
  return FALSE;
}

static void
take_next (gint64 *time, guint8 random[N_RANDOM])
{
  gint64 now = CLAMP (cs_clock_now () / 1000, 0, MAX_TIME);

  g_mutex_lock (&last.mutex);
  if (now > last.time || last.process != getpid ())
    {
      last.time = MAX (now, last.time);
      last.process = getpid ();
      fill_random (last.random, N_RANDOM);
    }
  else if (!increment (last.random))
    {
      last.time++;
      fill_random (last.random, N_RANDOM);
    }
  *time = last.time;
  memcpy (random, last.random, N_RANDOM);
  g_mutex_unlock (&last.mutex);
}

/**
 * cs_id_new:
 *
 * Returns: (transfer full): a new id of %CS_ID_LENGTH characters.
 */
char *
cs_id_new (void)
{
  guint8 random[N_RANDOM];
  char *id = g_malloc (CS_ID_LENGTH + 1);
  gint64 time;

  take_next (&time, random);
  for (int i = 9; i >= 0; i--, time >>= 5)
    id[i] = alphabet[time & 31];
  for (int i = 0; i < 16; i++)
    {
      int bit = i * 5;
      int pair = random[bit / 8] << 8 | (bit / 8 + 1 < N_RANDOM ? random[bit / 8 + 1] : 0);

      id[10 + i] = alphabet[pair >> (11 - bit % 8) & 31];
    }
  id[CS_ID_LENGTH] = '\0';
  return id;
}

/**
 * cs_id_is_valid:
 * @text: (nullable): anything
 *
 * Returns: whether @text has the form of an id: 26 upper-case characters of Crockford's alphabet, the time in
 * range.
 */
gboolean
cs_id_is_valid (const char *text)
{
  if (text == NULL || strnlen (text, CS_ID_LENGTH + 1) != CS_ID_LENGTH || text[0] > '7')
    return FALSE;
  return strspn (text, alphabet) == CS_ID_LENGTH;
}

/**
 * cs_id_get_time:
 *
 * Returns: when @id was made, in microseconds since the epoch (to the millisecond); -1 when @id is no id.
 */
gint64
cs_id_get_time (const char *id)
{
  gint64 time = 0;

  if (!cs_id_is_valid (id))
    return -1;
  for (int i = 0; i < 10; i++)
    time = time << 5 | (strchr (alphabet, id[i]) - alphabet);
  return time * 1000;
}
