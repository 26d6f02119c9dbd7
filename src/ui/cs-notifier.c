/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Watches jobs move from one state to another; what was so before it looked is no news. Main thread. */
#include "config.h"
#include "ui/cs-notifier.h"

#define REST_MS 400 /* jobs that end together are told together */
#define KEPT "kept" /* the notification of jobs that go on later */

/* What can be told. */
typedef enum
{
  NEWS_DONE,
  NEWS_FAILED,
  NEWS_UNCERTAIN,
  N_NEWS
} News;

static const char *const names[N_NEWS] = { "done", "failed", "uncertain" };

/* One notification: about the newest job, or about several. */
typedef struct
{
  guint n;
  gboolean is_new; /* since it was told */
  char *id;        /* of the newest */
  char *title;
  char *words;
} Story;

struct _CsNotifier
{
  GObject parent_instance;

  GtkApplication *application; /* not owned: it owns this */
  CsStudio *studio;
  GHashTable *states;          /* utf8 -> CsJobState + 1, of jobs that have not ended */
  Story stories[N_NEWS];
  guint timer;
  guint n_pending;             /* thumbnails that are being looked for */
  gboolean has_looked;         /* somebody, since it began */
};

enum
{
  SIGNAL_SETTLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsNotifier, cs_notifier, G_TYPE_OBJECT)

static void
story_clear (Story *story)
{
  g_free (story->id);
  g_free (story->title);
  g_free (story->words);
  *story = (Story){ 0 };
}

/* Telling */

static char *
make_heading (News news, guint n)
{
  switch (news)
    {
    case NEWS_DONE:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u creation is ready", "%u creations are ready", n), n);
    case NEWS_FAILED:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u creation was not made", "%u creations were not made", n), n);
    case NEWS_UNCERTAIN:
    case N_NEWS:
    default:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u creation may have been billed", "%u creations may have been billed", n), n);
    }
}

static void
set_actions (GNotification *notification, News news, const Story *story)
{
  if (story->n > 1)
    g_notification_set_default_action (notification, news == NEWS_DONE ? "app.show-gallery" : "app.show-jobs");
  else if (news == NEWS_DONE)
    {
      g_notification_set_default_action_and_target (notification, "app.show-creation", "s", story->id);
      g_notification_add_button_with_target (notification, _ ("Show in Folder"), "app.show-in-folder", "s", story->id);
    }
  else
    {
      g_notification_set_default_action_and_target (notification, "app.show-job", "s", story->id);
      g_notification_add_button_with_target (notification, _ ("Show"), "app.show-job", "s", story->id);
    }
}

/* @icon: (nullable). */
static void
send (CsNotifier *self, News news, GIcon *icon)
{
  const Story *story = &self->stories[news];
  g_autofree char *heading = story->n > 1 ? make_heading (news, story->n) : NULL;
  g_autoptr (GNotification) notification = g_notification_new (heading != NULL ? heading : story->title);

  g_notification_set_body (notification, heading != NULL ? story->title : story->words);
  g_notification_set_category (notification, news == NEWS_DONE ? "transfer.complete" : "transfer.error");
  if (news == NEWS_UNCERTAIN)
    g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  if (icon != NULL)
    g_notification_set_icon (notification, icon);
  set_actions (notification, news, story);
  g_application_send_notification (G_APPLICATION (self->application), names[news], notification);
}

static void
tell_when_settled (CsNotifier *self)
{
  if (!cs_notifier_is_busy (self))
    g_signal_emit (self, signals[SIGNAL_SETTLED], 0);
}

/* The thumbnail of what is done. The sandbox hands on pictures and no files; out of it, a file is all that some desktops take. */

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsNotifier) self = user_data;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, NULL);
  g_autoptr (GIcon) icon = NULL;

  if (bytes != NULL && g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    icon = g_bytes_icon_new (bytes);
  else if (bytes != NULL)
    icon = g_file_icon_new (G_FILE (source));
  self->n_pending--;
  if (self->stories[NEWS_DONE].n > 0)
    send (self, NEWS_DONE, icon);
  tell_when_settled (self);
}

static void
get_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsNotifier) self = user_data;
  g_autoptr (CsCreation) creation = cs_library_get_finish (CS_LIBRARY (source), result, NULL);
  const char *name = creation != NULL ? cs_creation_get_facts (creation)->thumbnail : NULL;
  CsPaths *paths = cs_engine_get_paths (cs_studio_get_engine (self->studio));
  g_autofree char *path = name != NULL ? g_build_filename (cs_paths_get_thumbnails (paths), name, NULL) : NULL;
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;

  if (file != NULL)
    {
      g_file_load_bytes_async (file, NULL, read_cb, g_steal_pointer (&self));
      return;
    }
  self->n_pending--;
  if (self->stories[NEWS_DONE].n > 0) /* it was not looked at meanwhile */
    send (self, NEWS_DONE, NULL);
  tell_when_settled (self);
}

static void
tell (CsNotifier *self, News news)
{
  Story *story = &self->stories[news];

  if (!story->is_new)
    return;
  story->is_new = FALSE;
  if (news != NEWS_DONE)
    {
      send (self, news, NULL);
      return;
    }
  self->n_pending++;
  cs_library_get_async (cs_engine_get_library (cs_studio_get_engine (self->studio)), story->id, NULL, get_cb, g_object_ref (self));
}

/** cs_notifier_flush: What is to be told is told now; thumbnails still take a moment. */
void
cs_notifier_flush (CsNotifier *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  for (guint news = 0; news < N_NEWS; news++)
    tell (self, news);
}

