/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One figure in a card. Main thread. */
#include "config.h"
#include "ui/wallet/cs-money-card.h"

/* Where a bar begins to warn, and where to alarm. */
#define NEARLY 0.75
#define FULL 0.95

struct _CsMoneyCard
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *title;
  GtkLabel *amount;
  GtkLabel *of;
  GtkLevelBar *bar;
  GtkLabel *caption;
};

G_DEFINE_FINAL_TYPE (CsMoneyCard, cs_money_card, ADW_TYPE_BIN)

static void
cs_money_card_class_init (CsMoneyCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-money-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CsMoneyCard, title);
  gtk_widget_class_bind_template_child (widget_class, CsMoneyCard, amount);
  gtk_widget_class_bind_template_child (widget_class, CsMoneyCard, of);
  gtk_widget_class_bind_template_child (widget_class, CsMoneyCard, bar);
  gtk_widget_class_bind_template_child (widget_class, CsMoneyCard, caption);
}

/* A bar is as high as the last mark that it does not reach: GTK’s own names are of batteries, the other way round. */
static void
cs_money_card_init (CsMoneyCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_FULL);
  gtk_level_bar_add_offset_value (self->bar, "calm", NEARLY);
  gtk_level_bar_add_offset_value (self->bar, "nearly", FULL);
  gtk_level_bar_add_offset_value (self->bar, "spent", 1);
}

void
cs_money_card_set_title (CsMoneyCard *self, const char *title)
{
  gtk_label_set_text (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

/** cs_money_card_set_words: A figure without a bar. */
void
cs_money_card_set_words (CsMoneyCard *self, const char *amount, const char *caption)
{
  gtk_label_set_text (self->amount, amount);
  gtk_label_set_text (self->of, "");
  gtk_label_set_text (self->caption, caption != NULL ? caption : "");
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
}

/** cs_money_card_set_cap: How much of a cap is used; without a cap, how much that is. */
void
cs_money_card_set_cap (CsMoneyCard *self, CsMoney spent, CsMoney cap, const char *caption)
{
  g_autofree char *spent_text = cs_money_to_amount (spent);
  g_autofree char *cap_text = cs_money_to_amount (MAX (cap, 0));
  g_autofree char *of = NULL;

  cs_money_card_set_words (self, spent_text, caption);
  if (cap < 0)
    return;
  /* translators: behind an amount of money that was spent: the cap */
  of = g_strdup_printf (_ ("of %s"), cap_text);
  gtk_label_set_text (self->of, of);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), TRUE);
  gtk_level_bar_set_value (self->bar, cap > 0 ? CLAMP ((double) spent / (double) cap, 0, 1) : 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, of, -1);
}
