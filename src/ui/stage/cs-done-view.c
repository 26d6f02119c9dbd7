/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finished videos or pictures: one fills the room, several stand side by side and some of them are chosen. Main thread. */
#include "config.h"
#include "ui/stage/cs-done-view-private.h"

#include "ui/composer/cs-quote.h"
#include "ui/widgets/cs-actions.h"
#include "ui/widgets/cs-say.h"

enum
{
  SIGNAL_AGAIN,
  SIGNAL_GONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsDoneView, cs_done_view, ADW_TYPE_BIN)

static gboolean
is_video (CsDoneView *self)
{
  return self->items->len > 0 && CS_IS_CREATION (self->items->pdata[0])
         && cs_creation_get_facts (self->items->pdata[0])->kind == CS_KIND_VIDEO;
}

static GPtrArray *
list_places (CsDoneView *self)
{
  GPtrArray *places;

  if (!is_video (self))
    return cs_picture_set_list_chosen (self->pictures);
  places = g_ptr_array_new ();
  g_ptr_array_add (places, GUINT_TO_POINTER (0));
  return places;
}

/** _cs_done_view_list_selected: Returns: (transfer full) (element-type CsCreation): those that are chosen and were made. */
GPtrArray *
_cs_done_view_list_selected (CsDoneView *self)
{
  g_autoptr (GPtrArray) places = self->items != NULL ? list_places (self) : g_ptr_array_new ();
  GPtrArray *selected = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < places->len; i++)
    {
      gpointer item = g_ptr_array_index (self->items, GPOINTER_TO_UINT (places->pdata[i]));

      if (CS_IS_CREATION (item))
        g_ptr_array_add (selected, g_object_ref (item));
    }
  return selected;
}

CsCreation *
_cs_done_view_get_selected (CsDoneView *self)
{
  g_autoptr (GPtrArray) selected = _cs_done_view_list_selected (self);

  return selected->len > 0 ? selected->pdata[0] : NULL;
}

void
_cs_done_view_emit_again (CsDoneView *self, const CsBrief *brief)
{
  g_signal_emit (self, signals[SIGNAL_AGAIN], 0, brief, is_video (self) ? 1 : self->items->len);
}

/* Showing what is chosen */

static void
show_star (CsDoneView *self, CsCreation *creation)
{
  gboolean is_favourite = creation != NULL && cs_creation_get_facts (creation)->favourite;

  self->is_showing = TRUE;
  gtk_toggle_button_set_active (self->star, is_favourite);
  gtk_button_set_icon_name (GTK_BUTTON (self->star), is_favourite ? "starred-symbolic" : "non-starred-symbolic");
  self->is_showing = FALSE;
}

static void
show_words (CsDoneView *self, CsCreation *creation)
{
  const CsCreationFacts *facts = creation != NULL ? cs_creation_get_facts (creation) : NULL;
  g_autofree char *origin = _cs_done_view_make_origin (self);

  if (facts == NULL)
    return;
  gtk_label_set_text (self->title, facts->title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), facts->original_prompt);
  gtk_label_set_text (self->prompt, facts->prompt);
  adw_expander_row_set_subtitle (self->prompt_row, origin);
}

static void
show_selected (CsDoneView *self)
{
  CsCreation *creation = _cs_done_view_get_selected (self);
  g_autofree char *facts = _cs_done_view_make_facts (self);
  g_autofree char *sum = _cs_done_view_make_sum (self);

  gtk_label_set_text (self->facts_label, facts);
  gtk_label_set_text (self->subtitle, sum != NULL ? sum : "");
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), sum != NULL);
  show_words (self, creation);
  show_star (self, creation);
  _cs_done_view_update_actions (self);
}

/* Again, or a film of a picture */

static CsBrief *
make_film_brief (CsDoneView *self, CsCreation *creation)
{
  CsBrief *brief = cs_brief_new (CS_KIND_VIDEO);

  cs_set_string (&brief->prompt, cs_creation_get_facts (creation)->original_prompt);
  brief->image = cs_library_dup_file_path (cs_engine_get_library (cs_studio_get_engine (self->studio)), creation);
  return brief;
}

static CsBrief *
make_brief (CsDoneView *self)
{
  CsCreation *creation = _cs_done_view_get_selected (self);
  CsBrief *brief;

  if (creation == NULL)
    return NULL;
  if (!is_video (self))
    return make_film_brief (self, creation);
  if (self->jobs == NULL)
    return NULL;
  brief = cs_brief_copy (cs_job_get_facts (self->jobs->pdata[0])->brief);
  g_clear_pointer (&brief->request_id, g_free);
  return brief;
}

