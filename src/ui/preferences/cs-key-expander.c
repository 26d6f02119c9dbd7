/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The key of one provider. What is typed leaves this widget for the keyring alone, and the entry is emptied as soon as it is
 * kept; a key that is kept is never shown. Main thread.
 */
#include "config.h"
#include "ui/preferences/cs-key-expander.h"

#include "ui/preferences/cs-key-verdict.h"
#include "ui/widgets/cs-names.h"

#include <string.h>

struct _CsKeyExpander
{
  AdwExpanderRow parent_instance;

  /* Template widgets */
  AdwAvatar *avatar;
  GtkWidget *state_box;
  GtkImage *state_icon;
  GtkLabel *state;
  AdwPasswordEntryRow *entry;
  GtkButton *clear_button;
  GtkButton *check_button;
  AdwActionRow *result;
  GtkImage *result_icon;
  GtkButton *keep_button;
  AdwActionRow *where;

  /* Borrowed: libadwaita 1.2 keeps the rows of a preferences window after it is closed */
  CsStudio *studio; /* (nullable) */

  /* Owned */
  GCancellable *cancellable; /* of the check under way */
  CsKeyName key;
  gboolean is_checking;
};

G_DEFINE_FINAL_TYPE (CsKeyExpander, cs_key_expander, ADW_TYPE_EXPANDER_ROW)

static CsKeys *
get_keys (CsKeyExpander *self)
{
  return cs_engine_get_keys (cs_studio_get_engine (self->studio));
}

/* What it is for */

/* The cheapest of what @key's provider makes of @kind. Returns: FALSE when it makes none. */
static gboolean
find_price (CsStudio *studio, CsKeyName key, CsKind kind, CsMoney *cheapest)
{
  CsEngine *engine = cs_studio_get_engine (studio);
  GPtrArray *models = cs_provider_registry_get_models (cs_engine_get_registry (engine));
  g_autoptr (CsBrief) brief = cs_brief_new (kind);
  gboolean is_found = FALSE;

  for (guint i = 0; i < models->len; i++)
    {
      const CsModel *model = models->pdata[i];
      CsMoney cost;

      if (model->kind != kind || model->retired || !g_str_equal (model->provider, cs_key_name_get_provider (key))
          || !cs_job_chain_quote (cs_engine_get_prices (engine), model, brief, &cost))
        continue;
      *cheapest = is_found ? MIN (*cheapest, cost) : cost;
      is_found = TRUE;
    }
  return is_found;
}

static char *
describe_purpose (CsStudio *studio, CsKeyName key)
{
  CsMoney video_cost = 0, image_cost = 0;
  g_autofree char *video = NULL;
  g_autofree char *image = NULL;

  if (key == CS_KEY_HUGGINGFACE)
    return g_strdup (_ ("Pictures, video and words · $0.10 of free credit a month"));
  if (key == CS_KEY_GROQ)
    return g_strdup (_ ("Writes prompts and slides · free to start"));
  if (!find_price (studio, key, CS_KIND_VIDEO, &video_cost) || !find_price (studio, key, CS_KIND_IMAGE, &image_cost))
    return g_strdup (_ ("Videos and pictures"));
  video = cs_money_to_display (video_cost);
  image = cs_money_to_display (image_cost);
  if (key == CS_KEY_REPLICATE)
    /* translators: amounts of money */
    return g_strdup_printf (_ ("Pictures and video · %1$s a picture, from about %2$s a video"), image, video);
  /* translators: amounts of money */
  return g_strdup_printf (_ ("Video and pictures · %1$s a video, %2$s a picture"), video, image);
}

/* Markup: a link, and how to get there. */
static char *
describe_where (CsKeyName key)
{
  static const char *const ways[CS_N_KEYS] = {
    /* translators: a link stands before these words, which name what to press there */
    [CS_KEY_PIAPI] = N_ ("%s → Workspace → API Key. New accounts start with $0.50."),
    [CS_KEY_REPLICATE] = N_ ("%s → Create token. A payment method is asked for."),
    [CS_KEY_HUGGINGFACE] = N_ ("%s → Create new token, with “Make calls to Inference Providers”."),
    [CS_KEY_GROQ] = N_ ("%s → Create API Key. No payment method is asked for."),
  };
  g_autofree char *link
      = g_strdup_printf ("<a href=\"%s\">%s</a>", cs_key_page_get_uri (key), cs_key_page_get_address (key));

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (_ (ways[key]), link);
#pragma GCC diagnostic pop
}

