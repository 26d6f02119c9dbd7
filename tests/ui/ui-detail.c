/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-detail.h"
#include "ui-keys.h"

#define N_CREATIONS 12

static gboolean
is_read_cb (gpointer user_data)
{
  UiDetail *self = user_data;

  return g_list_model_get_n_items (G_LIST_MODEL (self->model)) == self->n;
}

static void
closed_cb (UiDetail *self)
{
  self->n_closed++;
}

void
ui_detail_set_up (UiDetail *self, gconstpointer data)
{
  CsLibraryQuery query = { 0 };

  self->ui = ui_open ();
  self->n = N_CREATIONS;
  ui_library_fill (self->ui, N_CREATIONS, N_CREATIONS);
  self->model = cs_library_model_new (ui_get_library (self->ui));
  cs_library_model_set_query (self->model, &query);
  self->page = cs_detail_page_new ();
  cs_detail_page_set_studio (CS_DETAIL_PAGE (self->page), self->ui->studio);
  g_signal_connect_swapped (self->page, "closed", G_CALLBACK (closed_cb), self);
  ui_show (self->ui, self->page, 1180, 780);
  ui_wait (is_read_cb, self);
}

void
ui_detail_tear_down (UiDetail *self, gconstpointer data)
{
  g_clear_object (&self->model);
  ui_close (self->ui);
}

static gboolean
is_item_read_cb (gpointer item)
{
  return cs_library_item_get_creation (item) != NULL;
}

void
ui_detail_show (UiDetail *self, guint n)
{
  g_autoptr (CsLibraryItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), n);

  ui_wait (is_item_read_cb, item);
  cs_detail_page_show (CS_DETAIL_PAGE (self->page), cs_library_item_get_creation (item), G_LIST_MODEL (self->model));
  ui_settle (self->ui);
}

CsCreation *
ui_detail_get_shown (UiDetail *self)
{
  g_autoptr (CsCreation) creation = NULL;

  g_object_get (self->page, "creation", &creation, NULL);
  return creation;
}

const CsCreationFacts *
ui_detail_facts (UiDetail *self)
{
  return cs_creation_get_facts (ui_detail_get_shown (self));
}

char *
ui_detail_dup_file (UiDetail *self)
{
  return cs_library_dup_file_path (ui_get_library (self->ui), ui_detail_get_shown (self));
}

GtkWidget *
ui_detail_find (UiDetail *self, const char *id)
{
  GtkWidget *widget = ui_find (self->page, GTK_TYPE_WIDGET, id);

  g_assert_nonnull (widget);
  return widget;
}

const char *
ui_detail_get_place (UiDetail *self)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (ui_detail_find (self, "places")));
}

static gboolean
is_place_cb (gpointer user_data)
{
  UiDetail *self = user_data;

  return g_str_equal (ui_detail_get_place (self), self->wanted);
}

void
ui_detail_wait_place (UiDetail *self, const char *name)
{
  self->wanted = name;
  ui_wait (is_place_cb, self);
  ui_settle (self->ui);
}

static gboolean
has_state_cb (gpointer user_data)
{
  UiDetail *self = user_data;

  return g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (ui_detail_find (self, "state_row"))), self->wanted);
}

void
ui_detail_wait_state (UiDetail *self, const char *title)
{
  self->wanted = title;
  ui_wait (has_state_cb, self);
}

gboolean
ui_detail_press (UiDetail *self, guint key, GdkModifierType state)
{
  GtkWidget *focus = gtk_window_get_focus (self->ui->window);

  return ui_press (focus != NULL && gtk_widget_is_ancestor (focus, self->page) ? focus : self->page, key, state);
}
