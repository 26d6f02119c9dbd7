/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One creation. How it is shown is in cs-detail-view.c, what stands beside it in cs-detail-neighbours.c, and what can be done
 * with it in cs-detail-actions.c. Main thread; files and library are read on others. */
#include "config.h"
#include "ui/gallery/cs-detail-page-private.h"

#include "ui/widgets/cs-actions.h"
#include "ui/widgets/cs-fold.h"
#include "ui/widgets/cs-names.h"
#include "ui/widgets/cs-say.h"

enum
{
  PROP_0,
  PROP_CREATION,
  PROP_FAVOURITE,
  PROP_PLACE_WORDS,
  PROP_AGAIN_WORDS,
  PROP_MENU_MODEL,
  N_PROPS
};

enum
{
  SIGNAL_CLOSED,
  SIGNAL_USE_WORDS,
  SIGNAL_AGAIN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsDetailPage, cs_detail_page, ADW_TYPE_BIN)

static void read_anew (CsDetailPage *self);

void
_cs_detail_page_close (CsDetailPage *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

void
_cs_detail_page_emit_use_words (CsDetailPage *self)
{
  g_signal_emit (self, signals[SIGNAL_USE_WORDS], 0, self->creation);
}

void
_cs_detail_page_emit_again (CsDetailPage *self, CsBrief *brief)
{
  g_signal_emit (self, signals[SIGNAL_AGAIN], 0, brief, 1);
}

char *
_cs_detail_page_dup_file (CsDetailPage *self)
{
  return cs_library_dup_file_path (cs_engine_get_library (cs_studio_get_engine (self->studio)), self->creation);
}

/* What else is known of it */

static void
job_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsDetailPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJob) job = cs_job_queue_get_finish (CS_JOB_QUEUE (source), result, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  if (job == NULL)
    g_debug ("How it was made is not known: %s", error->message);
  g_set_object (&self->job, job);
  cs_facts_view_set_job (self->facts, job);
  _cs_detail_page_update_again (self);
}

static void
lineage_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsDetailPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) line = cs_library_lineage_finish (CS_LIBRARY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->creation == NULL)
    return;
  if (line == NULL)
    g_debug ("Where it comes from was not read: %s", error->message);
  cs_lineage_view_set_line (self->lineage, line, cs_creation_get_id (self->creation), self->studio);
}

static void
read_more (CsDetailPage *self)
{
  CsEngine *engine = cs_studio_get_engine (self->studio);
  const CsCreationFacts *facts = cs_creation_get_facts (self->creation);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  cs_library_lineage_async (cs_engine_get_library (engine), facts->id, self->cancellable, lineage_cb, g_object_ref (self));
  if (self->job == NULL && facts->job_id != NULL && facts->job_id[0] != '\0')
    cs_job_queue_get_async (cs_engine_get_queue (engine), facts->job_id, self->cancellable, job_cb, g_object_ref (self));
}

static gboolean
is_same_file (CsCreation *a, CsCreation *b)
{
  const CsCreationFacts *x = a != NULL ? cs_creation_get_facts (a) : NULL;
  const CsCreationFacts *y = cs_creation_get_facts (b);

  return x != NULL && g_str_equal (x->id, y->id) && g_str_equal (x->file, y->file) && x->missing == y->missing
         && g_str_equal (x->sha256, y->sha256);
}

/* A film that is seen goes on when its title changes. */
void
_cs_detail_page_set_creation (CsDetailPage *self, CsCreation *creation)
{
  const char *ids[] = { cs_creation_get_id (creation), NULL };
  gboolean is_other = self->creation == NULL || !g_str_equal (cs_creation_get_id (self->creation), ids[0]);
  gboolean has_other_file = !is_same_file (self->creation, creation);

  g_set_object (&self->creation, creation);
  if (is_other)
    {
      g_clear_object (&self->job);
      cs_lineage_view_set_line (self->lineage, NULL, ids[0], self->studio);
    }
  if (has_other_file)
    _cs_detail_page_show_file (self);
  _cs_detail_page_name_picture (self);
  cs_deck_cover_set_creation (self->cover, cs_deck_cover_is_for (creation) ? creation : NULL, self->studio);
  cs_facts_view_set_creation (self->facts, creation, self->studio);
  cs_origin_view_set_creation (self->origin, creation, self->studio);
  cs_collection_popover_set_creations (self->collections, self->studio, ids);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CREATION]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FAVOURITE]);
  read_more (self);
  _cs_detail_page_update_again (self);
  _cs_detail_page_update_actions (self);
}

/* What others do to it */

