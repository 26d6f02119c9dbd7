/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "providers/cs-provider-registry.h"

#include "cs-fake-provider.h"
#include "cs-fake-studio.h"

#include "core/cs-error.h"

#include <string.h>

static const char models[]
    = "{\"models\": ["
      " {\"id\": \"far/a\", \"provider\": \"far\", \"kind\": \"image\", \"name\": \"A\"},"
      " {\"id\": \"near/a\", \"provider\": \"near\", \"kind\": \"image\", \"name\": \"Near\"},"
      " {\"id\": \"wide/a\", \"provider\": \"wide\", \"kind\": \"image\", \"name\": \"Wide\"},"
      " {\"id\": \"far/old\", \"provider\": \"far\", \"kind\": \"image\", \"name\": \"Old\", \"retired\": true,"
      "  \"replaced_by\": \"wide/a\"},"
      " {\"id\": \"far/gone\", \"provider\": \"far\", \"kind\": \"image\", \"name\": \"Gone\", \"retired\": true},"
      " {\"id\": \"far/small\", \"provider\": \"far\", \"kind\": \"image\", \"name\": \"Small\", \"opt_in\": true,"
      "  \"remote\": \"makers/small-1\"},"
      " {\"id\": \"near/words\", \"provider\": \"near\", \"kind\": \"deck\", \"name\": \"Words\"},"
      " {\"id\": \"far/words\", \"provider\": \"far\", \"kind\": \"deck\", \"name\": \"Words\"},"
      " {\"id\": \"near/v\", \"provider\": \"near\", \"kind\": \"video\", \"name\": \"Near\"},"
      " {\"id\": \"nobody/a\", \"provider\": \"nobody\", \"kind\": \"image\", \"name\": \"Nobody\"}"
      "]}";

typedef struct
{
  CsProviderRegistry *registry;
  CsFakeProvider *far;
  CsFakeProvider *wide;
  CsFakeProvider *near;
} Fixture;

static CsFakeProvider *
add_provider (Fixture *fixture, const char *id)
{
  CsFakeProvider *provider = cs_fake_provider_new (id, "/dev/null");

  cs_provider_registry_add (fixture->registry, CS_PROVIDER (provider));
  return provider;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *list = cs_models_parse (models, strlen (models), &error);

  g_assert_no_error (error);
  fixture->registry = cs_provider_registry_new_with_models (list);
  fixture->far = add_provider (fixture, "far");
  fixture->wide = add_provider (fixture, "wide");
  fixture->near = add_provider (fixture, "near");
  cs_fake_provider_set_home (fixture->near, TRUE, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->registry);
  g_object_unref (fixture->far);
  g_object_unref (fixture->wide);
  g_object_unref (fixture->near);
}

