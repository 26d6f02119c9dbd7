/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-library.h"

#include "library/cs-creation-store.h"
#include "media/cs-sketch-renderer.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#define N_PICTURES 8
#define DECK_FILE "shared.md"
#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

/* What the pictures show; Sketch draws them. */
static const char *const titles[N_PICTURES] = {
  "A lighthouse at dusk, waves breaking on the rocks", "White houses of the Casbah of Algiers",
  "A small robot waters a plant",                      "Sun to spare: solar energy in the Sahara",
  "Northern lights above a mountain cabin",            "A caravan crosses the great dunes",
  "A dhow sails home under a red sky",                 "Neon city seen from the harbour",
};

/* Who makes what, in turns. */
static const struct { CsKind kind; const char *provider; const char *model; CsMoney cost; } makers[] = {
  { CS_KIND_VIDEO, "piapi", "piapi/wan-2.2", 280000 },       { CS_KIND_IMAGE, "replicate", "replicate/flux-schnell", 3000 },
  { CS_KIND_VIDEO, "piapi", "piapi/wan-2.6", 400000 },       { CS_KIND_DECK, "ollama", "ollama/qwen2.5", 0 },
  { CS_KIND_VIDEO, "replicate", "replicate/video-01", 500000 }, { CS_KIND_IMAGE, "sketch", "sketch/image", 0 },
};

static char *
build (UiFixture *self, const char *folder, guint n, guint n_files)
{
  g_autofree char *name = n < n_files ? g_strdup_printf ("own-%u.png", n) : g_strdup_printf ("shared-%u.png", n % N_PICTURES);

  return folder != NULL ? g_build_filename (folder, name, NULL) : g_steal_pointer (&name);
}

static void
draw_with_sketch (guint n, const char *path)
{
  CsSketchOrder *order = g_new0 (CsSketchOrder, 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsSketchResult) drawn = NULL;
  g_autoptr (GError) error = NULL;

  order->kind = CS_KIND_IMAGE;
  order->prompt = g_strdup (titles[n]);
  order->style = n % CS_N_STYLES;
  order->aspect = CS_ASPECT_16_9;
  order->seed = 40 + n;
  order->path = g_strdup (path);
  cs_sketch_render_async (order, NULL, NULL, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  drawn = cs_sketch_render_finish (result, &error);
  g_assert_no_error (error);
}

/* A picture of one colour, in no time. */
static void
draw_quickly (guint n, const char *path)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 1344, 768);
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_fill (pixbuf, 0x30486000 + n * 0x18100800);
  gdk_pixbuf_save (pixbuf, path, "png", &error, "compression", "1", NULL);
  g_assert_no_error (error);
}

/* Somebody looks at the pages: CS_TEST_SCENES names a folder of pictures, or Sketch draws some. */
static void
draw (guint n, const char *path)
{
  const char *folder = g_getenv ("CS_TEST_SCENES");
  g_autofree char *file = g_strdup_printf ("%u.jpg", n);
  g_autofree char *scene = folder != NULL ? g_build_filename (folder, file, NULL) : NULL;
  g_autoptr (GdkPixbuf) pixbuf = scene != NULL ? gdk_pixbuf_new_from_file (scene, NULL) : NULL;

  if (pixbuf != NULL)
    gdk_pixbuf_save (pixbuf, path, "png", NULL, NULL);
  else if (g_getenv ("CS_TEST_SHOTS") != NULL)
    draw_with_sketch (n, path);
  else
    draw_quickly (n, path);
}

/* What every presentation says. */
static void
write_deck (UiFixture *self)
{
  static const char markdown[] = "# Sun to spare\n\nSolar energy in the Sahara\n\n---\n\n## One hour of sun\n\n- More than a year’s needs\n";
  g_autofree char *path = g_build_filename (cs_paths_get_creations (cs_engine_get_paths (self->engine)), DECK_FILE, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, markdown, -1, &error);
  g_assert_no_error (error);
}

static void
copy (const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_file_copy (from, to, TRUE, NULL, &error));
  g_assert_no_error (error);
}

static void
make_pictures (UiFixture *self, guint n_files)
{
  const char *masters = cs_paths_get_creations (cs_engine_get_paths (self->engine));
  const char *thumbnails = cs_paths_get_thumbnails (cs_engine_get_paths (self->engine));

  for (guint n = 0; n < N_PICTURES; n++)
    {
      g_autofree char *master = build (self, masters, n, 0);
      g_autofree char *thumbnail = build (self, thumbnails, n, 0);
      g_autoptr (GdkPixbuf) pixbuf = NULL;
      g_autoptr (GError) error = NULL;

      draw (n, master);
      pixbuf = gdk_pixbuf_new_from_file_at_scale (master, 640, 640, TRUE, &error);
      g_assert_no_error (error);
      gdk_pixbuf_save (pixbuf, thumbnail, "png", &error, "compression", "3", NULL);
      g_assert_no_error (error);
    }
  for (guint n = 0; n < n_files; n++)
    {
      g_autofree char *from = build (self, masters, n, 0);
      g_autofree char *to = build (self, masters, n, n_files);
      g_autofree char *from_thumbnail = build (self, thumbnails, n, 0);
      g_autofree char *to_thumbnail = build (self, thumbnails, n, n_files);

      copy (from, to);
      copy (from_thumbnail, to_thumbnail);
    }
}

