/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of the library the gallery shows. Main thread. */
#include "config.h"
#include "ui/gallery/cs-filter.h"

enum
{
  PROP_0,
  PROP_KIND,
  PROP_TIME,
  PROP_PROVIDER,
  PROP_STYLE,
  PROP_COLLECTION,
  PROP_WORDS,
  PROP_SORT,
  N_TEXTS,
  PROP_FAVOURITES = N_TEXTS,
  PROP_TRASHED,
  N_PROPS
};

struct _CsFilter
{
  GObject parent_instance;

  char *texts[N_TEXTS]; /* by property; never NULL */
  guint favourites : 1;
  guint trashed : 1;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static const char *const names[N_PROPS] = {
  [PROP_KIND] = "kind",   [PROP_TIME] = "time",   [PROP_PROVIDER] = "provider",     [PROP_STYLE] = "style", [PROP_COLLECTION] = "collection",
  [PROP_WORDS] = "words", [PROP_SORT] = "sort",   [PROP_FAVOURITES] = "favourites", [PROP_TRASHED] = "trashed",
};

static const char *const sorts[] = {
  [CS_SORT_NEWEST] = "newest",
  [CS_SORT_OLDEST] = "oldest",
  [CS_SORT_PRICE] = "price",
  [CS_SORT_LONGEST] = "longest",
};

G_DEFINE_FINAL_TYPE (CsFilter, cs_filter, G_TYPE_OBJECT)

static const char *
get_default (guint id)
{
  return id == PROP_SORT ? sorts[CS_SORT_NEWEST] : "";
}

static void
changed (CsFilter *self, guint id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
set_text (CsFilter *self, guint id, const char *text)
{
  if (g_strcmp0 (self->texts[id], text) == 0)
    return FALSE;
  g_free (self->texts[id]);
  self->texts[id] = g_strdup (text);
  return TRUE;
}

static void
cs_filter_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CsFilter *self = CS_FILTER (object);

  if (id < N_TEXTS)
    g_value_set_string (value, self->texts[id]);
  else if (id == PROP_FAVOURITES)
    g_value_set_boolean (value, self->favourites);
  else if (id == PROP_TRASHED)
    g_value_set_boolean (value, self->trashed);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cs_filter_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CsFilter *self = CS_FILTER (object);
  const char *text = id < N_TEXTS ? g_value_get_string (value) : NULL;
  gboolean flag = id >= N_TEXTS && id < N_PROPS ? g_value_get_boolean (value) : FALSE;

  if (id < N_TEXTS)
    {
      if (set_text (self, id, text != NULL ? text : get_default (id)))
        changed (self, id);
    }
  else if (id == PROP_FAVOURITES && self->favourites != flag)
    {
      self->favourites = flag;
      changed (self, id);
    }
  else if (id == PROP_TRASHED && self->trashed != flag)
    {
      self->trashed = flag;
      changed (self, id);
    }
}

static void
cs_filter_finalize (GObject *object)
{
  CsFilter *self = CS_FILTER (object);

  for (guint id = PROP_KIND; id < N_TEXTS; id++)
    g_free (self->texts[id]);

  G_OBJECT_CLASS (cs_filter_parent_class)->finalize (object);
}

static void
cs_filter_class_init (CsFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = cs_filter_get_property;
  object_class->set_property = cs_filter_set_property;
  object_class->finalize = cs_filter_finalize;
  for (guint id = PROP_KIND; id < N_PROPS; id++)
    properties[id] = id < N_TEXTS ? g_param_spec_string (names[id], NULL, NULL, get_default (id), flags)
                                  : g_param_spec_boolean (names[id], NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", CS_TYPE_FILTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_filter_init (CsFilter *self)
{
  for (guint id = PROP_KIND; id < N_TEXTS; id++)
    self->texts[id] = g_strdup (get_default (id));
}

/** cs_filter_new: Returns: (transfer full): a filter that shows everything, newest first. */
CsFilter *
cs_filter_new (void)
{
  return g_object_new (CS_TYPE_FILTER, NULL);
}

/** cs_filter_make_actions: Returns: (transfer full): an action for every choice. */
GSimpleActionGroup *
cs_filter_make_actions (CsFilter *self)
{
  GSimpleActionGroup *actions = g_simple_action_group_new ();

  for (guint id = PROP_KIND; id < N_PROPS; id++)
    {
      g_autoptr (GPropertyAction) action = g_property_action_new (names[id], self, names[id]);

      g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (action));
    }
  return actions;
}

/* The beginning of today, some days ago, where this user lives; microseconds since the epoch. */
static gint64
get_day (int days_ago)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (cs_clock_now () / G_USEC_PER_SEC);
  g_autoptr (GDateTime) midnight = NULL;
  g_autoptr (GDateTime) day = NULL;

  midnight = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now), 0, 0, 0);
  day = midnight != NULL ? g_date_time_add_days (midnight, -days_ago) : NULL;
  return day != NULL ? g_date_time_to_unix (day) * G_USEC_PER_SEC : 0;
}

static gint64
get_from (const char *time)
{
  static const struct { const char *name; int days_ago; } times[] = { { "today", 0 }, { "week", 6 }, { "month", 29 }, { "year", 364 } };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    if (g_str_equal (time, times[i].name))
      return get_day (times[i].days_ago);
  return 0;
}

static const char *
get_or_null (const char *text)
{
  return text[0] != '\0' ? text : NULL;
}

/** cs_filter_get_query: @query: (out caller-allocates): what to ask the library for; its texts belong to the filter. */
void
cs_filter_get_query (CsFilter *self, CsLibraryQuery *query)
{
  *query = (CsLibraryQuery){
    .text = get_or_null (self->texts[PROP_WORDS]),
    .favourites = self->favourites,
    .trashed = self->trashed,
    .provider = get_or_null (self->texts[PROP_PROVIDER]),
    .style = get_or_null (self->texts[PROP_STYLE]),
    .from = get_from (self->texts[PROP_TIME]),
    .collection = g_ascii_strtoll (self->texts[PROP_COLLECTION], NULL, 10),
  };
  query->has_kind = cs_kind_from_string (self->texts[PROP_KIND], &query->kind);
  for (guint sort = 0; sort < G_N_ELEMENTS (sorts); sort++)
    if (g_str_equal (self->texts[PROP_SORT], sorts[sort]))
      query->sort = sort;
}

/** cs_filter_clear: Takes away all that hides something. */
void
cs_filter_clear (CsFilter *self)
{
  gboolean was_clear = cs_filter_is_clear (self);

  if (was_clear)
    return;
  g_object_freeze_notify (G_OBJECT (self));
  for (guint id = PROP_KIND; id < PROP_SORT; id++)
    if (set_text (self, id, ""))
      g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
  if (self->favourites)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FAVOURITES]);
  self->favourites = FALSE;
  g_object_thaw_notify (G_OBJECT (self));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/** cs_filter_is_clear: Returns: whether nothing is hidden; the trash is another list, and hides nothing of its own. */
gboolean
cs_filter_is_clear (CsFilter *self)
{
  for (guint id = PROP_KIND; id < PROP_SORT; id++)
    if (self->texts[id][0] != '\0')
      return FALSE;
  return !self->favourites;
}

const char *
cs_filter_get_words (CsFilter *self)
{
  return self->texts[PROP_WORDS];
}

gboolean
cs_filter_is_trashed (CsFilter *self)
{
  return self->trashed;
}
