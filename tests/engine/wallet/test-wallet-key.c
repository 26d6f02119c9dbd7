/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys: how they look, how they are found again, and what of them is kept. */
#include "config.h"
#include "wallet-fixture.h"

#include <string.h>

static void
test_code (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < 1000; i++)
    {
      char *code = cs_wallet_key_make_code ();

      g_assert_true (g_regex_match_simple ("^KEY(-[0-9A-HJKMNP-TV-Z]{5}){5}$", code, 0, 0));
      g_assert_true (g_hash_table_add (seen, code));
    }
}

/* Typed by hand it is the same key; anything else is another one, and no text is a mistake. */
static void
test_hash (Fixture *fixture, gconstpointer data)
{
  static const char *const same[] = { CODE, "key-abc-123-xyz", "  KEY-abc-123-XYZ\n", "\tkey-ABC-123-xyz  " };
  static const char *const others[] = { "", " ", "KEY-ABC-123-XY", "KEY-ABC-123-XYZZ", "KEY ABC 123 XYZ", "مفتاح", "\x01" };
  g_autofree char *hash = cs_wallet_key_hash (CODE);

  g_assert_cmpint (strlen (hash), ==, 64);
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *another = cs_wallet_key_hash (same[i]);

      g_assert_cmpstr (another, ==, hash);
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *another = cs_wallet_key_hash (others[i]);
      g_autoptr (GError) error = NULL;

      g_assert_cmpstr (another, !=, hash);
      g_assert_null (cs_wallet_key_find (fixture->database, another, &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_INSUFFICIENT_CREDIT);
    }
}

/* What can be read out of the file is not enough to spend. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = cs_wallet_key_make_code ();
  g_autofree char *hash = cs_wallet_key_hash (code);
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM wallet_keys WHERE ending = '%s'", code + strlen (code) - 4);
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *text = NULL;
  gsize length;

  g_assert_cmpint (cs_wallet_key_insert (fixture->database, code, "a shop", NULL), >, fixture->key);
  g_assert_cmpint (query (fixture, sql), ==, 1);
  g_assert_true (g_file_get_contents (wal, &text, &length, NULL));
  g_assert_nonnull (memmem (text, length, hash, strlen (hash)));
  g_assert_null (memmem (text, length, code, strlen (code)));
  g_assert_null (memmem (text, length, code + 4, strlen (code) - 4));
  g_assert_cmpint (cs_wallet_key_insert (fixture->database, code, "twice", NULL), ==, 0);
}

static void
test_read (Fixture *fixture, gconstpointer data)
{
  g_autofree char *hash = cs_wallet_key_hash (CODE);
  g_autoptr (CsWalletKey) key = NULL;
  g_autoptr (CsWalletKey) copy = NULL;
  g_autoptr (GPtrArray) keys = NULL;

  credit (fixture, 70);
  g_assert_cmpint (cs_wallet_key_insert (fixture->database, "another", "", NULL), >, fixture->key);
  key = cs_wallet_key_find (fixture->database, hash, NULL);
  copy = cs_wallet_key_copy (key);
  g_assert_cmpstr (copy->name, ==, "KEY-…--XYZ");
  g_assert_cmpstr (copy->label, ==, "the café");
  g_assert_cmpint (copy->balance, ==, 70);
  g_assert_cmpint (copy->created_at, >, 0);
  keys = cs_wallet_key_list (fixture->database, NULL);
  g_assert_cmpint (keys->len, ==, 2);
  g_assert_cmpint (((CsWalletKey *) keys->pdata[1])->id, ==, fixture->key);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/wallet-key/code", test_code);
  add ("/wallet-key/hash", test_hash);
  add ("/promise-5/wallet-key/kept", test_kept);
  add ("/wallet-key/read", test_read);
  return g_test_run ();
}
