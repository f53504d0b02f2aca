#include <config.h>

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include <criterion/criterion.h>

#include "../support/screens.h"
#include "board.h"

void board_open(struct board *board, const char *locale, const char *term, int height, int width)
{
	*board = (struct board){ .height = height, .width = width };
	cr_assert(setlocale(LC_ALL, locale) != NULL, "the locale %s is there", locale);
	FILE *nothing = fopen("/dev/null", "r+");
	cr_assert(nothing != NULL, "/dev/null opens");
	board->screen = newterm(term, nothing, nothing);
	cr_assert(board->screen != NULL, "the terminal %s is known", term);
	board->window = newpad(height, width);
	cr_assert(board->window != NULL, "%d by %d is a window", height, width);
	board_strew(board);
}

void board_strew(struct board *board)
{
	for (int y = 0; y < board->height; y++) {
		for (int x = 0; x < board->width; x++)
			(void)mvwaddch(board->window, y, x, '.');
	}
}

void board_close(struct board *board)
{
	(void)delwin(board->window);
	(void)endwin();
	delscreen(board->screen);
}

static void read_cell(struct board *board, int y, int x, wchar_t chars[CCHARW_MAX + 1], attr_t *attr)
{
	cchar_t cell;
	short pair;
	cr_assert(mvwin_wch(board->window, y, x, &cell) == OK, "(%d, %d) is on the board", y, x);
	wmemset(chars, L'\0', CCHARW_MAX + 1);
	cr_assert(getcchar(&cell, chars, attr, &pair, NULL) == OK, "(%d, %d) is read", y, x);
}

const char *board_row(struct board *board, int y)
{
	struct buf row = BUF_EMPTY;
	screens_row(board->window, y, &row);
	cr_assert(row.size < sizeof board->row, "the row fits");
	memcpy(board->row, buf_text(&row), row.size + 1);
	buf_release(&row);
	return board->row;
}

wchar_t board_char(struct board *board, int y, int x)
{
	wchar_t chars[CCHARW_MAX + 1];
	attr_t attr;
	read_cell(board, y, x, chars, &attr);
	return chars[0];
}

attr_t board_attr(struct board *board, int y, int x)
{
	wchar_t chars[CCHARW_MAX + 1];
	attr_t attr;
	read_cell(board, y, x, chars, &attr);
	return attr & ~(attr_t)A_COLOR;
}

bool board_is_harmless(struct board *board)
{
	for (int y = 0; y < board->height; y++) {
		const char *row = board_row(board, y);
		wchar_t wide[BOARD_ROW_SIZE];
		mbstate_t state = { 0 };
		const size_t size = mbsrtowcs(wide, &row, BOARD_ROW_SIZE, &state);
		if (size == (size_t)-1)
			return false;
		for (size_t i = 0; i < size; i++) {
			if (wcwidth(wide[i]) < 0 || (wide[i] >= 0x200b && wide[i] <= 0x200f) || (wide[i] >= 0x2028 && wide[i] <= 0x202e))
				return false;
		}
	}
	return true;
}
