/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The collections, to put creations into one. Main thread. */
#include "config.h"
#include "ui/gallery/cs-collection-popover.h"

#include "ui/widgets/cs-say.h"

struct _CsCollectionPopover
{
  GtkPopover parent_instance;

  /* Template widgets */
  GtkListBox *list;
  GtkWidget *scroller;
  GtkEntry *entry;
  GtkWidget *button;

  /* Owned */
  CsStudio *studio;          /* (nullable) until it is set */
  GStrv ids;                 /* (nullable) of what goes into one */
  GPtrArray *collections;    /* (nullable) (element-type CsCollection) by row */
  GCancellable *cancellable; /* (nullable) of reading them */
};

G_DEFINE_FINAL_TYPE (CsCollectionPopover, cs_collection_popover, GTK_TYPE_POPOVER)

static CsLibrary *
get_library (CsCollectionPopover *self)
{
  return cs_engine_get_library (cs_studio_get_engine (self->studio));
}

/* The list */

static GtkWidget *
make_row (const CsCollection *collection)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *count = g_strdup_printf ("%u", collection->n_creations);
  GtkWidget *label = gtk_label_new (count);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), collection->name);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

static void
fill (CsCollectionPopover *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < self->collections->len; i++)
    gtk_list_box_append (self->list, make_row (self->collections->pdata[i]));
  gtk_widget_set_visible (self->scroller, self->collections->len > 0);
}

static void
collections_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsCollectionPopover) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) collections = cs_library_collections_finish (CS_LIBRARY (source), result, &error);

  if (collections == NULL)
    {
      g_debug ("The collections were not read: %s", error->message);
      return;
    }
  g_clear_pointer (&self->collections, g_ptr_array_unref);
  self->collections = g_steal_pointer (&collections);
  fill (self);
}

static void
map_cb (CsCollectionPopover *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  if (self->studio == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  cs_library_collections_async (get_library (self), self->cancellable, collections_cb, g_object_ref (self));
}

/* Putting in */

static void
collect_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsCollectionPopover) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCollection) collection = cs_library_collect_finish (CS_LIBRARY (source), result, &error);
  g_autofree char *words = NULL;

  if (collection != NULL)
    /* translators: the name of a collection */
    words = g_strdup_printf (_ ("Added to “%s”"), collection->name);
  cs_say (GTK_WIDGET (self), collection != NULL ? words : error->message);
}

static void
collect (CsCollectionPopover *self, gint64 collection)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  if (self->ids != NULL)
    cs_library_collect_async (get_library (self), collection, (const char *const *) self->ids, TRUE, NULL, collect_cb,
                              g_object_ref (self));
}

static void
row_cb (CsCollectionPopover *self, GtkListBoxRow *row)
{
  guint index = gtk_list_box_row_get_index (row);

  if (self->collections != NULL && index < self->collections->len)
    collect (self, ((CsCollection *) self->collections->pdata[index])->id);
}

static void
create_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsCollectionPopover) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCollection) collection = cs_library_create_collection_finish (CS_LIBRARY (source), result, &error);

  if (collection != NULL)
    collect (self, collection->id);
  else
    cs_say (GTK_WIDGET (self), error->message);
}

static char *
dup_name (CsCollectionPopover *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

static void
new_cb (CsCollectionPopover *self)
{
  g_autofree char *name = dup_name (self);

  if (name[0] != '\0' && self->studio != NULL)
    cs_library_create_collection_async (get_library (self), name, NULL, create_cb, g_object_ref (self));
}

static void
changed_cb (CsCollectionPopover *self)
{
  g_autofree char *name = dup_name (self);

  gtk_widget_set_sensitive (self->button, name[0] != '\0');
}

static void
cs_collection_popover_dispose (GObject *object)
{
  CsCollectionPopover *self = CS_COLLECTION_POPOVER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_collection_popover_parent_class)->dispose (object);
}

static void
cs_collection_popover_finalize (GObject *object)
{
  CsCollectionPopover *self = CS_COLLECTION_POPOVER (object);

  g_strfreev (self->ids);
  g_clear_pointer (&self->collections, g_ptr_array_unref);

  G_OBJECT_CLASS (cs_collection_popover_parent_class)->finalize (object);
}

static void
cs_collection_popover_class_init (CsCollectionPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_collection_popover_dispose;
  G_OBJECT_CLASS (klass)->finalize = cs_collection_popover_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-collection-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, CsCollectionPopover, list);
  gtk_widget_class_bind_template_child (widget_class, CsCollectionPopover, scroller);
  gtk_widget_class_bind_template_child (widget_class, CsCollectionPopover, entry);
  gtk_widget_class_bind_template_child (widget_class, CsCollectionPopover, button);
  gtk_widget_class_bind_template_callback (widget_class, map_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_cb);
  gtk_widget_class_bind_template_callback (widget_class, new_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
cs_collection_popover_init (CsCollectionPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_collection_popover_set_creations: @ids: (nullable) (array zero-terminated=1): of what is to be put into a collection. */
void
cs_collection_popover_set_creations (CsCollectionPopover *self, CsStudio *studio, const char *const *ids)
{
  g_return_if_fail (CS_IS_COLLECTION_POPOVER (self));

  g_set_object (&self->studio, studio);
  g_strfreev (self->ids);
  self->ids = g_strdupv ((char **) ids);
}
