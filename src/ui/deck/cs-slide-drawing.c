/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the words of a slide at any size, in the proportions of a slide of 960 by 540. Main thread. */
#include "config.h"
#include "ui/deck/cs-slide-drawing.h"

#define WIDTH 960.0f
#define MARGIN 64.0f
#define PICTURE_SHARE 0.46f /* of the width, beside words */
#define GAP 18.0f
#define BULLET 8.0f
#define INDENT 34.0f
#define MAX_BLOCKS 30
#define SMALL 200           /* pixels wide: nobody reads it, and the first few blocks are enough */
#define MAX_SMALL_BLOCKS 8

/* Sizes that are tried until everything fits. */
static const float sizes[] = { 1.0f, 0.86f, 0.74f, 0.62f, 0.52f, 0.44f };

/* Something that is drawn: words, perhaps with a mark before them or a panel behind. */
typedef struct
{
  PangoLayout *layout;
  float x, y, height;
  const GdkRGBA *colour;
  gboolean has_bullet;
  gboolean has_panel;
  gboolean has_bar;
  int number;
} Block;

/* One drawing. */
typedef struct
{
  PangoContext *context;
  const CsSlideFrame *frame;
  CsSlideColours colours;
  float unit;         /* pixels of the screen for one of the slide */
  float size;         /* of the sizes */
  float left, width;  /* of the words, in pixels */
  float y;
  gboolean is_cover;  /* a title and little else */
  GArray *blocks;     /* (element-type Block) */
} Drawing;

void
cs_slide_get_colours (CsTheme theme, CsSlideColours *colours)
{
  static const char *const names[CS_N_THEMES][7] = {
    [CS_THEME_DARK] = { "#0d1020", "#dfe3f3", "#ffffff", "#a9b1d1", "#a59bff", "#5fe3cf", "rgba(255,255,255,.07)" },
    [CS_THEME_LIGHT] = { "#ffffff", "#2a3142", "#0f1a33", "#556079", "#2549d0", "#ad3a0b", "rgba(37,73,208,.06)" },
    [CS_THEME_SOLARIZED] = { "#fdf6e3", "#43565d", "#073642", "#5a6a70", "#1a6aa6", "#a23c0c", "rgba(238,232,213,.7)" },
  };
  GdkRGBA *places[] = { &colours->paper, &colours->text, &colours->title, &colours->soft, &colours->accent, &colours->second, &colours->panel };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    gdk_rgba_parse (places[i], names[theme][i]);
}

static const CsSlidePart *
find_part (CsDeckSlide *slide, CsSlidePartKind kind)
{
  GPtrArray *parts = cs_deck_slide_get_parts (slide);

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    if (((CsSlidePart *) parts->pdata[i])->kind == kind)
      return parts->pdata[i];
  return NULL;
}

static gboolean
has_words (CsDeckSlide *slide)
{
  GPtrArray *parts = cs_deck_slide_get_parts (slide);

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    if (((CsSlidePart *) parts->pdata[i])->kind != CS_PART_PICTURE)
      return TRUE;
  return FALSE;
}

/** cs_slide_get_picture: @alt: (out) (optional). Returns: (nullable): the address of the first picture. */
const char *
cs_slide_get_picture (CsDeckSlide *slide, const char **alt)
{
  const CsSlidePart *part = find_part (slide, CS_PART_PICTURE);

  if (alt != NULL)
    *alt = part != NULL ? part->text : NULL;
  return part != NULL ? part->address : NULL;
}

/** cs_slide_place_picture: Returns: where its picture goes; empty when it has none. */
graphene_rect_t
cs_slide_place_picture (CsDeckSlide *slide, const CsSlideFrame *frame)
{
  float width = frame->width * PICTURE_SHARE;

  if (find_part (slide, CS_PART_PICTURE) == NULL)
    return GRAPHENE_RECT_INIT (0, 0, 0, 0);
  if (!has_words (slide))
    return GRAPHENE_RECT_INIT (0, 0, frame->width, frame->height);
  return GRAPHENE_RECT_INIT (frame->rtl ? 0 : frame->width - width, 0, width, frame->height);
}

/* Composing */

static void
clear_block (gpointer block)
{
  g_object_unref (((Block *) block)->layout);
}