/* What is filled. */
typedef struct
{
  UiFixture *fixture;
  guint n, n_files;
  gint64 now;
  char *hashes[N_PICTURES];
  goffset sizes[N_PICTURES];
} Filling;

static CsCreationFacts *
make_facts (Filling *filling, guint n)
{
  CsCreationFacts *facts = cs_creation_facts_new ();
  guint maker = n % G_N_ELEMENTS (makers);

  facts->id = cs_id_new ();
  facts->job_id = g_strdup (facts->id);
  facts->kind = makers[maker].kind;
  facts->title = n < N_PICTURES ? g_strdup (titles[n]) : g_strdup_printf ("%s, number%u", titles[n % N_PICTURES], n);
  facts->prompt = g_strdup_printf ("%s, golden hour, long soft shadows, calm bay, 35 mm, photorealistic", titles[n % N_PICTURES]);
  facts->original_prompt = g_strdup (titles[n % N_PICTURES]);
  facts->notes = g_strdup ("");
  facts->provider = g_strdup (makers[maker].provider);
  facts->model = g_strdup (makers[maker].model);
  facts->style = g_strdup (cs_style_to_string (n % CS_N_STYLES));
  facts->duration = facts->kind == CS_KIND_VIDEO ? 5 + n % 5 : 0;
  facts->num_slides = facts->kind == CS_KIND_DECK ? 6 : 0;
  facts->width = 1344;
  facts->height = 768;
  facts->seed = 48213 + n;
  facts->has_seed = TRUE;
  facts->file = build (filling->fixture, NULL, n, filling->n_files);
  if (facts->kind == CS_KIND_DECK)
    facts->markdown_file = g_strdup (DECK_FILE);
  else
    facts->thumbnail = g_strdup (facts->file);
  facts->mime_type = g_strdup (facts->kind == CS_KIND_VIDEO ? "video/mp4" : facts->kind == CS_KIND_DECK ? "text/html" : "image/png");
  facts->sha256 = g_strdup (filling->hashes[n % N_PICTURES]);
  facts->size = filling->sizes[n % N_PICTURES];
  facts->cost = makers[maker].cost;
  facts->source = g_str_equal (facts->provider, "sketch") ? CS_SOURCE_DIGITAL_CREATION : CS_SOURCE_TRAINED_ALGORITHMIC_MEDIA;
  facts->favourite = n % 4 == 0;
  facts->created_at = filling->now - (n + 2) * MINUTE;
  return facts;
}

static gpointer
fill_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Filling *filling = data;

  for (guint n = 0; n < filling->n; n++)
    {
      g_autoptr (CsCreationFacts) facts = make_facts (filling, n);

      if (!cs_creation_store_insert (database, facts, error))
        return NULL;
    }
  return NULL;
}

void
ui_library_fill (UiFixture *self, guint n, guint n_files)
{
  Filling filling = { self, n, n_files, cs_clock_now () };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  make_pictures (self, n_files);
  write_deck (self);
  for (guint i = 0; i < N_PICTURES; i++)
    {
      g_autofree char *path = build (self, cs_paths_get_creations (cs_engine_get_paths (self->engine)), i, 0);

      filling.hashes[i] = cs_file_hash (path, &filling.sizes[i], NULL, &error);
      g_assert_no_error (error);
    }
  cs_store_run_async (cs_engine_get_store (self->engine), CS_STORE_WRITE, fill_func, &filling, NULL, NULL, NULL, cs_test_keep_result,
                      &result);
  cs_test_wait_result (&result);
  cs_store_run_finish (cs_engine_get_store (self->engine), result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_PICTURES; i++)
    g_free (filling.hashes[i]);
  cs_library_notify (ui_get_library (self), NULL);
}

CsCreation *
ui_library_get (UiFixture *self, guint n)
{
  CsLibraryQuery query = { .limit = n + 1 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsLibraryPage) page = NULL;

  cs_library_list_async (ui_get_library (self), &query, NULL, cs_test_keep_result, &result);
  ui_wait_result (&result);
  page = cs_library_list_finish (ui_get_library (self), result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->creations->len, ==, n + 1);
  return g_object_ref (page->creations->pdata[n]);
}

char *
ui_library_dup_id (UiFixture *self, guint n)
{
  g_autoptr (CsCreation) creation = ui_library_get (self, n);

  return g_strdup (cs_creation_get_id (creation));
}

void
ui_library_change (UiFixture *self, const char *sql)
{
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open (cs_paths_get_database (cs_engine_get_paths (self->engine)), &database), ==, SQLITE_OK);
  sqlite3_busy_timeout (database, CS_TEST_PATIENCE * 1000);
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
}
