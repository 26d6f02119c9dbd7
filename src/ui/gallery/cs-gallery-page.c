/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All creations. What can be done with them is in cs-gallery-actions.c. Main thread; the library reads on its own. */
#include "config.h"
#include "ui/gallery/cs-gallery-page-private.h"

#include "ui/widgets/cs-names.h"
#include "ui/widgets/cs-say.h"

#define LOOK_MS 300 /* files come and go in numbers */

enum
{
  PROP_0,
  PROP_SELECTING,
  PROP_TRASHED,
  N_PROPS
};

enum
{
  SIGNAL_OPEN_CREATION,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsGalleryPage, cs_gallery_page, ADW_TYPE_BIN)

/* What is shown */

static const char *
choose_child (CsGalleryPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    return "grid";
  if (!cs_filter_is_clear (self->filter))
    return "no-match";
  return cs_filter_is_trashed (self->filter) ? "no-trash" : "empty";
}

static void
describe_no_match (CsGalleryPage *self)
{
  const char *words = cs_filter_get_words (self->filter);
  g_autofree char *title = NULL;
  g_autofree char *escaped = NULL;

  if (words[0] == '\0')
    {
      adw_status_page_set_title (self->no_match, _ ("No creation matches these filters"));
      return;
    }
  escaped = g_markup_escape_text (words, -1);
  /* translators: what was searched for */
  title = g_strdup_printf (_ ("No creation matches “%s”"), escaped);
  adw_status_page_set_title (self->no_match, title);
}

static void
describe_search (CsGalleryPage *self)
{
  g_autofree char *words = NULL;

  if (cs_filter_is_trashed (self->filter))
    words = g_strdup (_ ("Search the trash"));
  else if (self->n_all > 0)
    words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Search %'u creation", "Search %'u creations", self->n_all), self->n_all);
  else
    words = g_strdup (_ ("Search"));
  g_object_set (self->search, "placeholder-text", words, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* While a list is being read, the one of before stays. */
static void
update (CsGalleryPage *self)
{
  if (cs_library_model_is_loading (self->model))
    return;
  if (cs_filter_is_clear (self->filter) && !cs_filter_is_trashed (self->filter))
    self->n_all = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  describe_search (self);
  describe_no_match (self);
  gtk_stack_set_visible_child_name (self->stack, choose_child (self));
  if (self->is_other && g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    cs_creation_grid_scroll_to_top (self->grid);
  self->is_other = FALSE;
  _cs_gallery_page_update_actions (self);
}

static void
failed_cb (CsGalleryPage *self, const GError *error)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    {
      cs_say (GTK_WIDGET (self), error->message);
      return;
    }
  adw_status_page_set_description (self->failed, error->message);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
ask (CsGalleryPage *self)
{
  CsLibraryQuery query;

  if (self->model == NULL)
    return;
  cs_filter_get_query (self->filter, &query);
  cs_library_model_set_query (self->model, &query);
}

static void
filter_cb (CsGalleryPage *self)
{
  const char *words = cs_filter_get_words (self->filter);

  if (self->selection != NULL)
    cs_selection_set_selecting (self->selection, FALSE);
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->search)), words) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->search), words);
  self->is_other = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TRASHED]);
  ask (self);
}

/* Somebody types, wherever: what follows goes into the search too, behind what is there. */
static void
search_started_cb (CsGalleryPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_set_position (GTK_EDITABLE (self->search), -1);
}

static void
search_cb (CsGalleryPage *self)
{
  g_object_set (self->filter, "words", gtk_editable_get_text (GTK_EDITABLE (self->search)), NULL);
}

/* Escape: out of the search; where nothing is searched, as anywhere else on the page. */
static void
stop_search_cb (CsGalleryPage *self)
{
  if (gtk_editable_get_text (GTK_EDITABLE (self->search))[0] == '\0')
    gtk_widget_activate_action (GTK_WIDGET (self), "gallery.back", NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_child_focus (GTK_WIDGET (self->grid), GTK_DIR_TAB_FORWARD);
}

/* From the search into what it found. */
static gboolean
search_key_cb (CsGalleryPage *self, guint keyval)
{
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_child_focus (GTK_WIDGET (self->grid), GTK_DIR_TAB_FORWARD);
}

static void
open_cb (CsGalleryPage *self, CsCreation *creation)
{
  g_signal_emit (self, signals[SIGNAL_OPEN_CREATION], 0, creation, self->model);
}

static void
selecting_cb (CsGalleryPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTING]);
  _cs_gallery_page_update_actions (self);
}

/* What waited until it was known what is chosen can be done now. */
static void
added_up_cb (CsGalleryPage *self)
{
  g_autofree char *action = g_steal_pointer (&self->waiting);

  _cs_gallery_page_update_actions (self);
  if (action != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

/* Files that other programs take away or put back */

static gboolean
look_cb (gpointer user_data)
{
  CsGalleryPage *self = user_data;

  self->looking = 0;
  cs_library_notify (_cs_gallery_page_get_library (self), NULL);
  return G_SOURCE_REMOVE;
}

static void
files_cb (CsGalleryPage *self, GFile *file, GFile *other, GFileMonitorEvent event)
{
  if (self->looking == 0 && event != G_FILE_MONITOR_EVENT_CHANGED && event != G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT
      && event != G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED)
    self->looking = g_timeout_add (LOOK_MS, look_cb, self);
}

static void
watch_files (CsGalleryPage *self)
{
  g_autoptr (GFile) folder = g_file_new_for_path (cs_paths_get_creations (cs_engine_get_paths (cs_studio_get_engine (self->studio))));

  self->watch = g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->watch != NULL)
    g_signal_connect_object (self->watch, "changed", G_CALLBACK (files_cb), self, G_CONNECT_SWAPPED);
}

/* Typing anywhere in the window begins a search, while the page is seen. */

static void
cs_gallery_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cs_gallery_page_parent_class)->map (widget);
  gtk_search_entry_set_key_capture_widget (CS_GALLERY_PAGE (widget)->search, GTK_WIDGET (gtk_widget_get_root (widget)));
}