/* The price stands on the button; where nobody can make it, the button is off. */
static void
show_again (CsDoneView *self)
{
  gboolean video = is_video (self);
  g_autoptr (CsQuote) quote = NULL;
  g_autofree char *price = NULL;
  g_autofree char *label = NULL;

  g_clear_pointer (&self->brief, cs_brief_free);
  self->brief = make_brief (self);
  if (self->brief != NULL)
    quote = cs_quote_new (self->studio, self->brief, 1, NULL);
  if (quote != NULL && quote->state == CS_QUOTE_GOOD)
    {
      self->brief->max_cost = cs_studio_get_most (self->studio, quote->total);
      price = cs_money_to_display (quote->total);
      /* translators: on buttons: make another one like this; make a film of this picture; an amount of money */
      label = g_strdup_printf (video ? _ ("Again · %s") : _ ("Animate · %s"), price);
    }
  else
    g_clear_pointer (&self->brief, cs_brief_free);
  gtk_label_set_text (self->again_label, label != NULL ? label : video ? _ ("Again") : _ ("Animate"));
  gtk_image_set_from_icon_name (self->again_icon, video ? "view-refresh-symbolic" : "camera-video-symbolic");
  _cs_done_view_update_actions (self);
}

static void
selection_cb (CsDoneView *self)
{
  if (self->items == NULL || self->is_showing)
    return;
  show_selected (self);
  show_again (self);
}

static void
opened_cb (CsDoneView *self, CsCreation *creation)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-creation", "s", cs_creation_get_id (creation));
}

static void
favourite_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsDoneView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) creation = cs_library_favourite_finish (CS_LIBRARY (source), result, &error);

  if (creation != NULL)
    _cs_done_view_replace (self, creation);
  else
    cs_say (GTK_WIDGET (self), error->message);
}

static void
star_cb (CsDoneView *self)
{
  CsCreation *creation = self->is_showing ? NULL : _cs_done_view_get_selected (self);

  if (creation != NULL)
    cs_library_favourite_async (cs_engine_get_library (cs_studio_get_engine (self->studio)), cs_creation_get_id (creation),
                                gtk_toggle_button_get_active (self->star), NULL, favourite_cb, g_object_ref (self));
}

/** _cs_done_view_replace: @creation: as it is now, in the place of what was known of it. */
void
_cs_done_view_replace (CsDoneView *self, CsCreation *creation)
{
  for (guint i = 0; self->items != NULL && i < self->items->len; i++)
    if (CS_IS_CREATION (self->items->pdata[i])
        && g_str_equal (cs_creation_get_id (self->items->pdata[i]), cs_creation_get_id (creation)))
      {
        g_object_unref (self->items->pdata[i]);
        self->items->pdata[i] = g_object_ref (creation);
      }
  if (self->items != NULL)
    show_selected (self);
}

/* What is shown */

static void
show_video (CsDoneView *self)
{
  CsEngine *engine = cs_studio_get_engine (self->studio);
  const CsCreationFacts *facts = cs_creation_get_facts (self->items->pdata[0]);
  g_autofree char *path = cs_library_dup_file_path (cs_engine_get_library (engine), self->items->pdata[0]);
  g_autofree char *poster = cs_creation_dup_path (facts, CS_CREATION_THUMBNAIL, cs_engine_get_paths (engine));

  cs_player_view_set_file (self->player, path, poster);
}

static guint
find_first_made (CsDoneView *self)
{
  for (guint i = 0; i < self->items->len; i++)
    if (CS_IS_CREATION (self->items->pdata[i]))
      return i;
  return 0;
}

static void
show_pictures (CsDoneView *self)
{
  cs_player_view_set_file (self->player, NULL, NULL);
  self->is_showing = TRUE;
  cs_picture_set_show (self->pictures, self->studio, self->items);
  cs_picture_set_choose (self->pictures, find_first_made (self));
  self->is_showing = FALSE;
}

static void
show_items (CsDoneView *self)
{
  if (is_video (self))
    show_video (self);
  else
    show_pictures (self);
  gtk_stack_set_visible_child_name (self->places, is_video (self) ? "video" : "pictures");
  show_selected (self);
  show_again (self);
}

/** _cs_done_view_remove: @ids: (array zero-terminated=1): they are not in the gallery any more. */
void
_cs_done_view_remove (CsDoneView *self, const char *const *ids)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_made = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      gpointer item = self->items->pdata[i];

      if (CS_IS_CREATION (item) && g_strv_contains (ids, cs_creation_get_id (item)))
        continue;
      g_ptr_array_add (left, g_object_ref (item));
      n_made += CS_IS_CREATION (item);
    }
  if (n_made == 0)
    {
      g_signal_emit (self, signals[SIGNAL_GONE], 0);
      return;
    }
  g_ptr_array_unref (self->items);
  self->items = g_steal_pointer (&left);
  show_items (self);
}

