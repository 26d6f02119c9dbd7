/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grid of the gallery. Main thread. */
#include "config.h"
#include "ui/gallery/cs-creation-grid.h"

#include "ui/gallery/cs-creation-content.h"
#include "ui/gallery/cs-creation-tile.h"

#define MIN_COLUMNS 2
#define MAX_COLUMNS 7
#define COLUMN_WIDTH 230 /* pixels, a little less than a column at least has */

struct _CsCreationGrid
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkScrolledWindow *scroller;
  GtkGridView *view;
  GtkGestureClick *click;
  GtkGestureLongPress *long_press;
  GMenuModel *menu_model;

  /* Borrowed */
  GdkFrameClock *clock;    /* (nullable) while it is realized */
  CsCreationTile *playing; /* (nullable) weak: the one under the pointer */
  CsCreationTile *asked_tile; /* (nullable) weak: where the menu was asked for */

  /* Owned */
  GtkWidget *menu;        /* (nullable) until it is asked for first */
  CsStudio *studio;       /* (nullable) */
  CsSelection *selection; /* (nullable) */
  CsCreation *asked;      /* (nullable) that the menu was asked for */
  GPtrArray *cards;       /* (element-type CsCreationCard) that no tile has */
};

enum
{
  SIGNAL_OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsCreationGrid, cs_creation_grid, ADW_TYPE_BIN)

static CsCreationTile *
get_tile (GtkWidget *cell)
{
  GtkWidget *child = gtk_widget_get_first_child (cell);

  return CS_IS_CREATION_TILE (child) ? CS_CREATION_TILE (child) : NULL;
}

/* (nullable): the one with the focus. */
static CsCreationTile *
get_focused_tile (CsCreationGrid *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *cell = root != NULL ? gtk_root_get_focus (root) : NULL;

  while (cell != NULL && gtk_widget_get_parent (cell) != GTK_WIDGET (self->view))
    cell = gtk_widget_get_parent (cell);
  return cell != NULL ? get_tile (cell) : NULL;
}

/* What is near to what is seen */

/* Half a page before and behind what is seen is made ready, so that it is there when it comes. */
static gboolean
is_near (CsCreationGrid *self, GtkWidget *cell)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self->view));
  graphene_rect_t bounds;

  return gtk_widget_get_child_visible (cell) && gtk_widget_compute_bounds (cell, GTK_WIDGET (self->view), &bounds)
         && bounds.origin.y < height * 1.5 && bounds.origin.y + bounds.size.height > -height * 0.5;
}

static void
update_tiles (CsCreationGrid *self, gboolean near)
{
  GtkWidget *cell = gtk_widget_get_first_child (GTK_WIDGET (self->view));

  for (; cell != NULL; cell = gtk_widget_get_next_sibling (cell))
    {
      CsCreationTile *tile = get_tile (cell);

      if (tile == NULL || is_near (self, cell) != near)
        continue;
      if (near)
        cs_creation_tile_set_near (tile, self->studio, self->cards);
      else
        cs_creation_tile_set_far (tile);
    }
}

/* A grid has thirty rows of widgets, each of as many as could ever be in a row: here, as many as are. */
static void
limit_columns (CsCreationGrid *self)
{
  int n_columns = gtk_widget_get_width (GTK_WIDGET (self->view)) / COLUMN_WIDTH;

  gtk_grid_view_set_max_columns (self->view, CLAMP (n_columns, MIN_COLUMNS, MAX_COLUMNS));
}

/* After every layout: the tiles stand where they will be drawn. What the far ones give back, the near ones take. */
static void
layout_cb (CsCreationGrid *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || self->studio == NULL)
    return;
  limit_columns (self);
  update_tiles (self, FALSE);
  update_tiles (self, TRUE);
}