/* Showing */

static void
set_class (GtkWidget *widget, const char *css_class)
{
  static const char *const classes[] = { "success", "error", "warning", "dim-label" };

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (widget, classes[i]);
  if (css_class != NULL)
    gtk_widget_add_css_class (widget, css_class);
}

/* @icon: (nullable) */
static void
set_state (CsKeyExpander *self, const char *words, const char *icon, const char *css_class)
{
  gtk_label_set_text (self->state, words);
  gtk_widget_set_visible (GTK_WIDGET (self->state_icon), icon != NULL);
  gtk_image_set_from_icon_name (self->state_icon, icon);
  set_class (self->state_box, css_class);
}

/* @title: (nullable): nothing is said. @subtitle: (nullable): markup. */
static void
show_result (CsKeyExpander *self, const char *title, const char *subtitle, const char *icon, const char *css_class)
{
  g_autofree char *escaped = title != NULL ? g_markup_escape_text (title, -1) : g_strdup ("");

  gtk_widget_set_visible (GTK_WIDGET (self->result), title != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->keep_button), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->result), escaped);
  adw_action_row_set_subtitle (self->result, subtitle != NULL ? subtitle : "");
  gtk_image_set_from_icon_name (self->result_icon, icon);
  set_class (GTK_WIDGET (self->result), css_class);
}

static void
show_verdict (CsKeyExpander *self, const CsKeyVerdict *verdict)
{
  static const struct { const char *words; const char *icon; const char *css_class; } looks[] = {
    [CS_KEY_UNCHECKED] = { N_ ("Not checked"), "dialog-question-symbolic", "dim-label" },
    [CS_KEY_WORKS] = { N_ ("Works"), "object-select-symbolic", "success" },
    [CS_KEY_NO_CREDIT] = { N_ ("No credit"), "dialog-warning-symbolic", "warning" },
    [CS_KEY_REFUSED] = { N_ ("Refused"), "action-unavailable-symbolic", "error" },
  };

  set_state (self, _ (looks[verdict->state].words), looks[verdict->state].icon, looks[verdict->state].css_class);
  show_result (self, verdict->title, verdict->subtitle, looks[verdict->state].icon, looks[verdict->state].css_class);
}

static const char *
describe_entry (CsKeySource source)
{
  switch (source)
    {
    case CS_KEY_SOURCE_ENVIRONMENT:
      return _ ("API key, from the environment: change it there");
    case CS_KEY_SOURCE_KEYRING:
      return _ ("API key, kept in your keyring");
    case CS_KEY_SOURCE_SESSION:
      return _ ("API key, kept until you quit");
    case CS_KEY_SOURCE_NONE:
    default:
      return _ ("API key");
    }
}

static void
show_source (CsKeyExpander *self, CsKeySource source)
{
  if (source == CS_KEY_SOURCE_NONE)
    set_state (self, _ ("Not set"), NULL, "dim-label");
  else if (source == CS_KEY_SOURCE_ENVIRONMENT)
    set_state (self, _ ("From the environment"), NULL, "dim-label");
  else if (source == CS_KEY_SOURCE_SESSION)
    set_state (self, _ ("Until you quit"), NULL, "dim-label");
  else
    set_state (self, _ ("Set"), NULL, "dim-label");
}

static void
show_buttons (CsKeyExpander *self, CsKeySource source)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  gtk_widget_set_visible (GTK_WIDGET (self->clear_button), source == CS_KEY_SOURCE_KEYRING || source == CS_KEY_SOURCE_SESSION);
  gtk_widget_set_sensitive (GTK_WIDGET (self->check_button), !self->is_checking && (source != CS_KEY_SOURCE_NONE || *text != '\0'));
}