static Block *
add_block (Drawing *self, const char *text, float points, PangoWeight weight, const GdkRGBA *colour, float indent)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_from_string (g_str_has_prefix (text, "\t") ? "Monospace" : "Cantarell, Sans");
  float width = MAX (self->width - indent * self->unit, 1);
  Block block = { .layout = layout, .y = self->y, .colour = colour };
  int height;

  pango_font_description_set_absolute_size (font, MAX (points * self->size * self->unit, 1.5) * PANGO_SCALE);
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, *text == '\t' ? text + 1 : text, -1);
  pango_layout_get_pixel_size (layout, NULL, &height);
  block.height = height;
  block.x = self->left + (self->frame->rtl ? 0 : indent * self->unit);
  g_array_append_val (self->blocks, block);
  self->y += height + GAP * self->size * self->unit;
  return &g_array_index (self->blocks, Block, self->blocks->len - 1);
}

static void
add_row (Drawing *self, const CsSlidePart *part)
{
  guint n = g_strv_length (part->cells);
  Drawing cell = *self;
  float bottom = self->y;

  cell.width = self->width / MAX (n, 1) - 8 * self->unit;
  for (guint i = 0; i < n; i++)
    {
      guint column = self->frame->rtl ? n - 1 - i : i;

      cell.left = self->left + column * self->width / n;
      cell.y = self->y;
      add_block (&cell, part->cells[i], 24, part->head ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL,
                 part->head ? &self->colours.accent : &self->colours.text, 0);
      bottom = MAX (bottom, cell.y);
    }
  self->y = bottom - GAP / 2 * self->size * self->unit;
}

static void
add_point (Drawing *self, const CsSlidePart *part)
{
  Block *block = add_block (self, part->text, part->level > 1 ? 24 : 28, PANGO_WEIGHT_NORMAL, &self->colours.text, INDENT * part->level);

  block->has_bullet = part->number == 0;
  block->number = part->number;
}

static void
add_part (Drawing *self, const CsSlidePart *part)
{
  g_autofree char *code = NULL;

  switch (part->kind)
    {
    case CS_PART_TITLE:
      add_block (self, part->text, self->is_cover && part->level == 1 ? 64 : part->level <= 2 ? 46 : 34, PANGO_WEIGHT_ULTRABOLD,
                 &self->colours.title, 0);
      break;
    case CS_PART_POINT:
      add_point (self, part);
      break;
    case CS_PART_QUOTE:
      add_block (self, part->text, 28, PANGO_WEIGHT_NORMAL, &self->colours.soft, INDENT)->has_bar = TRUE;
      break;
    case CS_PART_CODE:
      code = g_strconcat ("\t", part->text, NULL);
      add_block (self, g_strchomp (code), 21, PANGO_WEIGHT_NORMAL, &self->colours.text, 16)->has_panel = TRUE;
      break;
    case CS_PART_ROW:
      add_row (self, part);
      break;
    case CS_PART_TEXT:
      add_block (self, part->text, 27, PANGO_WEIGHT_NORMAL, self->is_cover ? &self->colours.soft : &self->colours.text,
                 part->level > 0 ? INDENT * part->level : 0);
      break;
    case CS_PART_PICTURE:
    default:
      break;
    }
}

static guint
count_blocks (const Drawing *self, CsDeckSlide *slide)
{
  return MIN (cs_deck_slide_get_parts (slide)->len, self->frame->width < SMALL ? MAX_SMALL_BLOCKS : MAX_BLOCKS);
}

/* Returns: how many parts fit into @room; those behind them are not looked at. */
static guint
compose (Drawing *self, CsDeckSlide *slide, float size, float room)
{
  GPtrArray *parts = cs_deck_slide_get_parts (slide);
  guint n = count_blocks (self, slide);

  g_array_set_size (self->blocks, 0);
  self->size = size;
  self->y = 0;
  for (guint i = 0; i < n; i++)
    {
      add_part (self, parts->pdata[i]);
      if (self->y > room)
        return i;
    }
  return n;
}

/* The largest size at which all of it fits: what fits at one size tells where to look next, since words of half the size take
 * a quarter of the room. */
static void
compose_to_fit (Drawing *self, CsDeckSlide *slide, float room)
{
  guint n = count_blocks (self, slide);
  guint last = G_N_ELEMENTS (sizes) - 1;
  guint n_fits = 0;

  for (guint i = 0; i < last; i++)
    {
      if (i > 0 && sizes[i] * sizes[i] > 1.3f * n_fits / n)
        continue;
      n_fits = MAX (compose (self, slide, sizes[i], room), 1);
      if (n_fits == n)
        return;
    }
  compose (self, slide, sizes[last], self->frame->height);
}

/* Drawing */

static void
fill (GtkSnapshot *snapshot, const GdkRGBA *colour, float x, float y, float width, float height)
{
  gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT (x, y, width, height));
}