static void
cs_creation_grid_realize (GtkWidget *widget)
{
  CsCreationGrid *self = CS_CREATION_GRID (widget);

  GTK_WIDGET_CLASS (cs_creation_grid_parent_class)->realize (widget);
  self->clock = gtk_widget_get_frame_clock (widget);
  g_signal_connect_object (self->clock, "layout", G_CALLBACK (layout_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
cs_creation_grid_unrealize (GtkWidget *widget)
{
  CsCreationGrid *self = CS_CREATION_GRID (widget);

  g_signal_handlers_disconnect_by_func (self->clock, layout_cb, self);
  self->clock = NULL;
  GTK_WIDGET_CLASS (cs_creation_grid_parent_class)->unrealize (widget);
}

/* Opening and choosing */

static void
open_creation (CsCreationGrid *self, guint position)
{
  g_autoptr (CsLibraryItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item != NULL && cs_library_item_get_creation (item) != NULL)
    g_signal_emit (self, signals[SIGNAL_OPEN], 0, cs_library_item_get_creation (item));
}

static void
activate_cb (CsCreationGrid *self, guint position)
{
  open_creation (self, position);
}

static CsCreationTile *
find_tile (CsCreationGrid *self, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);

  while (widget != NULL && !CS_IS_CREATION_TILE (widget))
    widget = gtk_widget_get_parent (widget);
  return widget != NULL ? CS_CREATION_TILE (widget) : NULL;
}

/* With Ctrl or Shift, the grid itself chooses. */
static void
released_cb (CsCreationGrid *self, int n_press, double x, double y)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (self->click));
  CsCreationTile *tile = n_press > 0 ? find_tile (self, x, y) : NULL;

  if (tile == NULL || (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0)
    return;
  gtk_gesture_set_state (GTK_GESTURE (self->click), GTK_EVENT_SEQUENCE_CLAIMED);
  if (cs_selection_is_selecting (self->selection))
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.select-item", "(ubb)", cs_creation_tile_get_position (tile), TRUE, FALSE);
  else
    open_creation (self, cs_creation_tile_get_position (tile));
}

static void
pressed_long_cb (CsCreationGrid *self, double x, double y)
{
  CsCreationTile *tile = find_tile (self, x, y);

  if (tile == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (self->long_press), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.select-item", "(ubb)", cs_creation_tile_get_position (tile), TRUE, FALSE);
}

static void
selecting_cb (CsCreationGrid *self)
{
  if (cs_selection_is_selecting (self->selection))
    gtk_widget_add_css_class (GTK_WIDGET (self->view), "selecting");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->view), "selecting");
}

/* A film plays through under the pointer. */
static void
set_playing (CsCreationGrid *self, CsCreationTile *tile)
{
  if (tile == self->playing)
    return;
  if (self->playing != NULL)
    cs_creation_tile_set_playing (self->playing, FALSE);
  g_set_weak_pointer (&self->playing, tile);
  if (tile != NULL)
    cs_creation_tile_set_playing (tile, TRUE);
}

static void
motion_cb (CsCreationGrid *self, double x, double y)
{
  set_playing (self, find_tile (self, x, y));
}

static void
leave_cb (CsCreationGrid *self)
{
  set_playing (self, NULL);
}

/* The menu */

/* Back to where it was asked for, and not to wherever the window finds something. */
static void
menu_closed_cb (CsCreationGrid *self)
{
  if (self->asked_tile != NULL && gtk_widget_get_mapped (GTK_WIDGET (self->asked_tile)))
    gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (self->asked_tile)));
}

static GtkPopover *
get_menu (CsCreationGrid *self)
{
  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (self->menu_model);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
      g_signal_connect_object (self->menu, "closed", G_CALLBACK (menu_closed_cb), self, G_CONNECT_SWAPPED);
    }
  return GTK_POPOVER (self->menu);
}

/* Of what is not chosen while one chooses, it would be a menu of something else: so it is chosen. */
static void
show_menu (CsCreationGrid *self, CsCreationTile *tile)
{
  graphene_rect_t bounds;
  guint position = cs_creation_tile_get_position (tile);

  if (cs_creation_tile_get_creation (tile) == NULL
      || !gtk_widget_compute_bounds (GTK_WIDGET (tile), GTK_WIDGET (self), &bounds))
    return;
  if (cs_selection_is_selecting (self->selection) && !gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.select-item", "(ubb)", position, FALSE, FALSE);
  gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (tile)));
  g_set_object (&self->asked, cs_creation_tile_get_creation (tile));
  g_set_weak_pointer (&self->asked_tile, tile);
  gtk_popover_set_pointing_to (get_menu (self), &(GdkRectangle){ (int) bounds.origin.x + (int) bounds.size.width / 2,
                                                                 (int) bounds.origin.y + (int) bounds.size.height / 2, 1, 1 });
  gtk_popover_popup (get_menu (self));
}

static void
pressed_menu_cb (CsCreationGrid *self, int n_press, double x, double y, GtkGesture *gesture)
{
  CsCreationTile *tile = find_tile (self, x, y);

  if (tile == NULL)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, tile);
}

static void
menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsCreationGrid *self = CS_CREATION_GRID (widget);
  CsCreationTile *tile = get_focused_tile (self);

  if (tile != NULL)
    show_menu (self, tile);
}

/* Dragging out */

/* What is dragged: all that is chosen when it is one of them, else the one alone. */
static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, CsCreationGrid *self)
{
  CsCreationTile *tile = find_tile (self, x, y);
  CsCreation *creation = tile != NULL ? cs_creation_tile_get_creation (tile) : NULL;
  g_autoptr (GArray) rows = NULL;

  if (creation == NULL)
    return NULL;
  gtk_drag_source_set_icon (source, NULL, 0, 0);
  if (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), cs_creation_tile_get_position (tile)))
    rows = cs_selection_dup_rows (self->selection);
  return rows != NULL && rows->len > 1 ? cs_creation_content_new_for_rows (self->studio, rows)
                                       : cs_creation_content_new (self->studio, creation);
}