static void
show (CsKeyExpander *self)
{
  CsKeySource source;
  const GError *refusal;
  const CsKeyVerdict *verdict;

  if (self->studio == NULL)
    return;
  cs_keys_get (get_keys (self), self->key, &source);
  refusal = cs_keys_get_refusal (get_keys (self), self->key);
  verdict = cs_key_verdict_recall (get_keys (self), self->key);
  gtk_editable_set_editable (GTK_EDITABLE (self->entry), source != CS_KEY_SOURCE_ENVIRONMENT);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), describe_entry (source));
  show_buttons (self, source);
  show_source (self, source);
  if (self->is_checking)
    set_state (self, _ ("Checking…"), "emblem-synchronizing-symbolic", "dim-label");
  else if (source != CS_KEY_SOURCE_NONE && verdict != NULL)
    show_verdict (self, verdict);
  else if (refusal != NULL)
    show_result (self, refusal->message, NULL, "dialog-warning-symbolic", "warning");
}

/* Checking */

static void
check_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsKeyExpander) self = user_data;
  g_autoptr (CsKeyCheck) check = cs_provider_check_finish (CS_PROVIDER (source), result);

  if (self->studio == NULL || g_str_equal (check->code, "cancelled"))
    return;
  self->is_checking = FALSE;
  cs_key_verdict_keep (get_keys (self), self->key, cs_key_verdict_new (check, self->key));
  show (self);
}

static void
check (CsKeyExpander *self)
{
  CsProviderRegistry *registry = cs_engine_get_registry (cs_studio_get_engine (self->studio));
  CsProvider *provider = cs_provider_registry_get_provider (registry, cs_key_name_get_provider (self->key));

  if (provider == NULL || self->is_checking)
    return;
  self->is_checking = TRUE;
  show (self);
  cs_provider_check_async (provider, self->cancellable, check_done_cb, g_object_ref (self));
}

/* Keeping */

static void
empty_entry (CsKeyExpander *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
}

/* What was kept is checked: that says the most about it. */
static void
kept (CsKeyExpander *self)
{
  empty_entry (self);
  show_result (self, NULL, NULL, NULL, NULL);
  cs_key_verdict_keep (get_keys (self), self->key, NULL);
  check (self);
}

/* What was typed stays in the entry, so that it can be mended, or kept for as long as the program runs. */
static void
show_not_kept (CsKeyExpander *self, const GError *error)
{
  gboolean is_invalid = g_error_matches (error, CS_ERROR, CS_ERROR_INVALID_VALUE);

  if (is_invalid)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  show_result (self, error->message, NULL, is_invalid ? "action-unavailable-symbolic" : "dialog-warning-symbolic",
               is_invalid ? "error" : "warning");
  gtk_widget_set_visible (GTK_WIDGET (self->keep_button), !is_invalid);
}

static void
set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsKeyExpander) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_kept = cs_keys_set_finish (CS_KEYS (source), result, &error);

  if (self->studio == NULL)
    return;
  gtk_editable_set_editable (GTK_EDITABLE (self->entry), TRUE);
  show (self);
  if (is_kept)
    kept (self);
  else
    show_not_kept (self, error);
}

static void
keep_for_session (CsKeyExpander *self)
{
  g_autoptr (GError) error = NULL;

  if (cs_keys_set_for_session (get_keys (self), self->key, gtk_editable_get_text (GTK_EDITABLE (self->entry)), &error))
    kept (self);
  else
    show_not_kept (self, error);
}

static void
keep_cb (CsKeyExpander *self)
{
  keep_for_session (self);
}

static void
keep (CsKeyExpander *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (!cs_keys_has_keyring (get_keys (self)))
    {
      keep_for_session (self);
      return;
    }
  gtk_editable_set_editable (GTK_EDITABLE (self->entry), FALSE);
  cs_keys_set_async (get_keys (self), self->key, text, TRUE, NULL, set_cb, g_object_ref (self));
}