/* The ids of the chain with commas; NULL when there is none. */
static char *
get_chain (Fixture *fixture, CsKind kind, const char *provider, const char *model, GError **error)
{
  g_autoptr (GPtrArray) chain = cs_provider_registry_get_chain (fixture->registry, kind, provider, model, error);
  GString *text;

  if (chain == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < chain->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", ((CsModel *) chain->pdata[i])->id);
  return g_string_free (text, FALSE);
}

static void
check_chain (Fixture *fixture, const char *provider, const char *model, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *chain = get_chain (fixture, CS_KIND_IMAGE, provider, model, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (chain, ==, expected);
}

/* In the order of the file, without what is retired, nobody's, or drawn here. */
static void
test_chain (Fixture *fixture, gconstpointer data)
{
  check_chain (fixture, NULL, NULL, "far/a,wide/a");
  check_chain (fixture, "wide", NULL, "wide/a");
  check_chain (fixture, NULL, "wide/a", "wide/a");
}

/* By the id, what stands behind its slash, or the provider's own name; what has to be asked for is there then. */
static void
test_names (Fixture *fixture, gconstpointer data)
{
  check_chain (fixture, NULL, "a", "far/a,wide/a");
  check_chain (fixture, "wide", "a", "wide/a");
  check_chain (fixture, NULL, "small", "far/small");
  check_chain (fixture, NULL, "makers/small-1", "far/small");
  check_chain (fixture, "far", NULL, "far/a,far/small");
}

/* A deck ends with the words of this program, unless somebody else was asked for. */
static void
test_deck (Fixture *fixture, gconstpointer data)
{
  g_autofree char *chain = get_chain (fixture, CS_KIND_DECK, NULL, NULL, NULL);
  g_autofree char *named = get_chain (fixture, CS_KIND_DECK, "far", NULL, NULL);

  g_assert_cmpstr (chain, ==, "far/words,near/words");
  g_assert_cmpstr (named, ==, "far/words");
}

/* A retired model says who stands in for it. */
static void
test_retired (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) gone = NULL;

  g_assert_null (get_chain (fixture, CS_KIND_IMAGE, NULL, "old", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
  g_assert_cmpstr (error->message, ==, "Old is not offered any more. Use Wide.");
  g_assert_null (get_chain (fixture, CS_KIND_IMAGE, NULL, "far/gone", &gone));
  g_assert_error (gone, CS_ERROR, CS_ERROR_INVALID_VALUE);
  g_assert_nonnull (strstr (gone->message, "Gone"));
}

/* What is drawn here is taken when it is asked for, or when nobody else can be: never beside the others. */
static void
test_local (Fixture *fixture, gconstpointer data)
{
  check_chain (fixture, "near", NULL, "near/a");
  check_chain (fixture, NULL, "near/a", "near/a");
  cs_fake_provider_set_available (fixture->far, FALSE);
  check_chain (fixture, NULL, NULL, "wide/a");
  cs_fake_provider_set_available (fixture->wide, FALSE);
  check_chain (fixture, NULL, NULL, "near/a");
}

static void
check_error (Fixture *fixture, CsKind kind, const char *provider, const char *model, CsError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *chain = get_chain (fixture, kind, provider, model, &error);

  g_assert_null (chain);
  g_assert_error (error, CS_ERROR, (int) code);
}

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  check_error (fixture, CS_KIND_IMAGE, "tea", NULL, CS_ERROR_INVALID_VALUE);
  check_error (fixture, CS_KIND_IMAGE, NULL, "far/tea", CS_ERROR_INVALID_VALUE);
  check_error (fixture, CS_KIND_VIDEO, "far", NULL, CS_ERROR_INVALID_VALUE);
  check_error (fixture, CS_KIND_VIDEO, NULL, "far/a", CS_ERROR_INVALID_VALUE);
  check_error (fixture, CS_KIND_IMAGE, "wide", "far/a", CS_ERROR_INVALID_VALUE);
  check_error (fixture, CS_KIND_IMAGE, NULL, "far/old", CS_ERROR_INVALID_VALUE);
  check_error (fixture, CS_KIND_VIDEO, NULL, "small", CS_ERROR_INVALID_VALUE);
  cs_fake_provider_set_available (fixture->far, FALSE);
  check_error (fixture, CS_KIND_IMAGE, "far", NULL, CS_ERROR_NO_KEY);
}

static void
test_why_not (Fixture *fixture, gconstpointer data)
{
  const CsModel *model = cs_provider_registry_get_model (fixture->registry, "far/a");
  const CsModel *old = cs_provider_registry_get_model (fixture->registry, "far/old");
  g_autofree char *why_not = NULL;
  g_autofree char *why_old = NULL;

  g_assert_true (cs_provider_registry_is_usable (fixture->registry, model, NULL));
  cs_fake_provider_set_available (fixture->far, FALSE);
  g_assert_false (cs_provider_registry_is_usable (fixture->registry, model, NULL));
  g_assert_false (cs_provider_registry_is_usable (fixture->registry, model, &why_not));
  g_assert_cmpstr (why_not, ==, "far has no key.");
  g_assert_false (cs_provider_registry_is_usable (fixture->registry, old, &why_old));
  g_assert_nonnull (why_old);
  g_assert_null (cs_provider_registry_get_model (fixture->registry, NULL));
  g_assert_null (cs_provider_registry_get_provider (fixture->registry, NULL));
}

/* The user's own order: names that nobody has are passed over, and who is not named stands behind those who are. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  static const char *const wide_first[] = { "tea", "wide/a", "wide/a", NULL };
  static const char *const turned[] = { "nobody/a", "wide/a", "far/a", NULL };

  check_chain (fixture, NULL, NULL, "far/a,wide/a");
  cs_provider_registry_set_order (fixture->registry, wide_first);
  check_chain (fixture, NULL, NULL, "wide/a,far/a");
  cs_provider_registry_set_order (fixture->registry, turned);
  check_chain (fixture, NULL, NULL, "wide/a,far/a");
  g_assert_cmpstr (cs_provider_registry_find_model (fixture->registry, CS_KIND_IMAGE, NULL, NULL)->id, ==, "nobody/a");
  cs_provider_registry_set_order (fixture->registry, NULL);
  check_chain (fixture, NULL, NULL, "far/a,wide/a");
}

/* Who is switched off is still there for whoever names him; who is switched on needs no name any more. */
static void
test_automatic (Fixture *fixture, gconstpointer data)
{
  const CsModel *small = cs_provider_registry_get_model (fixture->registry, "far/small");

  g_assert_false (cs_provider_registry_is_automatic (fixture->registry, small));
  cs_provider_registry_set_automatic (fixture->registry, "tea", TRUE);
  cs_provider_registry_set_automatic (fixture->registry, "far/small", TRUE);
  check_chain (fixture, NULL, NULL, "far/a,wide/a,far/small");
  cs_provider_registry_set_automatic (fixture->registry, "far/a", FALSE);
  check_chain (fixture, NULL, NULL, "wide/a,far/small");
  check_chain (fixture, NULL, "far/a", "far/a");
  check_chain (fixture, "far", NULL, "far/a,far/small");
  cs_provider_registry_set_automatic (fixture->registry, "wide/a", FALSE);
  cs_provider_registry_set_automatic (fixture->registry, "far/small", FALSE);
  check_chain (fixture, NULL, NULL, "near/a"); /* drawn here: there is always somebody */
  cs_provider_registry_forget_wishes (fixture->registry);
  check_chain (fixture, NULL, NULL, "far/a,wide/a");
}

/* What this program ships with works without a key, for every kind. */
static void
test_built_in (void)
{
  g_autoptr (CsProviderRegistry) registry = cs_fake_registry_new ();

  for (int kind = CS_KIND_VIDEO; kind <= CS_KIND_DECK; kind++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) chain = cs_provider_registry_get_chain (registry, kind, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpint (chain->len, >, 0);
    }
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/provider-registry/chain", test_chain);
  add ("/provider-registry/names", test_names);
  add ("/provider-registry/deck", test_deck);
  add ("/provider-registry/retired", test_retired);
  add ("/provider-registry/local", test_local);
  add ("/provider-registry/errors", test_errors);
  add ("/provider-registry/why-not", test_why_not);
  add ("/provider-registry/order", test_order);
  add ("/provider-registry/automatic", test_automatic);
  g_test_add_func ("/promise-1/provider-registry/built-in", test_built_in);
  return g_test_run ();
}
