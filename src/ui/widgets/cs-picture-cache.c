/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pictures out of files. Main thread, but for decode_cb() and what it calls, which run on threads that do nothing else: the
 * newest wish comes first, since what was wished before has often scrolled away.
 */
#include "config.h"
#include "ui/widgets/cs-picture-cache.h"

#include "creative-studio.h"

#define MAX_BYTES (96 * 1024 * 1024)
#define N_THREADS 2
#define MAX_PIXELS (100 * 1000 * 1000)
#define STEP 64 /* pixels: places of about the same size share a picture */

/* A picture that is kept. */
typedef struct
{
  char *key;
  GdkTexture *texture;
  GList link; /* in `newest`, by use */
} Entry;

/* A wish that is being fulfilled. */
typedef struct
{
  char *path;
  char *key;
  gboolean resource, cover;
  int width, height;
  guint64 number;
  gboolean is_too_large;
} Decoding;

static GHashTable *entries; /* key -> Entry */
static GQueue newest = G_QUEUE_INIT;
static gsize n_bytes;
static GThreadPool *pool;
static guint64 n_wishes;

static int
round_up (int pixels)
{
  return MAX ((pixels + STEP - 1) / STEP * STEP, STEP);
}

static char *
make_key (const CsPictureWish *wish)
{
  return g_strdup_printf ("%d×%d%c%s%s", round_up (wish->width), round_up (wish->height), wish->cover ? '+' : '-',
                          wish->resource ? "resource:" : "", wish->path);
}

static gsize
get_size (GdkTexture *texture)
{
  return (gsize) gdk_texture_get_width (texture) * gdk_texture_get_height (texture) * 4;
}

static void
drop (Entry *entry)
{
  g_queue_unlink (&newest, &entry->link);
  n_bytes -= get_size (entry->texture);
  g_hash_table_remove (entries, entry->key);
  g_object_unref (entry->texture);
  g_free (entry->key);
  g_free (entry);
}

static void
keep (const char *key, GdkTexture *texture)
{
  Entry *entry;

  if (entries == NULL)
    entries = g_hash_table_new (g_str_hash, g_str_equal);
  if (g_hash_table_contains (entries, key) || get_size (texture) > MAX_BYTES / 4)
    return;
  entry = g_new0 (Entry, 1);
  entry->key = g_strdup (key);
  entry->texture = g_object_ref (texture);
  entry->link.data = entry;
  g_hash_table_insert (entries, entry->key, entry);
  g_queue_push_head_link (&newest, &entry->link);
  n_bytes += get_size (texture);
  while (n_bytes > MAX_BYTES)
    drop (g_queue_peek_tail (&newest));
}

/** cs_picture_cache_peek: Returns: (transfer none) (nullable): the picture, when it is there already. */
GdkTexture *
cs_picture_cache_peek (const CsPictureWish *wish)
{
  g_autofree char *key = make_key (wish);
  Entry *entry = entries != NULL ? g_hash_table_lookup (entries, key) : NULL;

  if (entry == NULL)
    return NULL;
  g_queue_unlink (&newest, &entry->link);
  g_queue_push_head_link (&newest, &entry->link);
  return entry->texture;
}

/** cs_picture_cache_forget: Drops what was read from @path; the file is another now. */
void
cs_picture_cache_forget (const char *path)
{
  GList *next;

  for (GList *link = newest.head; link != NULL; link = next)
    {
      Entry *entry = link->data;

      next = link->next;
      if (g_str_has_suffix (entry->key, path))
        drop (entry);
    }
}

static void
decoding_free (gpointer data)
{
  Decoding *decoding = data;

  g_free (decoding->path);
  g_free (decoding->key);
  g_free (decoding);
}

/* No picture grows; one that covers its place is as large as its shorter side asks for. Of one with more pixels than any
 * creation has, nothing is decoded. */
