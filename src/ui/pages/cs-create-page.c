/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of videos or of pictures: what the composer asks for is queued, and the stage shows it. Main thread. */
#include "config.h"
#include "ui/pages/cs-create-page.h"

#include "ui/composer/cs-composer.h"
#include "ui/composer/cs-quote.h"
#include "ui/cs-watched.h"
#include "ui/stage/cs-keys-card.h"
#include "ui/stage/cs-stage.h"
#include "ui/widgets/cs-picture-drop.h"

#define SHORT_HEIGHT 514 /* of the page: that of a window of 560 pixels without its bar */

struct _CsCreatePage
{
  AdwBin parent_instance;

  /* Template widgets */
  AdwLeaflet *leaflet;
  GtkBox *composer_place;
  GtkBox *stage_place;
  GtkRevealer *keys_place;
  CsKeysCard *keys_card;

  /* Made here, for their kind */
  CsComposer *composer;
  CsStage *stage;

  /* Owned */
  CsStudio *studio; /* (nullable) until the engine is open */
  CsKind kind;
  guint fitting;         /* idle source */
  gboolean can_go_back;  /* as it was told last */
  guint was_seen : 1;

  /* Borrowed */
  GdkSurface *surface; /* (nullable) of the window, while this is seen */
};

enum
{
  PROP_0,
  PROP_KIND,
  PROP_CAN_GO_BACK,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CsCreatePage, cs_create_page, ADW_TYPE_BIN)

/* Which side is seen, where there is room for one. */
static void
side_cb (CsCreatePage *self)
{
  gboolean can_go_back = cs_create_page_get_can_go_back (self);

  if (self->can_go_back == can_go_back)
    return;
  self->can_go_back = can_go_back;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_GO_BACK]);
}

static void
folded_cb (CsCreatePage *self)
{
  if (adw_leaflet_get_folded (self->leaflet))
    gtk_widget_add_css_class (GTK_WIDGET (self), "leaflet-folded");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "leaflet-folded");
  side_cb (self);
}

/* Where there is little height, what is there to invite goes. */

static gboolean
fit_cb (gpointer user_data)
{
  CsCreatePage *self = user_data;
  gboolean is_short = gtk_widget_get_height (GTK_WIDGET (self)) < SHORT_HEIGHT;

  self->fitting = 0;
  cs_composer_set_short (self->composer, is_short);
  cs_stage_set_short (self->stage, is_short);
  gtk_widget_set_visible (GTK_WIDGET (self->keys_place), !is_short);
  return G_SOURCE_REMOVE;
}

/* The window has another size; the page has it a moment later. */
static void
layout_cb (CsCreatePage *self)
{
  if (self->fitting == 0)
    self->fitting = g_idle_add (fit_cb, self);
}

/* Whoever has just come is ready to write. */
static void
greet (CsCreatePage *self)
{
  if (self->was_seen || self->studio == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->was_seen = TRUE;
  cs_composer_focus_prompt (self->composer);
}

static void
cs_create_page_map (GtkWidget *widget)
{
  CsCreatePage *self = CS_CREATE_PAGE (widget);

  GTK_WIDGET_CLASS (cs_create_page_parent_class)->map (widget);
  self->surface = gtk_native_get_surface (gtk_widget_get_native (widget));
  g_signal_connect_object (self->surface, "layout", G_CALLBACK (layout_cb), self, G_CONNECT_SWAPPED);
  layout_cb (self);
  greet (self);
}

static void
cs_create_page_unmap (GtkWidget *widget)
{
  CsCreatePage *self = CS_CREATE_PAGE (widget);

  g_signal_handlers_disconnect_by_func (self->surface, layout_cb, self);
  g_clear_handle_id (&self->fitting, g_source_remove);
  self->surface = NULL;
  GTK_WIDGET_CLASS (cs_create_page_parent_class)->unmap (widget);
}

/* After the first thing that was drawn here, keys are offered once more below it, and then never again. */

static void
hide_keys (CsCreatePage *self)
{
  gtk_revealer_set_reveal_child (self->keys_place, FALSE);
}

static void
job_changed_cb (CsCreatePage *self, CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  GSettings *settings = cs_studio_get_settings (self->studio);

  if (facts->state != CS_JOB_DONE || g_strcmp0 (facts->provider, "sketch") != 0
      || g_settings_get_boolean (settings, "first-sketch-seen"))
    return;
  g_settings_set_boolean (settings, "first-sketch-seen", TRUE);
  gtk_revealer_set_reveal_child (self->keys_place, cs_keys_card_is_wanted (self->studio));
}

static void
drop_cb (GSList *files, GdkTexture *texture, gpointer user_data)
{
  CsCreatePage *self = user_data;

  if (texture != NULL)
    cs_composer_take_texture (self->composer, texture);
  else
    cs_composer_take_files (self->composer, files);
  adw_leaflet_set_visible_child_name (self->leaflet, "composer");
}

static void
add_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsCreatePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = cs_job_queue_add_finish (CS_JOB_QUEUE (source), result, &error);

  if (self->studio == NULL)
    return; /* the window was closed meanwhile: the job goes on */
  if (jobs != NULL)
    cs_create_page_show_jobs (self, jobs);
  else
    cs_composer_show_trouble (self->composer, error->message);
}

