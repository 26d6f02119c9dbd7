/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outline: what is moved here is moved in the Markdown, and can be undone there. Main thread. */
#include "config.h"
#include "ui/deck/cs-deck-outline.h"

#include "ui/deck/cs-deck-edits.h"
#include "ui/deck/cs-outline-row.h"

#define BATCH 6 /* rows that are built in one idle moment */

struct _CsDeckOutline
{
  AdwBin parent_instance;

  GtkListBox *list;         /* of the child */
  CsDeckDocument *document; /* (nullable) until it is set */
  GtkSliceListModel *built; /* (nullable) the slides that have a row */
  guint building;           /* idle source */
  gboolean is_following;
};

static guint activated_signal;

G_DEFINE_FINAL_TYPE (CsDeckOutline, cs_deck_outline, ADW_TYPE_BIN)

static GtkListBoxRow *
get_row (CsDeckOutline *self, guint position)
{
  return gtk_list_box_get_row_at_index (self->list, (int) position);
}

static void
follow (CsDeckOutline *self)
{
  GtkListBoxRow *row = get_row (self, cs_deck_document_get_current (self->document));

  if (row == gtk_list_box_get_selected_row (self->list))
    return;
  self->is_following = TRUE;
  gtk_list_box_select_row (self->list, row);
  self->is_following = FALSE;
}

static void
selected_cb (CsDeckOutline *self, GtkListBoxRow *row)
{
  if (row != NULL && !self->is_following)
    cs_deck_document_go_to (self->document, (guint) gtk_list_box_row_get_index (row));
}

static void
activated_cb (CsDeckOutline *self)
{
  g_signal_emit (self, activated_signal, 0);
}

/* Moving */

static void
move (CsDeckOutline *self, guint from, guint to)
{
  cs_deck_edits_move (self->document, from, to);
  follow (self);
  if (get_row (self, to) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (get_row (self, to)));
}

static void
move_by (CsDeckOutline *self, int step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int from = row != NULL ? gtk_list_box_row_get_index (row) : -1;
  int to = from + step;

  if (from >= 0 && to >= 0 && get_row (self, (guint) to) != NULL)
    move (self, (guint) from, (guint) to);
}

static void
up_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_by (CS_DECK_OUTLINE (widget), -1);
}

static void
down_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_by (CS_DECK_OUTLINE (widget), 1);
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDeckOutline *self = CS_DECK_OUTLINE (widget);

  cs_deck_edits_remove (self->document, cs_deck_document_get_current (self->document));
  follow (self);
  cs_deck_outline_focus (self);
}

/* Dragging: what is dragged is the position of a row. */

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, gpointer row)
{
  return gdk_content_provider_new_typed (G_TYPE_UINT, (guint) gtk_list_box_row_get_index (row));
}

static void
begin_cb (GtkDragSource *source, GdkDrag *drag, gpointer row)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, picture, 24, 24);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  CsDeckOutline *self = user_data;
  GtkListBoxRow *row = gtk_list_box_get_row_at_y (self->list, (int) y);
  guint from = g_value_get_uint (value);

  if (row == NULL || get_row (self, from) == NULL)
    return FALSE;
  move (self, from, (guint) gtk_list_box_row_get_index (row));
  return TRUE;
}

static GtkWidget *
make_row_cb (gpointer item, gpointer user_data)
{
  GtkWidget *row = cs_outline_row_new (item);
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), row);
  g_signal_connect (source, "drag-begin", G_CALLBACK (begin_cb), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  return row;
}

/* A long presentation is built a few rows at a time. */
static gboolean
build_cb (gpointer user_data)
{
  CsDeckOutline *self = user_data;
  guint n = gtk_slice_list_model_get_size (self->built) + BATCH;
  gboolean is_all = n >= g_list_model_get_n_items (cs_deck_document_get_slides (self->document));

  self->is_following = TRUE;
  gtk_slice_list_model_set_size (self->built, is_all ? G_MAXUINT : n);
  self->is_following = FALSE;
  follow (self);
  if (is_all)
    self->building = 0;
  return is_all ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* Rows are there only while they are seen: whoever writes Markdown does not pay for them. */
static void
cs_deck_outline_map (GtkWidget *widget)
{
  CsDeckOutline *self = CS_DECK_OUTLINE (widget);

  if (self->document != NULL)
    {
      self->built = gtk_slice_list_model_new (g_object_ref (cs_deck_document_get_slides (self->document)), 0, 0);
      gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->built), make_row_cb, NULL, NULL);
      if (build_cb (self))
        self->building = g_idle_add_full (GDK_PRIORITY_REDRAW + 10, build_cb, self, NULL); /* each batch is seen */
    }
  GTK_WIDGET_CLASS (cs_deck_outline_parent_class)->map (widget);
}

static void
cs_deck_outline_unmap (GtkWidget *widget)
{
  CsDeckOutline *self = CS_DECK_OUTLINE (widget);

  GTK_WIDGET_CLASS (cs_deck_outline_parent_class)->unmap (widget);
  g_clear_handle_id (&self->building, g_source_remove);
  self->is_following = TRUE;
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  self->is_following = FALSE;
  g_clear_object (&self->built);
}

static void
cs_deck_outline_dispose (GObject *object)
{
  g_clear_object (&CS_DECK_OUTLINE (object)->document);

  G_OBJECT_CLASS (cs_deck_outline_parent_class)->dispose (object);
}

static void
cs_deck_outline_class_init (CsDeckOutlineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_deck_outline_dispose;
  widget_class->map = cs_deck_outline_map;
  widget_class->unmap = cs_deck_outline_unmap;
  activated_signal = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "outline.up", NULL, up_action);
  gtk_widget_class_install_action (widget_class, "outline.down", NULL, down_action);
  gtk_widget_class_install_action (widget_class, "outline.remove", NULL, remove_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "outline.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "outline.down", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "outline.remove", NULL);
}

static void
cs_deck_outline_init (CsDeckOutline *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_UINT, GDK_ACTION_MOVE);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_list_box_set_activate_on_single_click (self->list, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "outline");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Outline"), -1);
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (target));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  adw_bin_set_child (ADW_BIN (self), scroller);
}

/** cs_deck_outline_set_document: Shows its slides from now on; once. */
void
cs_deck_outline_set_document (CsDeckOutline *self, CsDeckDocument *document)
{
  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "refreshed", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "current-changed", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
}

void
cs_deck_outline_focus (CsDeckOutline *self)
{
  GtkListBoxRow *row = get_row (self, cs_deck_document_get_current (self->document));

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}
