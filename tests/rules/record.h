#ifndef TESTS_RULES_RECORD_H
#define TESTS_RULES_RECORD_H
/* What must have been there when a release reached stable, found again from the facts alone: without fold, judge or dossier. */
#include "../support/history.h"

/* Fails the test unless the record shows it for R-1, of this class, which was registered first and is stable. */
void record_check_stable(struct history *h, enum release_class class);

#endif