/* The words are paid once: what all of them may cost is what stood on the button. */
static CsMoney
get_max_of_others (CsCreatePage *self, const CsBrief *brief)
{
  g_autoptr (CsQuote) quote = brief->max_cost >= 0 ? cs_quote_new (self->studio, brief, 1, NULL) : NULL;

  return quote != NULL && quote->model != NULL ? MIN (brief->max_cost, cs_studio_get_most (self->studio, quote->cost)) : brief->max_cost;
}

/* As many as were asked for: pictures of one set differ by their number alone. */
static GPtrArray *
repeat (CsCreatePage *self, const CsBrief *brief, guint count)
{
  GPtrArray *briefs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_brief_free);
  CsMoney others = count > 1 ? get_max_of_others (self, brief) : brief->max_cost;

  for (guint i = 0; i < count; i++)
    {
      CsBrief *copy = cs_brief_copy (brief);

      copy->variation = (int) i;
      copy->review = g_settings_get_boolean (cs_studio_get_settings (self->studio), "ask-before-sending");
      if (i > 0)
        copy->max_cost = others;
      g_ptr_array_add (briefs, copy);
    }
  return briefs;
}

static void
generate_cb (CsCreatePage *self, const CsBrief *brief, guint count)
{
  g_autoptr (GPtrArray) briefs = NULL;

  if (self->studio == NULL)
    return;
  briefs = repeat (self, brief, count);
  if (cs_studio_make (self->studio, briefs, add_cb, self))
    g_object_ref (self);
}

static void
edit_cb (CsCreatePage *self, const CsBrief *brief)
{
  cs_create_page_set_brief (self, brief);
  cs_create_page_focus_prompt (self);
}

/* The prompt is another one; what one looks at stays. */
static void
accept_cb (CsCreatePage *self, const CsBrief *brief)
{
  cs_composer_set_brief (self->composer, brief);
}

