/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Markdown becomes, and what hostile Markdown does not become. */
#include "config.h"
#include "deck/cs-deck.h"

#include "deck-lint.h"

static const guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R' };

typedef struct
{
  const char *name;
  const char *markdown;
  const char *html; /* inside the box of the slide */
} Case;

/* What it means. */
static const Case plain_cases[] = {
  { "heading", "# A & B", "<h1>A &amp; B</h1>" },
  { "emphasis", "*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>" },
  { "tight-list", "- a\n- b", "<ul><li>a</li><li>b</li></ul>" },
  { "loose-list", "- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>" },
  { "ordered", "3. a\n4. b", "<ol start=\"3\"><li>a</li><li>b</li></ol>" },
  { "nested", "1. a\n   - b", "<ol><li>a<ul><li>b</li></ul></li></ol>" },
  { "tasks", "- [x] a\n- [ ] b",
    "<ul><li class=\"task\"><span class=\"tick on\" role=\"img\" aria-label=\"done\"></span>a</li>"
    "<li class=\"task\"><span class=\"tick\" role=\"img\" aria-label=\"to do\"></span>b</li></ul>" },
  { "quote", "> a\n> b", "<blockquote><p>a\nb</p></blockquote>" },
  { "rule", "a\n\n***", "<p>a</p><hr>" },
  { "breaks", "a  \nb\\\nc", "<p>a<br>b<br>c</p>" },
  { "code", "```\na < b\n```", "<pre><code>a &lt; b\n</code></pre>" },
  { "code-in-colour", "```c\nreturn 1; // <b>\n```",
    "<pre><code><span class=\"k\">return</span> <span class=\"n\">1</span>; <span class=\"c\">// &lt;b&gt;</span>\n</code></pre>" },
  { "code-unknown", "```x\"><script>\nreturn\n```", "<pre><code>return\n</code></pre>" },
  { "table", "| a | b | c |\n|:--|--:|:-:|\n| 1 | 2 | 3 |",
    "<table><thead><tr><th class=\"l\">a</th><th class=\"r\">b</th><th class=\"m\">c</th></tr></thead>"
    "<tbody><tr><td class=\"l\">1</td><td class=\"r\">2</td><td class=\"m\">3</td></tr></tbody></table>" },
  { "table-without-rows", "| a |\n|---|", "<table><thead><tr><th>a</th></tr></thead></table>" },
  { "table-empty-head", "| | b |\n|--|--|\n| 1 | 2 |",
    "<table><thead><tr><td></td><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>" },
  { "table-bar", "| a |\n|---|\n| `b\\|c` |",
    "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td><code>b|c</code></td></tr></tbody></table>" },
  { "line-break-in-cell", "| a |\n|---|\n| b<br>c<BR/>d<br /> |",
    "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b<br>c<br>d<br></td></tr></tbody></table>" },
  { "link", "[a](https://x.dz/y?z=1&t=2 \"q\")",
    "<p><a href=\"https://x.dz/y?z=1&amp;t=2\" target=\"_blank\" rel=\"noopener noreferrer\">a</a></p>" },
  { "link-to-arabic", "[a](https://x.dz/م)",
    "<p><a href=\"https://x.dz/%D9%85\" target=\"_blank\" rel=\"noopener noreferrer\">a</a></p>" },
  { "mail", "<mailto:a@b.dz>",
    "<p><a href=\"mailto:a@b.dz\" target=\"_blank\" rel=\"noopener noreferrer\">mailto:a@b.dz</a></p>" },
  { "autolink", "www.x.dz", "<p><a href=\"http://www.x.dz\" target=\"_blank\" rel=\"noopener noreferrer\">www.x.dz</a></p>" },
  { "reference", "[a][b]\n\n[b]: https://x.dz",
    "<p><a href=\"https://x.dz\" target=\"_blank\" rel=\"noopener noreferrer\">a</a></p>" },
  { "entities", "&lt;b&gt; &amp;amp; &#x3C; &copy;", "<p>&lt;b&gt; &amp;amp; &lt; ©</p>" },
  { "controls-are-dropped", "a\x01\x7f" "b", "<p>ab</p>" },
  { "arabic", "# مرحبا", "<h1>مرحبا</h1>" },
  { "picture", "![A \"view\"](creation:OK \"In <March>\")",
    "<figure><img src=\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==\" alt=\"A &quot;view&quot;\">"
    "<figcaption>In &lt;March&gt;</figcaption></figure>" },
  { "picture-in-words", "a ![b](creation:OK) c",
    "<p>a <img src=\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==\" alt=\"b\"> c</p>" },
  { "picture-missing", "![the *roof*](creation:NO)", "<figure><span class=\"gone\">the roof</span></figure>" },
  { "picture-missing-unnamed", "![](creation:NO)", "<figure><span class=\"gone\">Missing picture</span></figure>" },
};

