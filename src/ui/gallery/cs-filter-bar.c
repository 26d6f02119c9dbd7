/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chips above the grid. Main thread. */
#include "config.h"
#include "ui/gallery/cs-filter-bar.h"

#include "ui/composer/cs-style-picker.h"
#include "ui/widgets/cs-creation-words.h"
#include "ui/widgets/cs-names.h"

struct _CsFilterBar
{
  AdwBin parent_instance;

  /* Template widgets */
  GMenu *provider_menu;
  GMenu *style_menu;
  GMenu *collection_menu;

  /* Owned */
  CsFilter *filter;          /* (nullable) until it is set */
  CsStudio *studio;          /* (nullable) */
  GPtrArray *collections;    /* (element-type CsCollection) */
  GCancellable *cancellable; /* of reading them */
  guint n_readings;          /* how often they were read */
};

enum
{
  PROP_0,
  PROP_FILTER,
  PROP_N_READINGS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CsFilterBar, cs_filter_bar, ADW_TYPE_BIN)

/* What the chips say */

static char *
describe_time_cb (CsFilterBar *self, const char *time)
{
  if (g_strcmp0 (time, "today") == 0)
    return g_strdup (_ ("Today"));
  if (g_strcmp0 (time, "week") == 0)
    return g_strdup (_ ("Last 7 days"));
  if (g_strcmp0 (time, "month") == 0)
    return g_strdup (_ ("Last 30 days"));
  if (g_strcmp0 (time, "year") == 0)
    return g_strdup (_ ("Last 12 months"));
  return g_strdup (_ ("Any time"));
}

static char *
describe_provider_cb (CsFilterBar *self, const char *provider)
{
  if (self->studio == NULL || provider == NULL || provider[0] == '\0')
    return g_strdup (_ ("Any provider"));
  return cs_provider_make_name (self->studio, provider);
}

static char *
describe_style_cb (CsFilterBar *self, const char *word)
{
  CsStyle style;

  return g_strdup (word != NULL && cs_style_from_string (word, &style) ? cs_style_get_name (style) : _ ("Any style"));
}

static const CsCollection *
find_collection (CsFilterBar *self, const char *id)
{
  gint64 wanted = id != NULL ? g_ascii_strtoll (id, NULL, 10) : 0;

  for (guint i = 0; i < self->collections->len; i++)
    if (((CsCollection *) self->collections->pdata[i])->id == wanted)
      return self->collections->pdata[i];
  return NULL;
}

static char *
describe_collection_cb (CsFilterBar *self, const char *id, guint n_readings)
{
  const CsCollection *collection = find_collection (self, id);

  return g_strdup (collection != NULL ? collection->name : _ ("Any collection"));
}

static gboolean
has_collections_cb (CsFilterBar *self, guint n_readings)
{
  return self->collections->len > 0;
}

static GStrv
get_classes_cb (CsFilterBar *self, const char *choice)
{
  const char *plain[] = { "chip", NULL };
  const char *set[] = { "chip", "set", NULL };

  return g_strdupv ((char **) (choice != NULL && choice[0] != '\0' ? set : plain));
}

/* The menus */

static void
add_item (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

static void
fill_providers (CsFilterBar *self)
{
  GPtrArray *models = cs_provider_registry_get_models (cs_engine_get_registry (cs_studio_get_engine (self->studio)));
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  g_menu_remove_all (self->provider_menu);
  add_item (self->provider_menu, _ ("Any provider"), "filter.provider", "");
  for (guint i = 0; i < models->len; i++)
    {
      const CsModel *model = models->pdata[i];
      g_autofree char *name = cs_provider_make_name (self->studio, model->provider);

      if (g_hash_table_add (known, model->provider))
        add_item (self->provider_menu, name, "filter.provider", model->provider);
    }
  add_item (self->provider_menu, _ ("Your own files"), "filter.provider", CS_LIBRARY_IMPORT_PROVIDER);
}

static void
fill_styles (CsFilterBar *self)
{
  add_item (self->style_menu, _ ("Any style"), "filter.style", "");
  for (int style = 0; style < CS_N_STYLES; style++)
    add_item (self->style_menu, cs_style_get_name (style), "filter.style", cs_style_to_string (style));
}

/* One that is gone hides nothing any more. */
static void
fill_collections (CsFilterBar *self)
{
  g_autofree char *chosen = NULL;

  g_object_get (self->filter, "collection", &chosen, NULL);
  g_menu_remove_all (self->collection_menu);
  add_item (self->collection_menu, _ ("Any collection"), "filter.collection", "");
  for (guint i = 0; i < self->collections->len; i++)
    {
      const CsCollection *collection = self->collections->pdata[i];
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, collection->id);

      add_item (self->collection_menu, collection->name, "filter.collection", id);
    }
  if (find_collection (self, chosen) == NULL)
    g_object_set (self->filter, "collection", "", NULL);
}

