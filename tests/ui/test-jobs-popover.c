/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The jobs: how they are counted, ordered and decided about, and that a thousand of them keep nobody waiting. */
#include "config.h"

#include "ui-scene.h"


#include "ui/jobs/cs-job-item.h"
#include "ui/jobs/cs-jobs-button.h"
#include "ui/jobs/cs-jobs-list.h"

#define PRICE 280000
#define ANY CS_N_WAITINGS /* whatever it waits for, if anything */

static const char *const piapi[] = { "PIAPI_KEY", NULL };

/* The button alone in a window, over the same studio as the page that made the jobs. */
typedef struct
{
  CsFakeServer *server;
  UiFixture *fixture;
  CsJobsButton *button;
} Scene;

static void
set_environment (CsFakeServer *server)
{
  g_autofree char *closed = cs_fake_server_dup_closed_base (server, "ollama");

  cs_fake_server_set_environment (server);
  g_setenv ("OLLAMA_HOST", closed, TRUE);
  g_setenv ("CREATIVE_STUDIO_POLL_MS", "50", TRUE);
}

static void
give_keys (Scene *scene, const char *const *keys)
{
  UiScene shared = { .fixture = scene->fixture };

  ui_scene_give_keys (&shared, keys);
}

static Scene *
open_scene (const char *const *keys)
{
  Scene *scene = g_new0 (Scene, 1);

  scene->server = cs_fake_server_new (NULL);
  set_environment (scene->server);
  scene->fixture = ui_open ();
  give_keys (scene, keys);
  return scene;
}

static void
show (Scene *scene)
{
  GtkWidget *button = cs_jobs_button_new ();

  cs_jobs_button_set_studio (CS_JOBS_BUTTON (button), scene->fixture->studio);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  scene->button = CS_JOBS_BUTTON (button);
  ui_show (scene->fixture, button, 500, 700);
}

static void
close_scene (Scene *scene)
{
  gtk_popover_popdown (GTK_POPOVER (ui_find (GTK_WIDGET (scene->button), GTK_TYPE_POPOVER, NULL)));
  ui_settle (scene->fixture);
  ui_close (scene->fixture);
  cs_fake_server_free (scene->server);
  g_free (scene);
}

static GPtrArray *
make_briefs (const char *prompt, const char *model, guint n)
{
  GPtrArray *briefs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_brief_free);

  for (guint i = 0; i < n; i++)
    {
      CsBrief *brief = cs_brief_new (CS_KIND_VIDEO);

      brief->prompt = g_strdup_printf ("%s %u", prompt, i + 1);
      brief->model = g_strdup (model);
      brief->screenwriter = FALSE;
      brief->max_cost = PRICE;
      g_ptr_array_add (briefs, brief);
    }
  return briefs;
}

/* Returns: (transfer full): one of them. */
static CsJob *
add (Scene *scene, const char *prompt, const char *model, guint n)
{
  g_autoptr (GPtrArray) briefs = make_briefs (prompt, model, n);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cs_job_queue_add_async (cs_engine_get_queue (scene->fixture->engine), briefs, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  jobs = cs_job_queue_add_finish (cs_engine_get_queue (scene->fixture->engine), result, &error);
  g_assert_no_error (error);
  return g_object_ref (jobs->pdata[0]);
}

typedef struct
{
  CsJob *job;
  CsJobState state;
  CsWaiting waiting;
} Wanted;

static gboolean
is_as_wanted_cb (gpointer user_data)
{
  const Wanted *wanted = user_data;
  const CsJobFacts *facts = cs_job_get_facts (wanted->job);

  return facts->state == wanted->state && (wanted->waiting == ANY || facts->waiting == wanted->waiting);
}

static void
wait_job (CsJob *job, CsJobState state, CsWaiting waiting)
{
  Wanted wanted = { job, state, waiting };

  ui_wait (is_as_wanted_cb, &wanted);
}

static gboolean
begins (GtkWidget *widget, const char *words)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (widget)), words);
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
  const gpointer *wanted = user_data;

  return find_words (wanted[0], wanted[1]) != NULL;
}