static void
get_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsDetailPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) creation = cs_library_get_finish (CS_LIBRARY (source), result, &error);
  gboolean is_gone = g_error_matches (error, CS_ERROR, CS_ERROR_NOT_FOUND);

  self->is_reading = FALSE;
  if (self->creation == NULL)
    return;
  if (self->is_stale)
    read_anew (self);
  else if (creation != NULL && g_str_equal (cs_creation_get_id (creation), cs_creation_get_id (self->creation)))
    _cs_detail_page_set_creation (self, creation);
  else if (is_gone)
    {
      cs_say (GTK_WIDGET (self), _ ("This creation was deleted"));
      _cs_detail_page_close (self);
    }
}

static void
read_anew (CsDetailPage *self)
{
  self->is_stale = self->is_reading;
  if (self->is_reading)
    return;
  self->is_reading = TRUE;
  cs_library_get_async (cs_engine_get_library (cs_studio_get_engine (self->studio)), cs_creation_get_id (self->creation), NULL, get_cb,
                        g_object_ref (self));
}

static void
library_changed_cb (CsDetailPage *self, const char *id)
{
  if (self->creation != NULL && (id == NULL || g_str_equal (id, cs_creation_get_id (self->creation))))
    read_anew (self);
}

static void
open_cb (CsDetailPage *self, CsCreation *creation)
{
  cs_detail_page_show (self, creation, self->among != NULL ? G_LIST_MODEL (self->among) : NULL);
}

static void
prices_changed_cb (CsDetailPage *self)
{
  if (self->creation != NULL)
    _cs_detail_page_update_again (self);
}

static void
set_menu_model (CsDetailPage *self, GMenuModel *menu_model)
{
  if (!g_set_object (&self->menu_model, menu_model) || menu_model == NULL)
    return;
  g_menu_append_section (self->menu, NULL, menu_model);
}

static void
cs_detail_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CsDetailPage *self = CS_DETAIL_PAGE (object);

  switch (id)
    {
    case PROP_CREATION:
      g_value_set_object (value, self->creation);
      break;
    case PROP_FAVOURITE:
      g_value_set_boolean (value, self->creation != NULL && cs_creation_get_facts (self->creation)->favourite);
      break;
    case PROP_PLACE_WORDS:
      g_value_take_string (value, _cs_detail_page_make_place (self));
      break;
    case PROP_AGAIN_WORDS:
      g_value_set_string (value, self->again_words);
      break;
    case PROP_MENU_MODEL:
      g_value_set_object (value, self->menu_model);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cs_detail_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_MENU_MODEL)
    set_menu_model (CS_DETAIL_PAGE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cs_detail_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cs_detail_page_parent_class)->map (widget);
  if (CS_DETAIL_PAGE (widget)->creation != NULL)
    gtk_widget_grab_focus (widget);
}

static void
cs_detail_page_dispose (GObject *object)
{
  CsDetailPage *self = CS_DETAIL_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  _cs_detail_page_stop_going (self);
  _cs_detail_page_stop_looking (self);
  _cs_detail_page_set_among (self, NULL);
  g_clear_object (&self->item);
  g_clear_object (&self->creation);
  g_clear_object (&self->job);
  g_clear_object (&self->menu_model);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_detail_page_parent_class)->dispose (object);
}

static void
cs_detail_page_finalize (GObject *object)
{
  CsDetailPage *self = CS_DETAIL_PAGE (object);

  g_clear_pointer (&self->brief, cs_brief_free);
  g_strfreev (self->undo);
  g_free (self->again_words);

  G_OBJECT_CLASS (cs_detail_page_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_CREATION] = g_param_spec_object ("creation", NULL, NULL, CS_TYPE_CREATION, read);
  properties[PROP_FAVOURITE] = g_param_spec_boolean ("favourite", NULL, NULL, FALSE, read);
  properties[PROP_PLACE_WORDS] = g_param_spec_string ("place-words", NULL, NULL, NULL, read);
  properties[PROP_AGAIN_WORDS] = g_param_spec_string ("again-words", NULL, NULL, NULL, read);
  properties[PROP_MENU_MODEL] = g_param_spec_object ("menu-model", NULL, NULL, G_TYPE_MENU_MODEL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CsDetailPage, places);
  gtk_widget_class_bind_template_child (widget_class, CsDetailPage, picture);
  gtk_widget_class_bind_template_child (widget_class, CsDetailPage, cover);
  gtk_widget_class_bind_template_child (widget_class, CsDetailPage, damaged);
  gtk_widget_class_bind_template_child (widget_class, CsDetailPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, CsDetailPage, previous_button);
  gtk_widget_class_bind_template_child (widget_class, CsDetailPage, next_button);
  gtk_widget_class_bind_template_child (widget_class, CsDetailPage, player);
  gtk_widget_class_bind_template_child (widget_class, CsDetailPage, facts);
  gtk_widget_class_bind_template_child (widget_class, CsDetailPage, lineage);
  gtk_widget_class_bind_template_child (widget_class, CsDetailPage, origin);
  gtk_widget_class_bind_template_child (widget_class, CsDetailPage, jobs_button);
  gtk_widget_class_bind_template_child (widget_class, CsDetailPage, rename);
  gtk_widget_class_bind_template_child (widget_class, CsDetailPage, collections);
  gtk_widget_class_bind_template_child (widget_class, CsDetailPage, menu);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, _cs_detail_page_emit_use_words);
}