static void
size_cb (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  Decoding *decoding = user_data;
  double x = (double) decoding->width / width;
  double y = (double) decoding->height / height;
  double scale = decoding->cover ? MAX (x, y) : MIN (x, y);

  decoding->is_too_large = (gint64) width * height > MAX_PIXELS;
  if (decoding->is_too_large)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  else if (scale < 1)
    gdk_pixbuf_loader_set_size (loader, MAX (width * scale, 1), MAX (height * scale, 1));
}

static GInputStream *
open_stream (Decoding *decoding, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (decoding->resource)
    return g_resources_open_stream (decoding->path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  file = g_file_new_for_path (decoding->path);
  return G_INPUT_STREAM (g_file_read (file, cancellable, error));
}

static gboolean
feed (GdkPixbufLoader *loader, GInputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *bytes = g_malloc (65536);
  gssize length;

  while ((length = g_input_stream_read (stream, bytes, 65536, cancellable, error)) > 0)
    if (!gdk_pixbuf_loader_write (loader, bytes, length, error))
      return FALSE;
  return length == 0;
}

static GdkPixbuf *
decode (Decoding *decoding, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = open_stream (decoding, cancellable, error);
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autoptr (GError) local = NULL;
  gboolean is_fed;

  if (stream == NULL)
    return NULL;
  loader = gdk_pixbuf_loader_new ();
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_cb), decoding);
  is_fed = feed (loader, stream, cancellable, &local);
  /* A loader is always closed; of two errors the first is the one to tell. */
  gdk_pixbuf_loader_close (loader, is_fed ? &local : NULL);
  if (decoding->is_too_large)
    g_set_error_literal (error, CS_ERROR, CS_ERROR_TOO_LARGE, _ ("This picture has too many pixels to be shown."));
  else if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    return gdk_pixbuf_apply_embedded_orientation (gdk_pixbuf_loader_get_pixbuf (loader));
  return NULL;
}

static void
decode_cb (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  pixbuf = decode (g_task_get_task_data (task), cancellable, &error);
  if (pixbuf == NULL)
    g_task_return_error (task, error);
  else
    /* In the pixels of the file: GTK 4.8 has quick ways for these, but not for those that it draws with. */
    g_task_return_pointer (task, gdk_texture_new_for_pixbuf (pixbuf), g_object_unref);
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Decoding *x = g_task_get_task_data ((GTask *) a);
  const Decoding *y = g_task_get_task_data ((GTask *) b);

  return x->number < y->number ? 1 : -1;
}

static GThreadPool *
get_pool (void)
{
  if (pool == NULL)
    {
      pool = g_thread_pool_new (decode_cb, NULL, N_THREADS, FALSE, NULL);
      g_thread_pool_set_sort_function (pool, compare_cb, NULL);
    }
  return pool;
}

/** cs_picture_cache_load_async: Reads and decodes the picture, and keeps it for those who wish for the same. */
void
cs_picture_cache_load_async (const CsPictureWish *wish, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Decoding *decoding = g_new0 (Decoding, 1);

  decoding->path = g_strdup (wish->path);
  decoding->key = make_key (wish);
  decoding->resource = wish->resource;
  decoding->cover = wish->cover;
  decoding->width = round_up (wish->width);
  decoding->height = round_up (wish->height);
  decoding->number = n_wishes++;
  g_task_set_source_tag (task, cs_picture_cache_load_async);
  g_task_set_task_data (task, decoding, decoding_free);
  g_thread_pool_push (get_pool (), task, NULL);
}

/** cs_picture_cache_load_finish: Returns: (transfer full): the picture. */
GdkTexture *
cs_picture_cache_load_finish (GAsyncResult *result, GError **error)
{
  Decoding *decoding;
  GdkTexture *texture;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_picture_cache_load_async), NULL);

  decoding = g_task_get_task_data (G_TASK (result));
  texture = g_task_propagate_pointer (G_TASK (result), error);
  if (texture != NULL)
    keep (decoding->key, texture);
  return texture;
}