static void
collections_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsFilterBar) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) collections = cs_library_collections_finish (CS_LIBRARY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (collections == NULL)
    {
      g_debug ("The collections were not read: %s", error->message);
      return;
    }
  g_ptr_array_unref (self->collections);
  self->collections = g_steal_pointer (&collections);
  self->n_readings++;
  fill_collections (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_READINGS]);
}

static void
read_collections (CsFilterBar *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  cs_library_collections_async (cs_engine_get_library (cs_studio_get_engine (self->studio)), self->cancellable, collections_cb,
                                g_object_ref (self));
}

static void
cs_filter_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CsFilterBar *self = CS_FILTER_BAR (object);

  if (id == PROP_FILTER)
    g_value_set_object (value, self->filter);
  else if (id == PROP_N_READINGS)
    g_value_set_uint (value, self->n_readings);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cs_filter_bar_dispose (GObject *object)
{
  CsFilterBar *self = CS_FILTER_BAR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->filter);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_filter_bar_parent_class)->dispose (object);
}

static void
cs_filter_bar_finalize (GObject *object)
{
  g_ptr_array_unref (CS_FILTER_BAR (object)->collections);

  G_OBJECT_CLASS (cs_filter_bar_parent_class)->finalize (object);
}

static void
cs_filter_bar_class_init (CsFilterBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_FILTER);
  object_class->get_property = cs_filter_bar_get_property;
  object_class->dispose = cs_filter_bar_dispose;
  object_class->finalize = cs_filter_bar_finalize;
  properties[PROP_FILTER] = g_param_spec_object ("filter", NULL, NULL, CS_TYPE_FILTER,
                                                 G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_READINGS] = g_param_spec_uint ("n-readings", NULL, NULL, 0, G_MAXUINT, 0,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, CsFilterBar, provider_menu);
  gtk_widget_class_bind_template_child (widget_class, CsFilterBar, style_menu);
  gtk_widget_class_bind_template_child (widget_class, CsFilterBar, collection_menu);
  gtk_widget_class_bind_template_callback (widget_class, describe_time_cb);
  gtk_widget_class_bind_template_callback (widget_class, describe_provider_cb);
  gtk_widget_class_bind_template_callback (widget_class, describe_style_cb);
  gtk_widget_class_bind_template_callback (widget_class, describe_collection_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_collections_cb);
  gtk_widget_class_bind_template_callback (widget_class, get_classes_cb);
}

static void
cs_filter_bar_init (CsFilterBar *self)
{
  self->collections = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_collection_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_name_controls (GTK_WIDGET (self));
}

/** cs_filter_bar_set_filter: What the chips choose; once. */
void
cs_filter_bar_set_filter (CsFilterBar *self, CsFilter *filter, CsStudio *studio)
{
  g_return_if_fail (CS_IS_FILTER_BAR (self));
  g_return_if_fail (self->filter == NULL);

  self->studio = g_object_ref (studio);
  self->filter = g_object_ref (filter);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER]);
  fill_providers (self);
  fill_styles (self);
  g_signal_connect_object (cs_engine_get_library (cs_studio_get_engine (studio)), "collections-changed", G_CALLBACK (read_collections),
                           self, G_CONNECT_SWAPPED);
  read_collections (self);
}

/** cs_filter_bar_dup_collection_name: Returns: (transfer full) (nullable): the name of the collection that is chosen. */
char *
cs_filter_bar_dup_collection_name (CsFilterBar *self)
{
  g_autofree char *id = NULL;
  const CsCollection *collection;

  g_object_get (self->filter, "collection", &id, NULL);
  collection = find_collection (self, id);
  return collection != NULL ? g_strdup (collection->name) : NULL;
}