static gboolean
timer_cb (gpointer user_data)
{
  CsNotifier *self = user_data;

  self->timer = 0;
  cs_notifier_flush (self);
  tell_when_settled (self);
  return G_SOURCE_REMOVE;
}

/* Watching */

/* Any window of ours, be it that of the preferences. */
static gboolean
is_looked_at (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (GTK_IS_WINDOW (item->data) && gtk_window_is_active (item->data))
      return TRUE;
  return FALSE;
}

static const char *
get_done_words (CsKind kind)
{
  switch (kind)
    {
    case CS_KIND_IMAGE:
      return _ ("Your picture is ready.");
    case CS_KIND_DECK:
      return _ ("Your presentation is ready.");
    case CS_KIND_VIDEO:
    default:
      return _ ("Your video is ready.");
    }
}

static void
add_story (CsNotifier *self, News news, CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  Story *story = &self->stories[news];

  cs_set_string (&story->id, facts->id);
  cs_set_string (&story->title, facts->title);
  g_free (story->words);
  if (news == NEWS_DONE)
    story->words = g_strdup (get_done_words (facts->kind));
  else if (facts->error_message != NULL)
    story->words = g_strdup (facts->error_message);
  else
    story->words = cs_job_describe (job, cs_engine_get_registry (cs_studio_get_engine (self->studio)));
  story->n++;
  story->is_new = TRUE;
  if (self->timer == 0)
    self->timer = g_timeout_add (REST_MS, timer_cb, self);
}

static gboolean
is_news (CsJobState state, News *news)
{
  static const CsJobState states[N_NEWS] = { CS_JOB_DONE, CS_JOB_FAILED, CS_JOB_UNCERTAIN };

  for (guint i = 0; i < N_NEWS; i++)
    if (states[i] == state)
      {
        *news = i;
        return TRUE;
      }
  return FALSE;
}

static void
job_changed_cb (CsNotifier *self, CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  int before = GPOINTER_TO_INT (g_hash_table_lookup (self->states, facts->id)) - 1;
  News news;

  if (cs_job_state_is_final (facts->state))
    g_hash_table_remove (self->states, facts->id);
  else
    g_hash_table_replace (self->states, g_strdup (facts->id), GINT_TO_POINTER (facts->state + 1));
  if (before >= 0 && before != (int) facts->state && is_news (facts->state, &news) && !is_looked_at ())
    add_story (self, news, job);
}

/* Looking */

/* Once, those of an earlier start are withdrawn as well. */
static void
withdraw (CsNotifier *self)
{
  GApplication *application = G_APPLICATION (self->application);

  g_clear_handle_id (&self->timer, g_source_remove);
  for (guint i = 0; i < N_NEWS; i++)
    {
      if (self->stories[i].n > 0 || !self->has_looked)
        g_application_withdraw_notification (application, names[i]);
      story_clear (&self->stories[i]);
    }
  if (!self->has_looked)
    g_application_withdraw_notification (application, KEPT);
  self->has_looked = TRUE;
}

static void
active_cb (CsNotifier *self, GParamSpec *pspec, GtkWindow *window)
{
  if (gtk_window_is_active (window))
    withdraw (self);
}

static void
window_added_cb (CsNotifier *self, GtkWindow *window)
{
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (active_cb), self, G_CONNECT_SWAPPED);
  active_cb (self, NULL, window);
}

static void
cs_notifier_dispose (GObject *object)
{
  CsNotifier *self = CS_NOTIFIER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_notifier_parent_class)->dispose (object);
}

static void
cs_notifier_finalize (GObject *object)
{
  CsNotifier *self = CS_NOTIFIER (object);

  for (guint i = 0; i < N_NEWS; i++)
    story_clear (&self->stories[i]);
  g_hash_table_unref (self->states);

  G_OBJECT_CLASS (cs_notifier_parent_class)->finalize (object);
}

static void
cs_notifier_class_init (CsNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cs_notifier_dispose;
  G_OBJECT_CLASS (klass)->finalize = cs_notifier_finalize;
  signals[SIGNAL_SETTLED]
      = g_signal_new ("settled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_notifier_init (CsNotifier *self)
{
  self->states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/** cs_notifier_new: @application: outlives it. Returns: (transfer full): one that follows the jobs of @studio. */
CsNotifier *
cs_notifier_new (GtkApplication *application, CsStudio *studio)
{
  CsNotifier *self = g_object_new (CS_TYPE_NOTIFIER, NULL);

  self->application = application;
  self->studio = g_object_ref (studio);
  g_signal_connect_object (cs_engine_get_queue (cs_studio_get_engine (studio)), "job-changed", G_CALLBACK (job_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "window-added", G_CALLBACK (window_added_cb), self, G_CONNECT_SWAPPED);
  for (GList *item = gtk_application_get_windows (application); item != NULL; item = item->next)
    window_added_cb (self, item->data);
  return self;
}

gboolean
cs_notifier_is_busy (CsNotifier *self)
{
  return self->timer != 0 || self->n_pending > 0;
}

/** cs_notifier_say_kept: That the program has ended is seen; that @n_jobs go on with its next start is said. */
void
cs_notifier_say_kept (CsNotifier *self, guint n_jobs)
{
  g_autofree char *words
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u job is kept, and goes on when you open Creative Studio again.",
                                      "%u jobs are kept, and go on when you open Creative Studio again.", n_jobs), n_jobs);
  g_autoptr (GNotification) notification = g_notification_new (_ ("Not everything is made yet"));

  g_notification_set_body (notification, words);
  g_notification_set_default_action (notification, "app.show-jobs");
  g_application_send_notification (G_APPLICATION (self->application), KEPT, notification);
}
