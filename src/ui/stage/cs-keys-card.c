/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card that offers keys: three providers, what each is for and what it costs. Main thread. */
#include "config.h"
#include "ui/stage/cs-keys-card.h"

#define DISMISSED "keys-card-dismissed"

/* A provider that is worth a beginning, and the model whose price is said. */
typedef struct
{
  CsKeyName key;
  const char *initials;
  const char *purpose;
  const char *model; /* (nullable): it is free to begin with */
} Offer;

static const Offer offers[] = {
  { CS_KEY_PIAPI, "P i", N_ ("Video with Wan, pictures with Flux"), "piapi/wan-2.2" },
  { CS_KEY_REPLICATE, "R", N_ ("Pictures with Flux Schnell, video with MiniMax"), "replicate/flux-schnell" },
  { CS_KEY_GROQ, "G", N_ ("Writes prompts and slides"), NULL },
};

struct _CsKeysCard
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkListBox *list;

  /* Owned */
  CsStudio *studio; /* (nullable) */
};

static guint dismissed_signal;

G_DEFINE_FINAL_TYPE (CsKeysCard, cs_keys_card, ADW_TYPE_BIN)

static void
not_now_cb (CsKeysCard *self)
{
  g_settings_set_boolean (cs_studio_get_settings (self->studio), DISMISSED, TRUE);
  g_signal_emit (self, dismissed_signal, 0);
}

/* "$0.28 a video" */
static char *
make_price (CsStudio *studio, const Offer *offer)
{
  CsEngine *engine = cs_studio_get_engine (studio);
  const CsModel *model = offer->model != NULL ? cs_provider_registry_get_model (cs_engine_get_registry (engine), offer->model) : NULL;
  g_autoptr (CsBrief) brief = NULL;
  g_autofree char *price = NULL;
  CsMoney cost;

  if (offer->model == NULL)
    return g_strdup (_ ("free to start"));
  if (model == NULL)
    return NULL;
  brief = cs_brief_new (model->kind);
  if (!cs_job_chain_quote (cs_engine_get_prices (engine), model, brief, &cost))
    return NULL;
  price = cs_money_to_display (cost);
  /* translators: an amount of money */
  return g_strdup_printf (model->kind == CS_KIND_VIDEO ? _ ("%s a video") : _ ("%s a picture"), price);
}

static void
add_offer (CsKeysCard *self, const Offer *offer)
{
  CsProvider *provider = cs_provider_registry_get_provider (cs_engine_get_registry (cs_studio_get_engine (self->studio)),
                                                            cs_key_name_get_provider (offer->key));
  const char *name = provider != NULL ? cs_provider_get_name (provider) : cs_key_name_get_provider (offer->key);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *avatar = adw_avatar_new (32, offer->initials, TRUE);
  GtkWidget *button = gtk_button_new_with_label (_ ("Add Key"));
  g_autofree char *price = make_price (self->studio, offer);
  GtkWidget *label = gtk_label_new (price);
  /* translators: read aloud; a provider */
  g_autofree char *words = g_strdup_printf (_ ("Add the key for %s"), name);

  gtk_accessible_update_state (GTK_ACCESSIBLE (avatar), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), avatar);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (offer->purpose));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.add-key");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", cs_key_name_to_string (offer->key));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_list_box_append (self->list, row);
}

static void
cs_keys_card_dispose (GObject *object)
{
  g_clear_object (&CS_KEYS_CARD (object)->studio);

  G_OBJECT_CLASS (cs_keys_card_parent_class)->dispose (object);
}

static void
cs_keys_card_class_init (CsKeysCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_keys_card_dispose;
  dismissed_signal = g_signal_new ("dismissed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-keys-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CsKeysCard, list);
  gtk_widget_class_bind_template_callback (widget_class, not_now_cb);
}

static void
cs_keys_card_init (CsKeysCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_keys_card_has_key: Returns: whether there is any key at all. */
gboolean
cs_keys_card_has_key (CsStudio *studio)
{
  CsKeys *keys = cs_engine_get_keys (cs_studio_get_engine (studio));

  for (int i = 0; i < CS_N_KEYS; i++)
    if (cs_keys_get (keys, i, NULL) != NULL)
      return TRUE;
  return FALSE;
}

/** cs_keys_card_is_wanted: Returns: whether the card is of use to anybody. */
gboolean
cs_keys_card_is_wanted (CsStudio *studio)
{
  return !cs_keys_card_has_key (studio) && !g_settings_get_boolean (cs_studio_get_settings (studio), DISMISSED);
}

void
cs_keys_card_set_studio (CsKeysCard *self, CsStudio *studio)
{
  if (!g_set_object (&self->studio, studio))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (offers); i++)
    add_offer (self, &offers[i]);
}
