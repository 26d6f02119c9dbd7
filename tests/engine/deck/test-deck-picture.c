/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "deck/cs-deck-picture.h"

#include <string.h>

typedef struct
{
  const char *bytes;
  gsize length;
  const char *type;
} Sniff;

static const Sniff sniffs[] = {
  { "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16, "image/png" },
  { "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1", 16, "image/jpeg" },
  { "GIF87a\1\0\1\0\0\0\0,\0\0", 16, "image/gif" },
  { "GIF89a\1\0\1\0\0\0\0,\0\0", 16, "image/gif" },
  { "RIFF\x10\0\0\0WEBPVP8 ", 16, "image/webp" },
  { "RIFF\x10\0\0\0WAVEfmt ", 16, NULL },
  { "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x\"/>", 52, NULL },
  { "<!DOCTYPE html><script>x</script>", 33, NULL },
  { "\x89PNG\r\n\x1a\n", 8, NULL },
  { "\x89PNX\r\n\x1a\n\0\0\0\rIHDR", 16, NULL },
  { "", 0, NULL },
};

static void
test_sniff (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sniffs); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (sniffs[i].bytes, sniffs[i].length);

      g_assert_cmpstr (cs_deck_picture_sniff (bytes), ==, sniffs[i].type);
    }
}

/* What the resolver gives, and how often it was asked. */
typedef struct
{
  GBytes *bytes;
  int asked;
} Source;

static CsDeckPicture *
resolve (const char *address, gpointer user_data)
{
  Source *source = user_data;
  CsDeckPicture *picture;

  source->asked++;
  if (source->bytes == NULL)
    return NULL;
  picture = g_new0 (CsDeckPicture, 1);
  picture->bytes = g_bytes_ref (source->bytes);
  return picture;
}

static GBytes *
make_png (gsize length)
{
  guint8 *data = g_malloc0 (length);

  memcpy (data, "\x89PNG\r\n\x1a\n", 8);
  return g_bytes_new_take (data, length);
}

static void
test_embed (void)
{
  g_autoptr (GBytes) bytes = make_png (1000);
  Source source = { .bytes = bytes };
  g_autoptr (CsDeckPictures) pictures = cs_deck_pictures_new (resolve, &source);
  g_autoptr (GString) html = g_string_new ("<");
  const char *head = "<data:image/png;base64,";
  gsize length;
  g_autofree guchar *data = NULL;

  g_assert_true (cs_deck_pictures_append (pictures, html, "creation:A"));
  g_assert_true (g_str_has_prefix (html->str, head));
  data = g_base64_decode (html->str + strlen (head), &length);
  g_assert_cmpmem (data, length, g_bytes_get_data (bytes, NULL), 1000);
  g_assert_true (cs_deck_pictures_append (pictures, html, "creation:A"));
  g_assert_cmpint (source.asked, ==, 1);
  g_assert_cmpuint (pictures->missing->len, ==, 0);
}

static void
assert_missing (CsDeckPictures *pictures, const char *address)
{
  g_autoptr (GString) html = g_string_new ("<");
  guint before = pictures->missing->len;

  g_assert_false (cs_deck_pictures_append (pictures, html, address));
  g_assert_cmpstr (html->str, ==, "<");
  g_assert_cmpuint (pictures->missing->len, ==, before + 1);
  g_assert_false (cs_deck_pictures_append (pictures, html, address));
  g_assert_cmpuint (pictures->missing->len, ==, before + 1);
}

static void
test_too_large (void)
{
  g_autoptr (GBytes) bytes = make_png (CS_DECK_MAX_PICTURE + 1);
  Source source = { .bytes = bytes };
  g_autoptr (CsDeckPictures) pictures = cs_deck_pictures_new (resolve, &source);

  assert_missing (pictures, "creation:A");
}

static void
test_limit (void)
{
  g_autoptr (GBytes) bytes = make_png (CS_DECK_MAX_PICTURE);
  Source source = { .bytes = bytes };
  g_autoptr (CsDeckPictures) pictures = cs_deck_pictures_new (resolve, &source);
  g_autoptr (GString) html = g_string_new (NULL);

  g_assert_true (cs_deck_pictures_append (pictures, html, "creation:A"));
  pictures->embedded = CS_DECK_MAX_PICTURES - CS_DECK_MAX_PICTURE + 1;
  assert_missing (pictures, "creation:A");
}

static void
test_not_a_picture (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("<svg onload=alert(1)></svg>", 27);
  Source source = { .bytes = bytes };
  g_autoptr (CsDeckPictures) pictures = cs_deck_pictures_new (resolve, &source);

  assert_missing (pictures, "creation:A");
}

/* The resolver hears of creations only. */
static void
test_addresses (void)
{
  static const char *const addresses[] = {
    "", "creation:", "creation:../A", "creation:A/B", "creation:A B", "Creation:A", " creation:A", "file:///A",
    "https://x.dz/creation:A", "data:image/png;base64,AA==", "A.png",
    "creation:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  };
  g_autoptr (GBytes) bytes = make_png (100);
  Source source = { .bytes = bytes };
  g_autoptr (CsDeckPictures) pictures = cs_deck_pictures_new (resolve, &source);
  g_autoptr (CsDeckPictures) deaf = cs_deck_pictures_new (NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    assert_missing (pictures, addresses[i]);
  g_assert_cmpint (source.asked, ==, 0);
  assert_missing (deaf, "creation:A");
}

static void
test_unknown (void)
{
  Source source = { .bytes = NULL };
  g_autoptr (CsDeckPictures) pictures = cs_deck_pictures_new (resolve, &source);
  g_autofree char *long_address = g_strnfill (100000, 'x');

  assert_missing (pictures, "creation:A");
  g_assert_cmpint (source.asked, ==, 1);
  assert_missing (pictures, long_address);
  g_assert_cmpuint (strlen (pictures->missing->pdata[1]), <, 1000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deck-picture/sniff", test_sniff);
  g_test_add_func ("/deck-picture/embed", test_embed);
  g_test_add_func ("/deck-picture/too-large", test_too_large);
  g_test_add_func ("/deck-picture/limit", test_limit);
  g_test_add_func ("/deck-picture/not-a-picture", test_not_a_picture);
  g_test_add_func ("/deck-picture/addresses", test_addresses);
  g_test_add_func ("/deck-picture/unknown", test_unknown);
  return g_test_run ();
}
