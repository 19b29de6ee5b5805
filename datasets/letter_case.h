/*
 * Names compared whatever their case: the letters of Latin-1, which the languages of northern Europe write
 * with (but for some of the Sámi ones). Texts are UTF-8.
 */
#ifndef DATASETS_LETTER_CASE_H
#define DATASETS_LETTER_CASE_H

#include <stdbool.h>

bool letters_equal(const char *a, const char *b);
bool letters_contain(const char *text, const char *part);

#endif