static void
wait_words (Scene *scene, const char *words)
{
  gconstpointer wanted[] = { scene->button, words };

  ui_wait (has_words_cb, wanted);
}

static void
click (Scene *scene, const char *words)
{
  GtkWidget *label = find_words (GTK_WIDGET (scene->button), words);

  g_assert_nonnull (label);
  ui_click (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON));
}

static void
answer (Scene *scene, const char *response)
{
  UiScene shared = { .fixture = scene->fixture };

  ui_scene_answer (&shared, response);
}

static void
test_empty (void)
{
  Scene *scene = open_scene (NULL);

  show (scene);
  cs_jobs_button_popup (scene->button);
  wait_words (scene, "Nothing is running");
  wait_words (scene, "Nothing finished today");
  ui_check_names (GTK_WIDGET (scene->button));
  click (scene, "Show in Gallery");
  ui_wait_asked (scene->fixture, "page: 'gallery'");
  close_scene (scene);
}

/* The list is a surface of its own. */
static void
shoot_popover (Scene *scene, const char *name)
{
  const char *folder = g_getenv ("CS_TEST_SHOTS");
  GtkWidget *popover = ui_find (GTK_WIDGET (scene->button), GTK_TYPE_POPOVER, NULL);
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, file, NULL) : NULL;
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (popover);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  if (path == NULL)
    return;
  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (popover)), node, NULL);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static CsJob *
get_row (Scene *scene, guint n)
{
  GtkWidget *view = ui_find (GTK_WIDGET (scene->button), GTK_TYPE_LIST_VIEW, NULL);
  GtkWidget *row = gtk_widget_get_first_child (view);

  for (guint i = 0; i < n && row != NULL; i++)
    row = gtk_widget_get_next_sibling (row);
  g_assert_nonnull (row);
  return cs_job_item_get_job (CS_JOB_ITEM (gtk_widget_get_first_child (row)));
}

/* What needs somebody is first, then what is under way. */
static void
test_order (void)
{
  Scene *scene = open_scene (piapi);
  g_autoptr (CsJob) running = NULL;
  g_autoptr (CsJob) uncertain = NULL;
  g_autoptr (CsJob) refused = NULL;

  cs_fake_server_set_usual (scene->server, "piapi", "get", "status:processing");
  show (scene);
  running = add (scene, "a path through tall pines", NULL, 1);
  wait_job (running, CS_JOB_RENDERING, ANY);
  cs_fake_server_script (scene->server, "piapi", "create", "lost");
  uncertain = add (scene, "a dhow sails home", NULL, 1);
  wait_job (uncertain, CS_JOB_UNCERTAIN, ANY);
  cs_fake_server_script (scene->server, "piapi", "create", "400");
  refused = add (scene, "storm over a lighthouse", NULL, 1);
  wait_job (refused, CS_JOB_QUOTED, CS_WAITING_CONSENT);
  cs_jobs_button_popup (scene->button);
  wait_words (scene, "May have been billed, $0.28");
  wait_words (scene, "PiAPI refused this prompt");
  wait_words (scene, "Retry with PiAPI · $0.40");
  wait_words (scene, "Rendering");
  wait_words (scene, "· $0.56 on hold");
  g_assert_true (get_row (scene, 2) == running);
  ui_check_names (GTK_WIDGET (scene->button));
  ui_settle (scene->fixture);
  shoot_popover (scene, "jobs-popover");
  cs_fake_server_set_usual (scene->server, "piapi", "get", "ok");
  click (scene, "Retry with PiAPI · $0.40");
  wait_job (refused, CS_JOB_DONE, ANY);
  wait_job (running, CS_JOB_DONE, ANY);
  click (scene, "Give Up…");
  answer (scene, "yes");
  wait_job (uncertain, CS_JOB_FAILED, ANY);
  cs_jobs_button_popup (scene->button);
  wait_words (scene, "You stopped looking");
  close_scene (scene);
}