static void
cs_detail_page_class_init (CsDetailPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GType types[] = { CS_TYPE_ACTIONS, CS_TYPE_COLLECTION_POPOVER, CS_TYPE_DECK_COVER, CS_TYPE_FACTS_VIEW, CS_TYPE_FOLD,
                          CS_TYPE_JOBS_BUTTON, CS_TYPE_LINEAGE_VIEW, CS_TYPE_ORIGIN_VIEW, CS_TYPE_PICTURE_VIEW, CS_TYPE_PLAYER_VIEW, CS_TYPE_RENAME_POPOVER };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    g_type_ensure (types[i]);
  object_class->get_property = cs_detail_page_get_property;
  object_class->set_property = cs_detail_page_set_property;
  object_class->dispose = cs_detail_page_dispose;
  object_class->finalize = cs_detail_page_finalize;
  widget_class->map = cs_detail_page_map;
  widget_class->grab_focus = _cs_detail_page_grab_focus;
  install_properties (object_class);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", CS_TYPE_DETAIL_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_USE_WORDS] = g_signal_new ("use-words", CS_TYPE_DETAIL_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                            CS_TYPE_CREATION);
  signals[SIGNAL_AGAIN] = g_signal_new ("again", CS_TYPE_DETAIL_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                        G_TYPE_POINTER, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-detail-page.ui");
  bind_template (widget_class);
  _cs_detail_page_bind_view (widget_class);
  _cs_detail_page_install_actions (widget_class);
}

static void
cs_detail_page_init (CsDetailPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_name_controls (GTK_WIDGET (self));
  _cs_detail_page_update_actions (self);
}

/** cs_detail_page_new: Returns: (transfer floating): a page of nothing yet. */
GtkWidget *
cs_detail_page_new (void)
{
  return g_object_new (CS_TYPE_DETAIL_PAGE, NULL);
}

/** cs_detail_page_set_studio: @studio: once the engine is open. */
void
cs_detail_page_set_studio (CsDetailPage *self, CsStudio *studio)
{
  g_return_if_fail (CS_IS_DETAIL_PAGE (self));
  g_return_if_fail (self->studio == NULL);

  self->studio = g_object_ref (studio);
  cs_jobs_button_set_studio (self->jobs_button, studio);
  g_signal_connect_object (studio, "prices-changed", G_CALLBACK (prices_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cs_engine_get_library (cs_studio_get_engine (studio)), "changed", G_CALLBACK (library_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/** cs_detail_page_show: @among: (nullable): a #CsLibraryModel that it stands in, to go through from here. */
void
cs_detail_page_show (CsDetailPage *self, CsCreation *creation, GListModel *among)
{
  g_return_if_fail (CS_IS_DETAIL_PAGE (self));
  g_return_if_fail (self->studio != NULL);

  _cs_detail_page_stop_going (self);
  _cs_detail_page_set_among (self, CS_IS_LIBRARY_MODEL (among) ? CS_LIBRARY_MODEL (among) : NULL);
  _cs_detail_page_find_item (self, creation);
  _cs_detail_page_set_creation (self, creation);
}

/** cs_detail_page_clear: Nothing is shown, read or played any more. */
void
cs_detail_page_clear (CsDetailPage *self)
{
  g_return_if_fail (CS_IS_DETAIL_PAGE (self));

  _cs_detail_page_stop_going (self);
  _cs_detail_page_stop_looking (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->creation);
  g_clear_object (&self->item);
  _cs_detail_page_set_among (self, NULL);
  cs_player_view_set_file (self->player, NULL, NULL);
  cs_picture_view_set_file (self->picture, NULL, NULL, 0, 0);
  cs_deck_cover_set_creation (self->cover, NULL, NULL);
  cs_origin_view_set_creation (self->origin, NULL, self->studio);
  cs_facts_view_set_creation (self->facts, NULL, self->studio);
  _cs_detail_page_update_actions (self);
}

/** cs_detail_page_popup_jobs: Opens the list of jobs, which has a button here too. */
void
cs_detail_page_popup_jobs (CsDetailPage *self)
{
  cs_jobs_button_popup (self->jobs_button);
}
