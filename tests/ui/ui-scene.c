/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-scene.h"

#define WIDTH 1180
#define NARROW 400
#define HEIGHT 780
#define KEY "canary0123456789abcdef"

static const char *const key_names[] = { "PIAPI_KEY", "REPLICATE_API_TOKEN", "HF_API_TOKEN", "GROQ_API_KEY" };

static void
set_keys (const char *const *keys)
{
  for (guint i = 0; i < G_N_ELEMENTS (key_names); i++)
    if (keys != NULL && g_strv_contains (keys, key_names[i]))
      g_setenv (key_names[i], KEY, TRUE);
    else
      g_unsetenv (key_names[i]);
}

/* The first engine of a process took its keys before the test began. */
void
ui_scene_give_keys (UiScene *self, const char *const *keys)
{
  CsKeys *known = cs_engine_get_keys (self->fixture->engine);

  set_keys (keys);
  cs_keys_read_environment (known);
  g_signal_emit_by_name (known, "changed");
}

/* No language model is there. */
static void
set_environment (CsFakeServer *server)
{
  g_autofree char *closed = cs_fake_server_dup_closed_base (server, "ollama");

  cs_fake_server_set_environment (server);
  g_setenv ("OLLAMA_HOST", closed, TRUE);
  g_setenv ("CREATIVE_STUDIO_POLL_MS", "50", TRUE);
}

static void
show_page (UiScene *self, CsKind kind, int width)
{
  self->page = g_object_new (CS_TYPE_CREATE_PAGE, "kind", kind, NULL);
  cs_create_page_set_studio (self->page, self->fixture->studio);
  ui_show (self->fixture, GTK_WIDGET (self->page), width, HEIGHT);
}

static UiScene *
make_scene (void)
{
  UiScene *self = g_new0 (UiScene, 1);

  self->server = cs_fake_server_new (NULL);
  set_environment (self->server);
  return self;
}

/* @self: (transfer full): with its environment as it shall be */
static UiScene *
open_scene (UiScene *self, CsKind kind, const char *const *keys, int width)
{
  self->fixture = ui_open ();
  ui_scene_give_keys (self, keys);
  show_page (self, kind, width);
  return self;
}

UiScene *
ui_scene_open (CsKind kind, const char *const *keys)
{
  return open_scene (make_scene (), kind, keys, WIDTH);
}

UiScene *
ui_scene_open_narrow (CsKind kind, const char *const *keys)
{
  return open_scene (make_scene (), kind, keys, NARROW);
}

UiScene *
ui_scene_open_writing (CsKind kind, const char *const *keys, const char *words)
{
  UiScene *self = make_scene ();
  g_autofree char *base = cs_fake_server_dup_base (self->server, "ollama");

  g_setenv ("OLLAMA_HOST", base, TRUE);
  cs_fake_server_set_text (self->server, "ollama", words);
  return open_scene (self, kind, keys, WIDTH);
}

UiScene *
ui_scene_open_offline (CsKind kind, const char *const *keys)
{
  UiScene *self = make_scene ();
  g_autofree char *base = cs_fake_server_dup_closed_base (self->server, "piapi");

  g_setenv ("PIAPI_BASE_URL", base, TRUE);
  return open_scene (self, kind, keys, WIDTH);
}

void
ui_scene_close (UiScene *self)
{
  ui_close (self->fixture);
  cs_fake_server_free (self->server);
  g_free (self);
}

static void
make (UiScene *self, CsKind kind, const char *prompt, CsMoney most, guint count, gboolean screenwriter)
{
  g_autoptr (CsBrief) brief = cs_brief_new (kind);
  g_autoptr (GError) error = NULL;

  brief->prompt = g_strdup (prompt);
  brief->screenwriter = screenwriter;
  brief->max_cost = most;
  cs_brief_check (brief, &error);
  g_assert_no_error (error);
  cs_create_page_make (self->page, brief, count);
}

void
ui_scene_make (UiScene *self, CsKind kind, const char *prompt, CsMoney most, guint count)
{
  make (self, kind, prompt, most, count, FALSE);
}

void
ui_scene_rewrite (UiScene *self, const char *prompt, CsMoney most)
{
  make (self, CS_KIND_VIDEO, prompt, most, 1, TRUE);
}

CsJob *
ui_scene_get_job (UiScene *self)
{
  GListModel *jobs = cs_studio_get_jobs (self->fixture->studio);
  g_autoptr (CsJob) job = g_list_model_get_item (jobs, g_list_model_get_n_items (jobs) - 1);

  g_assert_nonnull (job);
  return job;
}

/* Looking */

typedef struct
{
  UiScene *scene;
  const char *name;
} Wanted;

static gboolean
is_page_cb (gpointer user_data)
{
  Wanted *wanted = user_data;
  GtkWidget *stack = ui_find (GTK_WIDGET (wanted->scene->page), GTK_TYPE_STACK, "stage");

  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (stack)), wanted->name) == 0;
}

void
ui_scene_wait_page (UiScene *self, const char *name)
{
  Wanted wanted = { self, name };

  ui_wait (is_page_cb, &wanted);
}

static gboolean
begins (GtkWidget *label, const char *words)
{
  return GTK_IS_LABEL (label) && gtk_widget_get_mapped (label) && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (label)), words);
}

static GtkWidget *
find_words (GtkWidget *root, const char *words)
{
  if (begins (root, words))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_words (child, words);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_words_cb (gpointer user_data)
{
  Wanted *wanted = user_data;

  return find_words (GTK_WIDGET (wanted->scene->page), wanted->name) != NULL;
}

void
ui_scene_wait_words (UiScene *self, const char *words)
{
  Wanted wanted = { self, words };

  ui_wait (has_words_cb, &wanted);
}

GtkWidget *
ui_scene_find_button (UiScene *self, const char *words)
{
  GtkWidget *stage = ui_find (GTK_WIDGET (self->page), GTK_TYPE_STACK, "stage");
  GtkWidget *label = find_words (gtk_stack_get_visible_child (GTK_STACK (stage)), words);

  return label != NULL ? gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON) : NULL;
}

void
ui_scene_click (UiScene *self, const char *words)
{
  GtkWidget *button = ui_scene_find_button (self, words);

  if (button == NULL)
    g_error ("There is no button “%s”", words);
  ui_click (button);
}

/* Dialogs */

static AdwMessageDialog *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_visible (l->data))
      return l->data;
  return NULL;
}

gboolean
ui_scene_has_dialog (UiScene *self)
{
  return find_dialog () != NULL;
}

void
ui_scene_answer (UiScene *self, const char *response)
{
  AdwMessageDialog *dialog = find_dialog ();

  g_assert_nonnull (dialog);
  adw_message_dialog_response (dialog, response);
  gtk_window_close (GTK_WINDOW (dialog));
}