static void
cs_gallery_page_unmap (GtkWidget *widget)
{
  gtk_search_entry_set_key_capture_widget (CS_GALLERY_PAGE (widget)->search, NULL);
  GTK_WIDGET_CLASS (cs_gallery_page_parent_class)->unmap (widget);
}

static void
cs_gallery_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CsGalleryPage *self = CS_GALLERY_PAGE (object);

  if (id == PROP_SELECTING)
    g_value_set_boolean (value, self->selection != NULL && cs_selection_is_selecting (self->selection));
  else if (id == PROP_TRASHED)
    g_value_set_boolean (value, cs_filter_is_trashed (self->filter));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cs_gallery_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CsGalleryPage *self = CS_GALLERY_PAGE (object);

  if (id != PROP_SELECTING)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else if (self->selection != NULL)
    cs_selection_set_selecting (self->selection, g_value_get_boolean (value));
}

static void
cs_gallery_page_dispose (GObject *object)
{
  CsGalleryPage *self = CS_GALLERY_PAGE (object);

  g_clear_handle_id (&self->looking, g_source_remove);
  g_clear_object (&self->watch);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_gallery_page_parent_class)->dispose (object);
}

static void
cs_gallery_page_finalize (GObject *object)
{
  CsGalleryPage *self = CS_GALLERY_PAGE (object);

  g_clear_object (&self->filter);
  g_strfreev (self->undo);
  g_free (self->waiting);

  G_OBJECT_CLASS (cs_gallery_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CsGalleryPage, search);
  gtk_widget_class_bind_template_child (widget_class, CsGalleryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CsGalleryPage, filters);
  gtk_widget_class_bind_template_child (widget_class, CsGalleryPage, grid);
  gtk_widget_class_bind_template_child (widget_class, CsGalleryPage, bar);
  gtk_widget_class_bind_template_child (widget_class, CsGalleryPage, no_match);
  gtk_widget_class_bind_template_child (widget_class, CsGalleryPage, failed);
  gtk_widget_class_bind_template_child (widget_class, CsGalleryPage, rename);
  gtk_widget_class_bind_template_child (widget_class, CsGalleryPage, collections);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_started_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, added_up_cb);
}

static void
cs_gallery_page_class_init (CsGalleryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_CREATION_GRID);
  g_type_ensure (CS_TYPE_FILTER_BAR);
  g_type_ensure (CS_TYPE_SELECTION_BAR);
  g_type_ensure (CS_TYPE_RENAME_POPOVER);
  g_type_ensure (CS_TYPE_COLLECTION_POPOVER);
  widget_class->map = cs_gallery_page_map;
  widget_class->unmap = cs_gallery_page_unmap;
  object_class->get_property = cs_gallery_page_get_property;
  object_class->set_property = cs_gallery_page_set_property;
  object_class->dispose = cs_gallery_page_dispose;
  object_class->finalize = cs_gallery_page_finalize;
  properties[PROP_SELECTING] = g_param_spec_boolean ("selecting", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TRASHED] = g_param_spec_boolean ("trashed", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_OPEN_CREATION] = g_signal_new ("open-creation", CS_TYPE_GALLERY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                G_TYPE_NONE, 2, CS_TYPE_CREATION, G_TYPE_LIST_MODEL);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-gallery-page.ui");
  bind_children (widget_class);
  _cs_gallery_page_install_actions (widget_class);
  _cs_gallery_page_install_collections (widget_class);
}

static void
cs_gallery_page_init (CsGalleryPage *self)
{
  g_autoptr (GSimpleActionGroup) actions = NULL;

  self->filter = cs_filter_new ();
  actions = cs_filter_make_actions (self->filter);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "filter", G_ACTION_GROUP (actions));
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_name_controls (GTK_WIDGET (self));
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (filter_cb), self, G_CONNECT_SWAPPED);
  _cs_gallery_page_update_actions (self);
}

/** cs_gallery_page_new: Returns: (transfer floating): a gallery, empty until it has a studio. */
GtkWidget *
cs_gallery_page_new (void)
{
  return g_object_new (CS_TYPE_GALLERY_PAGE, NULL);
}

/** cs_gallery_page_set_studio: @studio: once the engine is open. */
void
cs_gallery_page_set_studio (CsGalleryPage *self, CsStudio *studio)
{
  g_return_if_fail (CS_IS_GALLERY_PAGE (self));
  g_return_if_fail (self->studio == NULL);

  self->studio = g_object_ref (studio);
  self->model = cs_library_model_new (cs_engine_get_library (cs_studio_get_engine (studio)));
  self->selection = cs_selection_new (self->model);
  g_signal_connect_object (self->model, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::loading", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::n-items", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selecting", G_CALLBACK (selecting_cb), self, G_CONNECT_SWAPPED);
  watch_files (self);
  cs_filter_bar_set_filter (self->filters, self->filter, studio);
  cs_creation_grid_set_selection (self->grid, self->selection, studio);
  cs_selection_bar_set_selection (self->bar, self->selection, studio);
  ask (self);
}

/** cs_gallery_page_search: Puts the focus into the search, with what was searched before ready to be written over. */
void
cs_gallery_page_search (CsGalleryPage *self)
{
  g_return_if_fail (CS_IS_GALLERY_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}