static void
cs_create_page_constructed (GObject *object)
{
  CsCreatePage *self = CS_CREATE_PAGE (object);

  G_OBJECT_CLASS (cs_create_page_parent_class)->constructed (object);
  self->composer = CS_COMPOSER (cs_composer_new (self->kind));
  self->stage = CS_STAGE (cs_stage_new (self->kind));
  gtk_box_append (self->composer_place, GTK_WIDGET (self->composer));
  gtk_box_prepend (self->stage_place, GTK_WIDGET (self->stage));
  cs_picture_drop_attach (GTK_WIDGET (self->stage), drop_cb, self);
  g_signal_connect_object (self->composer, "generate", G_CALLBACK (generate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stage, "again", G_CALLBACK (generate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stage, "edit", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stage, "accept", G_CALLBACK (accept_cb), self, G_CONNECT_SWAPPED);
}

static void
cs_create_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CsCreatePage *self = CS_CREATE_PAGE (object);

  if (id == PROP_KIND)
    self->kind = g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cs_create_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CAN_GO_BACK)
    g_value_set_boolean (value, cs_create_page_get_can_go_back (CS_CREATE_PAGE (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cs_create_page_dispose (GObject *object)
{
  g_clear_handle_id (&CS_CREATE_PAGE (object)->fitting, g_source_remove);
  g_clear_object (&CS_CREATE_PAGE (object)->studio);

  G_OBJECT_CLASS (cs_create_page_parent_class)->dispose (object);
}

static void
cs_create_page_class_init (CsCreatePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_KEYS_CARD);
  object_class->constructed = cs_create_page_constructed;
  object_class->get_property = cs_create_page_get_property;
  object_class->set_property = cs_create_page_set_property;
  widget_class->map = cs_create_page_map;
  widget_class->unmap = cs_create_page_unmap;
  object_class->dispose = cs_create_page_dispose;
  properties[PROP_KIND] = g_param_spec_int ("kind", NULL, NULL, CS_KIND_VIDEO, CS_KIND_DECK, CS_KIND_VIDEO,
                                            G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_GO_BACK] = g_param_spec_boolean ("can-go-back", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-create-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsCreatePage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, CsCreatePage, composer_place);
  gtk_widget_class_bind_template_child (widget_class, CsCreatePage, stage_place);
  gtk_widget_class_bind_template_child (widget_class, CsCreatePage, keys_place);
  gtk_widget_class_bind_template_child (widget_class, CsCreatePage, keys_card);
  gtk_widget_class_bind_template_callback (widget_class, hide_keys);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, side_cb);
}

static void
cs_create_page_init (CsCreatePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_create_page_set_studio: @studio: once the engine is open. */
void
cs_create_page_set_studio (CsCreatePage *self, CsStudio *studio)
{
  g_set_object (&self->studio, studio);
  cs_composer_set_studio (self->composer, studio);
  cs_keys_card_set_studio (self->keys_card, studio);
  cs_stage_set_studio (self->stage, studio);
  greet (self);
}

/** cs_create_page_set_brief: Puts everything that @brief asks for into the composer. */
void
cs_create_page_set_brief (CsCreatePage *self, const CsBrief *brief)
{
  cs_composer_set_brief (self->composer, brief);
  adw_leaflet_set_visible_child_name (self->leaflet, "composer");
}

/** cs_create_page_set_image: @path: (nullable): the picture to begin from. */
void
cs_create_page_set_image (CsCreatePage *self, const char *path)
{
  cs_composer_set_image (self->composer, path);
  adw_leaflet_set_visible_child_name (self->leaflet, "composer");
}

/** cs_create_page_show_jobs: @jobs: (element-type CsJob): made together. */
void
cs_create_page_show_jobs (CsCreatePage *self, GPtrArray *jobs)
{
  cs_watched_remember (self->studio, self->kind, jobs);
  hide_keys (self);
  for (guint i = 0; i < jobs->len; i++)
    g_signal_connect_object (jobs->pdata[i], "changed", G_CALLBACK (job_changed_cb), self, G_CONNECT_SWAPPED);
  cs_stage_show_jobs (self->stage, jobs);
  adw_leaflet_set_visible_child_name (self->leaflet, "stage");
}

/** cs_create_page_show_creation: One that was made before, as it was when it was finished. */
void
cs_create_page_show_creation (CsCreatePage *self, CsCreation *creation)
{
  hide_keys (self);
  cs_stage_show_creation (self->stage, creation);
  adw_leaflet_set_visible_child_name (self->leaflet, "stage");
}

/** cs_create_page_clear: Begins anew; what was chosen stays. */
void
cs_create_page_clear (CsCreatePage *self)
{
  hide_keys (self);
  cs_composer_clear (self->composer);
  if (self->studio != NULL)
    cs_watched_remember (self->studio, self->kind, NULL);
  cs_stage_show_idle (self->stage);
  cs_create_page_focus_prompt (self);
}

void
cs_create_page_focus_prompt (CsCreatePage *self)
{
  adw_leaflet_set_visible_child_name (self->leaflet, "composer");
  cs_composer_focus_prompt (self->composer);
}

void
cs_create_page_generate (CsCreatePage *self)
{
  cs_composer_generate (self->composer);
}

/** cs_create_page_make: Makes @brief at the price that was agreed to, brief->max_cost, and shows how it goes. */
void
cs_create_page_make (CsCreatePage *self, const CsBrief *brief, guint count)
{
  generate_cb (self, brief, count);
}

/** cs_create_page_get_can_go_back: Returns: TRUE when only the stage is seen, and the composer is behind it. */
gboolean
cs_create_page_get_can_go_back (CsCreatePage *self)
{
  return adw_leaflet_get_folded (self->leaflet) && g_strcmp0 (adw_leaflet_get_visible_child_name (self->leaflet), "stage") == 0;
}

/** cs_create_page_go_back: From the stage to the composer. */
void
cs_create_page_go_back (CsCreatePage *self)
{
  adw_leaflet_set_visible_child_name (self->leaflet, "composer");
}