/* Without a key it says so, with the way to one; Delete ends it. */
static void
test_no_key (void)
{
  Scene *scene = open_scene (NULL);
  g_autoptr (CsJob) job = NULL;
  GtkWidget *item;

  show (scene);
  job = add (scene, "a harbour", "piapi/wan-2.2", 1);
  wait_job (job, CS_JOB_QUOTED, CS_WAITING_NO_KEY);
  cs_jobs_button_popup (scene->button);
  wait_words (scene, "A key is needed");
  click (scene, "Add Key");
  ui_wait_asked (scene->fixture, "add-key: 'PIAPI_KEY'");
  cs_jobs_button_popup (scene->button);
  wait_words (scene, "A key is needed");
  item = ui_find (GTK_WIDGET (scene->button), CS_TYPE_JOB_ITEM, NULL);
  gtk_widget_grab_focus (gtk_widget_get_parent (item));
  gtk_widget_activate_action (gtk_widget_get_parent (item), "list.activate-item", "u", 0u);
  ui_wait_asked (scene->fixture, "show-job: ");
  cs_jobs_button_popup (scene->button);
  wait_words (scene, "A key is needed");
  cs_job_item_close (CS_JOB_ITEM (ui_find (GTK_WIDGET (scene->button), CS_TYPE_JOB_ITEM, NULL)));
  wait_job (job, CS_JOB_CANCELLED, ANY);
  wait_words (scene, "Nothing is running");
  close_scene (scene);
}

#define MANY 1000

static gboolean
are_all_waiting_cb (gpointer user_data)
{
  GListModel *jobs = cs_studio_get_jobs (((Scene *) user_data)->fixture->studio);

  if (g_list_model_get_n_items (jobs) < MANY)
    return FALSE;
  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (CsJob) job = g_list_model_get_item (jobs, i);

      if (cs_job_get_facts (job)->waiting != CS_WAITING_NO_KEY)
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_rows_cb (gpointer button)
{
  return ui_count (button, CS_TYPE_JOB_ITEM) >= 4;
}

#define FAR 6000 /* pixels down the list: some fifty rows */

/* Goes on to the end of what there is, which is more each time. */
static gboolean
is_far_down_cb (gpointer adjustment)
{
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  gtk_adjustment_set_value (adjustment, end);
  return end > FAR;
}

/* No turn of the main loop is long while the list comes up, is scrolled and goes. */
static void
test_thousand (void)
{
  Scene *scene = open_scene (NULL);
  g_autoptr (CsJob) first = add (scene, "one of a thousand", "piapi/wan-2.2", MANY);
  GtkWidget *list;
  GtkWidget *scroller;

  g_assert_true (cs_test_wait_seconds (are_all_waiting_cb, scene, 120));
  show (scene);
  cs_jobs_button_popup (scene->button);
  ui_wait (has_rows_cb, scene->button);
  list = ui_find (GTK_WIDGET (scene->button), CS_TYPE_JOBS_LIST, NULL);
  scroller = ui_find (list, GTK_TYPE_SCROLLED_WINDOW, NULL);
  ui_wait (is_far_down_cb, gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)));
  g_assert_cmpuint (ui_count (list, CS_TYPE_JOB_ITEM), <, 100);
  g_assert_nonnull (find_words (GTK_WIDGET (scene->button), "99+"));
  close_scene (scene);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/jobs-popover/empty", test_empty);
  g_test_add_func ("/jobs-popover/order", test_order);
  g_test_add_func ("/jobs-popover/no-key", test_no_key);
  g_test_add_func ("/jobs-popover/promise-7-thousand", test_thousand);
  return g_test_run ();
}