/* The first thing that one does with it: a film is played, of pictures one is chosen. */
static gboolean
cs_done_view_grab_focus (GtkWidget *widget)
{
  CsDoneView *self = CS_DONE_VIEW (widget);

  if (self->items == NULL)
    return FALSE;
  return gtk_widget_grab_focus (is_video (self) ? GTK_WIDGET (self->player) : GTK_WIDGET (self->pictures));
}

static void
cs_done_view_dispose (GObject *object)
{
  CsDoneView *self = CS_DONE_VIEW (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  g_clear_pointer (&self->brief, cs_brief_free);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_done_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CsDoneView, title);
  gtk_widget_class_bind_template_child (widget_class, CsDoneView, subtitle);
  gtk_widget_class_bind_template_child (widget_class, CsDoneView, star);
  gtk_widget_class_bind_template_child (widget_class, CsDoneView, rename);
  gtk_widget_class_bind_template_child (widget_class, CsDoneView, places);
  gtk_widget_class_bind_template_child (widget_class, CsDoneView, player);
  gtk_widget_class_bind_template_child (widget_class, CsDoneView, pictures);
  gtk_widget_class_bind_template_child (widget_class, CsDoneView, prompt_row);
  gtk_widget_class_bind_template_child (widget_class, CsDoneView, prompt);
  gtk_widget_class_bind_template_child (widget_class, CsDoneView, facts_label);
  gtk_widget_class_bind_template_child (widget_class, CsDoneView, again_icon);
  gtk_widget_class_bind_template_child (widget_class, CsDoneView, again_label);
}

static void
cs_done_view_class_init (CsDoneViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  g_type_ensure (CS_TYPE_PLAYER_VIEW);
  g_type_ensure (CS_TYPE_PICTURE_SET);
  g_type_ensure (CS_TYPE_ACTIONS);
  g_type_ensure (CS_TYPE_RENAME_POPOVER);
  G_OBJECT_CLASS (klass)->dispose = cs_done_view_dispose;
  widget_class->grab_focus = cs_done_view_grab_focus;
  signals[SIGNAL_AGAIN]
      = g_signal_new ("again", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_UINT);
  signals[SIGNAL_GONE] = g_signal_new ("gone", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-done-view.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, star_cb);
  gtk_widget_class_bind_template_callback (widget_class, selection_cb);
  gtk_widget_class_bind_template_callback (widget_class, opened_cb);
  _cs_done_view_install_actions (widget_class);
}

static void
cs_done_view_init (CsDoneView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cs_done_view_new (void)
{
  return g_object_new (CS_TYPE_DONE_VIEW, NULL);
}

static gpointer
find_creation (GPtrArray *creations, const char *id)
{
  for (guint i = 0; i < creations->len; i++)
    if (g_str_equal (cs_creation_get_id (creations->pdata[i]), id))
      return creations->pdata[i];
  return NULL;
}

/* In the order in which they were asked for; in the place of one that failed stands its job. */
static GPtrArray *
arrange (GPtrArray *creations, GPtrArray *jobs)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; jobs != NULL && i < jobs->len; i++)
    {
      gpointer creation = find_creation (creations, cs_job_get_id (jobs->pdata[i]));

      if (creation != NULL)
        g_ptr_array_add (items, g_object_ref (creation));
      else if (cs_job_get_facts (jobs->pdata[i])->state == CS_JOB_FAILED)
        g_ptr_array_add (items, g_object_ref (jobs->pdata[i]));
    }
  for (guint i = 0; jobs == NULL && i < creations->len; i++)
    g_ptr_array_add (items, g_object_ref (creations->pdata[i]));
  return items;
}

/**
 * cs_done_view_show:
 * @creations: (element-type CsCreation): at least one; videos are shown one at a time
 * @jobs: (nullable) (element-type CsJob): that made them, those that failed too; NULL: they are not known, and no "Again" is
 */
void
cs_done_view_show (CsDoneView *self, CsStudio *studio, GPtrArray *creations, GPtrArray *jobs)
{
  g_return_if_fail (creations->len > 0);

  g_set_object (&self->studio, studio);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  self->items = arrange (creations, jobs);
  self->jobs = jobs != NULL ? g_ptr_array_ref (jobs) : NULL;
  show_items (self);
}