/* None of these may leave anything behind that runs, loads or links. */
static const Case hostile_cases[] = {
  { "script", "a <script>alert(1)</script> b", "<p>a alert(1) b</p>" },
  { "script-block", "<script>\nalert(1)\n</script>", "" },
  { "script-split", "<scr<script>ipt>alert(1)</script>", NULL },
  { "image-handler", "<img src=x onerror=alert(1)>", "" },
  { "image-handler-inline", "a <img src=x onerror=alert(1)> b", "<p>a  b</p>" },
  { "svg", "<svg/onload=alert(1)>", NULL },
  { "svg-block", "<svg>\n<script>alert(1)</script>\n</svg>", NULL },
  { "math", "<math><mtext></table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">", NULL },
  { "iframe", "<iframe src=\"javascript:alert(1)\"></iframe>", NULL },
  { "object", "<object data=\"data:text/html,x\"></object><embed src=x>", NULL },
  { "style", "<style>@import 'https://evil.example/x.css'</style>", "" },
  { "meta", "<meta http-equiv=refresh content=\"0;url=https://evil.example\">", "" },
  { "base", "<base href=https://evil.example/>", "" },
  { "form", "<form action=https://evil.example><button formaction=javascript:alert(1)>x</button></form>", NULL },
  { "comment", "<!-- <script>alert(1)</script> -->", "" },
  { "comment-trick", "<!--><script>alert(1)</script>-->", NULL },
  { "cdata", "<![CDATA[<script>alert(1)</script>]]>", NULL },
  { "noscript", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", NULL },
  { "template", "<template><script>alert(1)</script></template>", NULL },
  { "end-of-slide", "</div></section></div></div><script>alert(1)</script>", NULL },
  { "javascript", "[a](javascript:alert(1))", "<p>a</p>" },
  { "javascript-case", "[a](JaVaScRiPt:alert(1))", "<p>a</p>" },
  { "javascript-entity", "[a](&#106;avascript:alert(1))", "<p>a</p>" },
  { "javascript-hex", "[a](&#x6A&#x61;vascript&colon;alert(1))", NULL },
  { "javascript-tab", "[a](java&Tab;script:alert(1))", "<p>a</p>" },
  { "javascript-newline", "[a](java&NewLine;script:alert(1))", "<p>a</p>" },
  { "javascript-space", "[a](<  javascript:alert(1)>)", "<p>a</p>" },
  { "javascript-control", "[a](<\x01javascript:alert(1)>)", "<p>a</p>" },
  { "javascript-slash", "[a](java\\script:alert(1))", "<p>a</p>" },
  { "javascript-reference", "[a]\n\n[a]: javascript:alert(1)", "<p>a</p>" },
  { "javascript-angle", "<javascript:alert(1)>", NULL },
  { "vbscript", "[a](vbscript:msgbox(1))", "<p>a</p>" },
  { "data", "[a](data:text/html;base64,PHNjcmlwdD4=)", "<p>a</p>" },
  { "file", "[a](file:///etc/passwd)", "<p>a</p>" },
  { "blob", "[a](blob:https://x/1)", "<p>a</p>" },
  { "relative", "[a](other.html)", "<p>a</p>" },
  { "protocol-relative", "[a](//evil.example/)", "<p>a</p>" },
  { "fragment", "[a](#/3)", "<p>a</p>" },
  { "intent", "[a](intent://x#Intent;end)", "<p>a</p>" },
  { "http-lookalike", "[a](https:/evil.example)", "<p>a</p>" },
  { "quote-in-link", "[a](<https://x.dz/\"onmouseover=alert(1)//>)",
    "<p><a href=\"https://x.dz/%22onmouseover=alert(1)//\" target=\"_blank\" rel=\"noopener noreferrer\">a</a></p>" },
  { "angle-in-link", "[a](https://x.dz/%3Cscript%3E'\\<)", NULL },
  { "quote-in-title", "[a](https://x.dz \"\\\" onmouseover=alert(1)\")",
    "<p><a href=\"https://x.dz\" target=\"_blank\" rel=\"noopener noreferrer\">a</a></p>" },
  { "quote-in-alt", "![\"><script>alert(1)</script>](creation:OK)", NULL },
  { "remote-picture", "![a](https://evil.example/pixel.png)", "<figure><span class=\"gone\">a</span></figure>" },
  { "data-picture", "![a](data:image/svg+xml;base64,PHN2Zz4=)", "<figure><span class=\"gone\">a</span></figure>" },
  { "file-picture", "![a](file:///etc/passwd)", "<figure><span class=\"gone\">a</span></figure>" },
  { "path-picture", "![a](../../etc/passwd)", "<figure><span class=\"gone\">a</span></figure>" },
  { "creation-with-path", "![a](creation:../OK)", "<figure><span class=\"gone\">a</span></figure>" },
  { "creation-with-query", "![a](creation:OK?x)", "<figure><span class=\"gone\">a</span></figure>" },
  { "creation-case", "![a](CREATION:OK)", "<figure><span class=\"gone\">a</span></figure>" },
  { "picture-in-link", "[![a](javascript:alert(1))](javascript:alert(2))", "<p><span class=\"gone\">a</span></p>" },
  { "link-in-picture", "![[a](javascript:alert(1))](javascript:alert(2))", NULL },
  { "fence-info", "```\" onmouseover=\"alert(1)\nx\n```", "<pre><code>x\n</code></pre>" },
  { "invisible-link", "[](https://evil.example)", "<p></p>" },
  { "long-link", NULL, NULL },
  { "data-attribute", "<div data-background-iframe=\"https://evil.example\" data-markdown>\n\nx\n\n</div>", "<p>x</p>" },
  { "reveal-attribute", "x <!-- .slide: data-background=\"https://evil.example/x.png\" -->", "<p>x </p>" },
};

static CsDeckPicture *
resolve (const char *address, gpointer user_data)
{
  CsDeckPicture *picture;

  g_assert_true (g_str_has_prefix (address, "creation:"));
  if (strcmp (address, "creation:OK") != 0)
    return NULL;
  picture = g_new0 (CsDeckPicture, 1);
  picture->bytes = g_bytes_new_static (png, sizeof png);
  picture->mime_type = "text/html"; /* not believed */
  return picture;
}

static char *
export (const char *markdown)
{
  CsDeckOptions options = { .language = CS_LANGUAGE_EN, .resolver = resolve };
  g_autoptr (GError) error = NULL;
  g_autoptr (CsDeckExport) deck = cs_deck_export (markdown, strlen (markdown), &options, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (deck->html), ==, deck->length);
  lint_deck (deck->html);
  return g_steal_pointer (&deck->html);
}

/* What stands in the box of the only slide. */
static char *
render (const char *markdown)
{
  g_autofree char *html = export (markdown);
  g_autofree char *slides = lint_dup_slides (html);
  const char *start = strchr (strstr (slides, "<div class=\"s"), '>') + 1;

  return g_strndup (start, g_strrstr (slides, "</div></section>") - start);
}

static void
test_plain (gconstpointer data)
{
  const Case *given = data;
  g_autofree char *html = render (given->markdown);

  if (given->html != NULL)
    g_assert_cmpstr (html, ==, given->html);
}

/* Beside the lint: with the slide behind it, which must still be there, whole. */
static void
test_hostile (gconstpointer data)
{
  const Case *given = data;
  g_autofree char *longest = g_strnfill (5000, 'x');
  g_autofree char *made = g_strdup_printf ("[a](https://x.dz/%s)", longest);
  const char *markdown = given->markdown != NULL ? given->markdown : made;
  g_autofree char *two = g_strconcat (markdown, "\n\nend\n\n---\n\n# After", NULL);
  g_autofree char *notes = g_strconcat ("# Before\n\nNote: ", markdown, NULL);
  g_autofree char *html = render (markdown);
  g_autofree char *both = export (two);
  g_autofree char *hidden = export (notes);

  if (given->html != NULL)
    g_assert_cmpstr (html, ==, given->html);
  g_assert_nonnull (strstr (both, "<h1>After</h1></div></section>"));
  g_assert_null (strstr (html, "evil.example\""));
}

static void
test_picture_row (void)
{
  g_autofree char *html = render ("![a](creation:OK)\n![b](creation:OK)");

  g_assert_true (g_str_has_prefix (html, "<div class=\"row\"><img "));
  g_assert_true (g_str_has_suffix (html, "></div>"));
}

static int
count (const char *text, const char *part)
{
  int found = 0;

  for (const char *at = text; (at = strstr (at, part)) != NULL; at += strlen (part))
    found++;
  return found;
}

/* Nesting beyond sense is flattened, in pairs: the slide stays one that a browser can lay out. */
static void
test_deep (void)
{
  g_autoptr (GString) quotes = g_string_new (NULL);
  g_autoptr (GString) lists = g_string_new (NULL);
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *quoted = NULL, *listed = NULL, *stressed = NULL;

  for (int i = 0; i < 60; i++)
    {
      g_string_append (quotes, "> ");
      g_string_append_printf (lists, "%*s- x\n", i * 2, "");
      g_string_append (words, i % 2 == 0 ? "*a " : "**b ");
    }
  g_string_append (quotes, "deep");
  for (int i = 59; i >= 0; i--)
    g_string_append (words, i % 2 == 0 ? "c*" : "d**");
  quoted = render (quotes->str);
  listed = render (lists->str);
  stressed = render (words->str);

  g_assert_cmpint (count (quoted, "<blockquote>"), ==, 10);
  g_assert_cmpint (count (quoted, "</blockquote>"), ==, 10);
  g_assert_nonnull (strstr (quoted, "deep"));
  g_assert_cmpint (count (listed, "<ul>"), ==, 10);
  g_assert_cmpint (count (listed, "</ul>"), ==, 10);
  g_assert_cmpint (count (listed, "x"), ==, 60);
  g_assert_cmpint (count (stressed, "<em>") + count (stressed, "<strong>"), <=, 60);
  g_assert_cmpint (count (stressed, "<em>"), ==, count (stressed, "</em>"));
  g_assert_cmpint (count (stressed, "<strong>"), ==, count (stressed, "</strong>"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (plain_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/deck-markdown/", plain_cases[i].name, NULL);

      g_test_add_data_func (path, &plain_cases[i], test_plain);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (hostile_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/deck-markdown/hostile/", hostile_cases[i].name, NULL);

      g_test_add_data_func (path, &hostile_cases[i], test_hostile);
    }
  g_test_add_func ("/deck-markdown/picture-row", test_picture_row);
  g_test_add_func ("/deck-markdown/deep", test_deep);
  return g_test_run ();
}
