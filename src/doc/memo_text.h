#ifndef GONOGO_DOC_MEMO_TEXT_H
#define GONOGO_DOC_MEMO_TEXT_H
/* The fixed words of a memo, for the one who reads it and the one who prints it. */
#include <gonogo/doc/form.h>

#define MEMO_TITLE        "GO/NO-GO DECISION MEMO"
#define MEMO_APPROVERS    "Approvers:"
#define MEMO_CHECKLIST    "Checklist:"
#define MEMO_RISKS        "Known Risks Accepted:"
#define MEMO_NO_RISKS     "None"
#define MEMO_RATIONALE    "Rationale:"
#define MEMO_REMEDIATION  "Remediation Plan:"
#define MEMO_NOTES        "Notes:"
#define MEMO_SIGNATURES   "Signatures:"
#define MEMO_OPEN         "_________________ Date: _______"
#define MEMO_NOT_REQUIRED "not required"
#define MEMO_INDENT       "  "   /* of every line of text, so that none can pass for a heading */
#define MEMO_RISK_INDENT  "    " /* of a rationale's further lines, below "  - " */

/* Release, class, date and decision. */
extern const struct form memo_head;

#endif
