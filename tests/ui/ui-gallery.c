/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-gallery.h"
#include "ui-keys.h"

/* What is waited for. */
typedef struct
{
  UiGallery *gallery;
  guint n;
  GtkWidget *found;
} Wait;

static gboolean
has_count_cb (gpointer user_data)
{
  Wait *wait = user_data;

  return g_list_model_get_n_items (G_LIST_MODEL (wait->gallery->list)) == wait->n;
}

void
ui_gallery_wait_count (UiGallery *self, guint n)
{
  Wait wait = { self, n, NULL };

  ui_wait (has_count_cb, &wait);
  ui_settle (self->ui);
}

UiGallery *
ui_gallery_open (guint n, guint n_files)
{
  UiGallery *self = g_new0 (UiGallery, 1);

  self->ui = ui_open ();
  self->page = cs_gallery_page_new ();
  if (n > 0)
    ui_library_fill (self->ui, n, n_files);
  cs_gallery_page_set_studio (CS_GALLERY_PAGE (self->page), self->ui->studio);
  ui_show (self->ui, self->page, 1180, 780);
  self->view = ui_find (self->page, GTK_TYPE_GRID_VIEW, NULL);
  self->list = gtk_grid_view_get_model (GTK_GRID_VIEW (self->view));
  ui_gallery_wait_count (self, n);
  return self;
}

void
ui_gallery_close (UiGallery *self)
{
  ui_close (self->ui);
  g_free (self);
}

void
ui_gallery_resize (UiGallery *self, int width, int height)
{
  gtk_window_set_default_size (self->ui->window, width, height);
  for (int i = 0; i < 3; i++)
    ui_settle (self->ui);
}

GtkWidget *
ui_gallery_get (UiGallery *self, const char *id)
{
  GtkWidget *widget = ui_find (self->page, GTK_TYPE_WIDGET, id);

  g_assert_nonnull (widget);
  return widget;
}

const char *
ui_gallery_get_state (UiGallery *self)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (ui_gallery_get (self, "stack")));
}

guint
ui_gallery_count (UiGallery *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->list));
}

static gboolean
is_read_cb (gpointer user_data)
{
  Wait *wait = user_data;
  g_autoptr (CsLibraryItem) item = g_list_model_get_item (G_LIST_MODEL (wait->gallery->list), wait->n);

  return item != NULL && cs_library_item_get_creation (item) != NULL;
}

char *
ui_gallery_dup_id (UiGallery *self, guint position)
{
  Wait wait = { self, position, NULL };
  g_autoptr (CsLibraryItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  ui_wait (is_read_cb, &wait);
  return g_strdup (cs_creation_get_id (cs_library_item_get_creation (item)));
}

static gboolean
has_tile_cb (gpointer user_data)
{
  Wait *wait = user_data;
  GtkWidget *cell = gtk_widget_get_first_child (wait->gallery->view);

  for (; cell != NULL; cell = gtk_widget_get_next_sibling (cell))
    {
      GtkWidget *tile = gtk_widget_get_first_child (cell);

      if (CS_IS_CREATION_TILE (tile) && gtk_widget_get_mapped (tile) && cs_creation_tile_get_position (CS_CREATION_TILE (tile)) == wait->n
          && cs_creation_tile_get_creation (CS_CREATION_TILE (tile)) != NULL)
        wait->found = tile;
    }
  return wait->found != NULL;
}

CsCreationTile *
ui_gallery_get_tile (UiGallery *self, guint position)
{
  Wait wait = { self, position, NULL };

  ui_wait (has_tile_cb, &wait);
  return CS_CREATION_TILE (wait.found);
}

void
ui_gallery_focus (UiGallery *self, guint position)
{
  GtkWidget *tile = GTK_WIDGET (ui_gallery_get_tile (self, position));

  g_assert_true (gtk_widget_grab_focus (gtk_widget_get_parent (tile)));
}

GtkAdjustment *
ui_gallery_get_scroll (UiGallery *self)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));
}

gboolean
ui_gallery_press (UiGallery *self, guint key, GdkModifierType state)
{
  return ui_press_on_focus (self->ui->window, key, state);
}

void
ui_gallery_search (UiGallery *self, const char *words)
{
  gtk_editable_set_text (GTK_EDITABLE (ui_gallery_get (self, "search")), words);
}

void
ui_gallery_filter (UiGallery *self, const char *action, const char *target)
{
  GtkWidget *bar = ui_gallery_get (self, "filters");

  g_assert_true (target != NULL ? gtk_widget_activate_action (bar, action, "s", target) : gtk_widget_activate_action (bar, action, NULL));
}

static gboolean
has_dialog_cb (gpointer user_data)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWindow **found = user_data;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_mapped (GTK_WIDGET (window)))
        *found = window;
    }
  return *found != NULL;
}

GtkWindow *
ui_find_dialog (void)
{
  GtkWindow *found = NULL;

  ui_wait (has_dialog_cb, &found);
  return found;
}