static void
drag_begin_cb (CsCreationGrid *self, GdkDrag *drag, GtkDragSource *source)
{
  double x, y;
  CsCreationTile *tile;
  g_autoptr (GdkPaintable) paintable = NULL;

  if (!gtk_gesture_get_point (GTK_GESTURE (source), NULL, &x, &y))
    return;
  tile = find_tile (self, x, y);
  if (tile == NULL)
    return;
  paintable = gtk_widget_paintable_new (GTK_WIDGET (tile));
  gtk_drag_source_set_icon (source, paintable, 24, 24);
}

static void
cs_creation_grid_dispose (GObject *object)
{
  CsCreationGrid *self = CS_CREATION_GRID (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_weak_pointer (&self->playing);
  g_clear_weak_pointer (&self->asked_tile);
  g_clear_object (&self->asked);
  g_clear_object (&self->selection);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_creation_grid_parent_class)->dispose (object);
}

static void
cs_creation_grid_finalize (GObject *object)
{
  g_ptr_array_unref (CS_CREATION_GRID (object)->cards);

  G_OBJECT_CLASS (cs_creation_grid_parent_class)->finalize (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  /* Of two keys for the same, menus show the last one. */
  static const struct { guint key; GdkModifierType state; const char *action; } keys[] = {
    { GDK_KEY_x, 0, "gallery.select" },         { GDK_KEY_s, 0, "gallery.favourite" },
    { GDK_KEY_KP_Delete, 0, "gallery.trash" },  { GDK_KEY_Delete, 0, "gallery.trash" },
    { GDK_KEY_KP_Delete, 0, "gallery.delete" }, { GDK_KEY_Delete, 0, "gallery.delete" },
    { GDK_KEY_Menu, 0, "grid.menu" },           { GDK_KEY_F10, GDK_SHIFT_MASK, "grid.menu" },
    { GDK_KEY_c, GDK_CONTROL_MASK, "gallery.copy" }, { GDK_KEY_s, GDK_CONTROL_MASK, "gallery.save" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].state, keys[i].action, NULL);
}

static void
cs_creation_grid_class_init (CsCreationGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_CREATION_TILE);
  G_OBJECT_CLASS (klass)->dispose = cs_creation_grid_dispose;
  G_OBJECT_CLASS (klass)->finalize = cs_creation_grid_finalize;
  widget_class->realize = cs_creation_grid_realize;
  widget_class->unrealize = cs_creation_grid_unrealize;
  signals[SIGNAL_OPEN] = g_signal_new ("open", CS_TYPE_CREATION_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                       CS_TYPE_CREATION);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-creation-grid.ui");
  gtk_widget_class_bind_template_child (widget_class, CsCreationGrid, scroller);
  gtk_widget_class_bind_template_child (widget_class, CsCreationGrid, view);
  gtk_widget_class_bind_template_child (widget_class, CsCreationGrid, click);
  gtk_widget_class_bind_template_child (widget_class, CsCreationGrid, long_press);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_long_cb);
  gtk_widget_class_bind_template_child (widget_class, CsCreationGrid, menu_model);
  gtk_widget_class_bind_template_callback (widget_class, pressed_menu_cb);
  gtk_widget_class_bind_template_callback (widget_class, motion_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, prepare_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);
  gtk_widget_class_install_action (widget_class, "grid.menu", NULL, menu_action);
  add_keys (widget_class);
}

static void
cs_creation_grid_init (CsCreationGrid *self)
{
  self->cards = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Who looks at the newest sees what comes before it; elsewhere, nothing that comes or goes moves what one looks at. */
static void
items_changed_cb (CsCreationGrid *self, guint position, guint removed, guint added)
{
  if (position == 0 && added > 0 && gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scroller)) == 0)
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", 0);
}

/** cs_creation_grid_set_selection: What is shown, and with what; once. */
void
cs_creation_grid_set_selection (CsCreationGrid *self, CsSelection *selection, CsStudio *studio)
{
  g_return_if_fail (CS_IS_CREATION_GRID (self));
  g_return_if_fail (self->selection == NULL);

  self->selection = g_object_ref (selection);
  self->studio = g_object_ref (studio);
  g_signal_connect_object (selection, "notify::selecting", G_CALLBACK (selecting_cb), self, G_CONNECT_SWAPPED);
  gtk_grid_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (selection, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
}

/** cs_creation_grid_get_focused: Returns: (transfer none) (nullable): the creation that keys, and its menu, act on. */
CsCreation *
cs_creation_grid_get_focused (CsCreationGrid *self)
{
  CsCreationTile *tile = get_focused_tile (self);

  return tile != NULL ? cs_creation_tile_get_creation (tile) : self->asked;
}

void
cs_creation_grid_scroll_to_top (CsCreationGrid *self)
{
  g_clear_object (&self->asked);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", 0);
}
