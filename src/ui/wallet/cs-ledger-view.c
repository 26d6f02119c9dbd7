/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The book of all money, read on the store’s own thread. A line that is activated shows what it was for. Main thread. */
#include "config.h"
#include "ui/wallet/cs-ledger-view.h"

#include "ui/wallet/cs-move-item.h"
#include "ui/wallet/cs-move-row.h"

/* The choices before the keys. */
#define N_FIXED 2

struct _CsLedgerView
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkDropDown *key_choice;
  GtkStack *stack;
  GtkListView *list;
  GtkLabel *trouble;

  /* Owned */
  CsStudio *studio; /* (nullable) */
  CsMoveList *moves;
  GArray *key_ids;  /* (element-type gint64) of the choices */
  guint asked;      /* counts the readings: only the last one is shown */
};

G_DEFINE_FINAL_TYPE (CsLedgerView, cs_ledger_view, ADW_TYPE_BIN)

/* One reading. */
typedef struct
{
  CsLedgerView *self; /* owned */
  guint number;
} Reading;

static void
moves_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Reading *reading = user_data;
  g_autoptr (CsLedgerView) self = reading->self;
  g_autoptr (GError) error = NULL;
  GPtrArray *moves = cs_wallet_moves_finish (CS_WALLET (source), result, &error);

  if (self->studio == NULL || reading->number != self->asked)
    {
      g_clear_pointer (&moves, g_ptr_array_unref);
      return;
    }
  if (moves == NULL)
    {
      gtk_label_set_text (self->trouble, error->message);
      gtk_stack_set_visible_child_name (self->stack, "trouble");
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, moves->len > 0 ? "list" : "empty");
  cs_move_list_set (self->moves, moves);
}

/** cs_ledger_view_reload: Reads the book anew. */
void
cs_ledger_view_reload (CsLedgerView *self)
{
  guint choice = gtk_drop_down_get_selected (self->key_choice);
  gint64 key_id = choice < self->key_ids->len ? g_array_index (self->key_ids, gint64, choice) : CS_MOVES_ALL;
  Reading *reading;

  if (self->studio == NULL)
    return;
  reading = g_new0 (Reading, 1);
  reading->self = g_object_ref (self);
  reading->number = ++self->asked;
  cs_wallet_moves_async (cs_engine_get_wallet (cs_studio_get_engine (self->studio)), key_id, NULL, moves_cb, reading);
}

/* Rows */

static void
setup_cb (CsLedgerView *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, cs_move_row_new (self->studio));
}

static void
bind_cb (CsLedgerView *self, GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  const CsMove *move = cs_move_item_get_move (gtk_list_item_get_item (item));
  g_autofree char *words = cs_move_row_describe (self->studio, move);

  cs_move_row_show (CS_MOVE_ROW (row), move);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
cs_ledger_view_dispose (GObject *object)
{
  CsLedgerView *self = CS_LEDGER_VIEW (object);

  g_clear_object (&self->moves);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_ledger_view_parent_class)->dispose (object);
}

static void
cs_ledger_view_finalize (GObject *object)
{
  g_array_unref (CS_LEDGER_VIEW (object)->key_ids);

  G_OBJECT_CLASS (cs_ledger_view_parent_class)->finalize (object);
}

static void
cs_ledger_view_class_init (CsLedgerViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_ledger_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = cs_ledger_view_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-ledger-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CsLedgerView, key_choice);
  gtk_widget_class_bind_template_child (widget_class, CsLedgerView, stack);
  gtk_widget_class_bind_template_child (widget_class, CsLedgerView, list);
  gtk_widget_class_bind_template_child (widget_class, CsLedgerView, trouble);
}

/* GTK 4.8 keeps the name of the choice to itself: what takes the focus are the button in it, and what that shows. */
static void
name_choice (GtkWidget *widget)
{
  if (GTK_IS_TOGGLE_BUTTON (widget) || g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkListItemWidget"))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Whose moves are shown"), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child))
      name_choice (child);
}

static void
cs_ledger_view_init (CsLedgerView *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->key_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->moves = cs_move_list_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->moves)))));
  cs_ledger_view_set_keys (self, NULL);
}

/** cs_ledger_view_set_studio: Reads the book. */
void
cs_ledger_view_set_studio (CsLedgerView *self, CsStudio *studio)
{
  g_set_object (&self->studio, studio);
  g_signal_connect_object (self->key_choice, "notify::selected", G_CALLBACK (cs_ledger_view_reload), self, G_CONNECT_SWAPPED);
  cs_ledger_view_reload (self);
}

/** cs_ledger_view_set_keys: @keys: (nullable): that can be chosen; what is chosen stays so, as far as it is still there. */
void
cs_ledger_view_set_keys (CsLedgerView *self, GPtrArray *keys)
{
  const gint64 fixed[N_FIXED] = { CS_MOVES_ALL, CS_MOVES_WITHOUT_KEY };
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = gtk_drop_down_get_selected (self->key_choice);
  gint64 before = chosen < self->key_ids->len ? g_array_index (self->key_ids, gint64, chosen) : CS_MOVES_ALL;

  g_array_set_size (self->key_ids, 0);
  g_array_append_vals (self->key_ids, fixed, N_FIXED);
  gtk_string_list_append (names, _ ("All keys"));
  gtk_string_list_append (names, _ ("Without a key"));
  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      const CsWalletKey *key = keys->pdata[i];

      g_array_append_val (self->key_ids, key->id);
      gtk_string_list_append (names, *key->label != '\0' ? key->label : key->name);
    }
  gtk_drop_down_set_model (self->key_choice, G_LIST_MODEL (names));
  name_choice (GTK_WIDGET (self->key_choice));
  for (guint i = 0; i < self->key_ids->len; i++)
    if (g_array_index (self->key_ids, gint64, i) == before)
      gtk_drop_down_set_selected (self->key_choice, i);
  gtk_widget_set_visible (GTK_WIDGET (self->key_choice), keys != NULL && keys->len > 0);
}