static void
draw_mark (const Drawing *self, const Block *block, GtkSnapshot *snapshot)
{
  float line = 30 * self->size * self->unit;
  float side = BULLET * self->size * self->unit;
  float x = self->frame->rtl ? block->x + pango_layout_get_width (block->layout) / (float) PANGO_SCALE + side * 2 : block->x - side * 3;
  graphene_rect_t dot = GRAPHENE_RECT_INIT (x, block->y + line / 2 - side / 4, side, side);
  GskRoundedRect round;

  if (!block->has_bullet)
    return;
  gsk_rounded_rect_init_from_rect (&round, &dot, side / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_color (snapshot, &self->colours.accent, &dot);
  gtk_snapshot_pop (snapshot);
}

static void
draw_number (const Drawing *self, const Block *block, GtkSnapshot *snapshot)
{
  g_autofree char *text = g_strdup_printf ("%d.", block->number);
  g_autoptr (PangoLayout) layout = pango_layout_copy (block->layout);
  int width;

  if (block->number <= 0)
    return;
  pango_layout_set_width (layout, -1);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (self->frame->rtl ? block->x + pango_layout_get_width (block->layout) / (float) PANGO_SCALE + 6 * self->unit
                                                                           : block->x - width - 8 * self->unit,
                                                          block->y));
  gtk_snapshot_append_layout (snapshot, layout, &self->colours.accent);
  gtk_snapshot_restore (snapshot);
}

static void
draw_block (const Drawing *self, const Block *block, GtkSnapshot *snapshot)
{
  float edge = self->frame->rtl ? self->left + self->width - 5 * self->unit : self->left;

  if (block->has_panel)
    fill (snapshot, &self->colours.panel, self->left, block->y - 8 * self->unit, self->width, block->height + 16 * self->unit);
  if (block->has_bar)
    fill (snapshot, &self->colours.second, edge, block->y, 5 * self->unit, block->height);
  draw_mark (self, block, snapshot);
  draw_number (self, block, snapshot);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (block->x, block->y));
  gtk_snapshot_append_layout (snapshot, block->layout, block->colour);
  gtk_snapshot_restore (snapshot);
}

static void
draw_empty (Drawing *self, GtkSnapshot *snapshot)
{
  Block *block = add_block (self, _ ("This slide is empty"), 34, PANGO_WEIGHT_NORMAL, &self->colours.soft, 0);

  pango_layout_set_alignment (block->layout, PANGO_ALIGN_CENTER);
  block->y = (self->frame->height - block->height) / 2;
  draw_block (self, block, snapshot);
}

static gboolean
is_cover (CsDeckSlide *slide)
{
  GPtrArray *parts = cs_deck_slide_get_parts (slide);
  const CsSlidePart *title = find_part (slide, CS_PART_TITLE);

  return title != NULL && title->level == 1 && find_part (slide, CS_PART_POINT) == NULL && find_part (slide, CS_PART_ROW) == NULL
         && find_part (slide, CS_PART_CODE) == NULL && parts->len <= 4;
}

static void
draw_words (Drawing *self, CsDeckSlide *slide, GtkSnapshot *snapshot)
{
  float room = self->frame->height - 2 * 40 * self->unit;
  float top;

  compose_to_fit (self, slide, room);
  top = MAX ((self->frame->height - self->y) / 2, 24 * self->unit);
  for (guint i = 0; i < self->blocks->len; i++)
    {
      Block *block = &g_array_index (self->blocks, Block, i);

      block->y += top;
      if (block->y < self->frame->height)
        draw_block (self, block, snapshot);
    }
}

/** cs_slide_draw: Words and background; what does not fit at the smallest size is cut off at the edge. */
void
cs_slide_draw (CsDeckSlide *slide, const CsSlideFrame *frame, PangoContext *context, GtkSnapshot *snapshot)
{
  g_autoptr (GArray) blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  Drawing self = { .context = context, .frame = frame, .blocks = blocks, .unit = frame->width / WIDTH, .size = 1 };
  graphene_rect_t picture = cs_slide_place_picture (slide, frame);
  float margin = MARGIN * self.unit;

  g_array_set_clear_func (blocks, clear_block);
  cs_slide_get_colours (frame->theme, &self.colours);
  fill (snapshot, &self.colours.paper, 0, 0, frame->width, frame->height);
  self.left = margin + (frame->rtl ? picture.size.width : 0);
  self.width = frame->width - 2 * margin - picture.size.width + (picture.size.width > 0 ? margin / 2 : 0);
  if (cs_deck_slide_is_empty (slide))
    draw_empty (&self, snapshot);
  else if (cs_deck_slide_get_parts (slide) != NULL && has_words (slide))
    {
      self.is_cover = is_cover (slide);
      draw_words (&self, slide, snapshot);
    }
}