/** cs_key_expander_paste: @secret: what was pasted; spaces and line ends around it are not part of it. */
void
cs_key_expander_paste (CsKeyExpander *self, const char *secret)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (secret));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), trimmed);
  if (*trimmed != '\0')
    keep (self);
  explicit_bzero (trimmed, strlen (trimmed));
}

static void
apply_cb (CsKeyExpander *self)
{
  if (gtk_editable_get_text (GTK_EDITABLE (self->entry))[0] != '\0')
    keep (self);
}

static void
changed_cb (CsKeyExpander *self)
{
  CsKeySource source;

  gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  if (self->studio == NULL)
    return;
  cs_keys_get (get_keys (self), self->key, &source);
  show_buttons (self, source);
}

/* What stands in the entry is meant, if something does. */
static void
check_cb (CsKeyExpander *self)
{
  if (gtk_editable_get_text (GTK_EDITABLE (self->entry))[0] != '\0')
    keep (self);
  else
    check (self);
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsKeyExpander) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_gone = cs_keys_clear_finish (CS_KEYS (source), result, &error);

  if (self->studio == NULL)
    return;
  if (is_gone)
    {
      cs_key_verdict_keep (CS_KEYS (source), self->key, NULL);
      show_result (self, NULL, NULL, NULL, NULL);
    }
  show (self);
  if (!is_gone)
    show_result (self, error->message, NULL, "dialog-warning-symbolic", "warning");
}

static void
clear_cb (CsKeyExpander *self)
{
  empty_entry (self);
  cs_keys_clear_async (get_keys (self), self->key, TRUE, NULL, cleared_cb, g_object_ref (self));
}

static void
where_cb (CsKeyExpander *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, cs_key_page_get_uri (self->key), GDK_CURRENT_TIME);
}

static void
cs_key_expander_dispose (GObject *object)
{
  CsKeyExpander *self = CS_KEY_EXPANDER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->studio);

  G_OBJECT_CLASS (cs_key_expander_parent_class)->dispose (object);
}

static void
cs_key_expander_class_init (CsKeyExpanderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_key_expander_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-key-expander.ui");
  gtk_widget_class_bind_template_child (widget_class, CsKeyExpander, avatar);
  gtk_widget_class_bind_template_child (widget_class, CsKeyExpander, state_box);
  gtk_widget_class_bind_template_child (widget_class, CsKeyExpander, state_icon);
  gtk_widget_class_bind_template_child (widget_class, CsKeyExpander, state);
  gtk_widget_class_bind_template_child (widget_class, CsKeyExpander, entry);
  gtk_widget_class_bind_template_child (widget_class, CsKeyExpander, clear_button);
  gtk_widget_class_bind_template_child (widget_class, CsKeyExpander, check_button);
  gtk_widget_class_bind_template_child (widget_class, CsKeyExpander, result);
  gtk_widget_class_bind_template_child (widget_class, CsKeyExpander, result_icon);
  gtk_widget_class_bind_template_child (widget_class, CsKeyExpander, keep_button);
  gtk_widget_class_bind_template_child (widget_class, CsKeyExpander, where);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, where_cb);
}

static void
cs_key_expander_init (CsKeyExpander *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_name_controls (GTK_WIDGET (self));
}

/** cs_key_expander_new: Returns: (transfer floating): the row of @key. */
GtkWidget *
cs_key_expander_new (CsStudio *studio, CsKeyName key)
{
  CsKeyExpander *self = g_object_new (CS_TYPE_KEY_EXPANDER, NULL);
  g_autofree char *purpose = describe_purpose (studio, key);
  g_autofree char *where = describe_where (key);

  g_set_weak_pointer (&self->studio, studio);
  self->key = key;
  adw_avatar_set_text (self->avatar, cs_key_page_get_name (key));
  gtk_widget_add_css_class (GTK_WIDGET (self->avatar), cs_key_name_get_provider (key));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), cs_key_page_get_name (key));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), purpose);
  adw_action_row_set_subtitle (self->where, where);
  g_signal_connect_object (get_keys (self), "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}

/** cs_key_expander_open: Unfolds the row, and puts the cursor where the key goes. */
void
cs_key_expander_open (CsKeyExpander *self)
{
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
