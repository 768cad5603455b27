"""Every weight, threshold and limit of the search, with its unit, its effect and the reason for its value.

Unless another source is named, effects were measured on the 637 judged queries of ``relevance/dev.tsv`` and
``head-dev.tsv`` on the release of October 2025 (``python -m bench relevance``). "A 1 -> 2" means that the right code
of query A falls from rank 1 to rank 2 with the changed value. Scores are BM25F scores: a word of few records in a
short description scores 10 to 15, a common word 1 to 3.
"""

from __future__ import annotations

from typing import Final

# BM25F: the score of a term in a record, computed when an index is built.

HEAD_WEIGHT: Final = 0.5
"""Weight of the head of a description (what the record is), relative to the whole text.

"Cochlear prosthetic implant replacement" needs it (0: 1 -> 6). 0: 15 queries better, 36 worse; 1: 13 and 15.
"""
LENGTH_WEIGHT: Final = 0.6
"""BM25's B, 0 to 1: how much a long description lowers a record's score.

"helicopter ambulance" needs it above 0 (1 -> 2), "crutches" below 1 (1 -> 3). 0: 19 better, 34 worse; 1: 14 and 18.
"""
SATURATION: Final = 1.2
"""BM25's K1: the higher, the more each repetition of a word adds.

"crutches" needs it low (2: 1 -> 2), "wheel chair" high (0.6: 2 -> 12). 2: 5 better, 14 worse; 0.6: 14 and 8.
"""

# Scores of meanings that are not words of the record.

SYNONYM_SCORE: Final = 14.0
"""Score of the best record of a synonym's first target: as much as a rare word in a short description.

"oxygen mask" needs it (7: 1 -> 10), and "Herceptin" (7: 1 -> 2). 7: 6 queries better, 20 worse.
"""
LATER_TARGET_FACTOR: Final = 0.93
"""Factor for each further target of a synonym: the data lists the best first.

"rollator" needs it (1.07: 1 -> 2), and "cortisone shot" (1: 2 -> 6). 1: 4 better, 9 worse; 1.07: 11 and 15.
"""
ITEM_FACTOR: Final = 1.03
"""Factor for the plain code of an item, beside the best record with the words of its name, within a longer query.

"Solution enteral formulae" must find B4150 before B4102 (1: 1 -> 3). 1.06: 1 of the 280 queries worse.
"""
RANGE_SCORE: Final = 22.0
"""Score of a record that states a range with the query's amount in it: more than any word of a long description.

"Hydration 2.5 liters" must find S9376 (more than two but no more than three liters) before saline by the bag.
"""
PHRASE_POWER: Final = 0.5
"""A synonym of n words scores ``n ** PHRASE_POWER`` times as much: it replaces the scores of n words.

"oxygen mask" needs it (0: 1 -> 10). 0: 1 better, 11 worse.
"""
PHRASE_PART_FACTOR: Final = 0.7
"""Factor for the score of a record that matches only some words of a phrase, beside their share of its weight.

"Zofran IV 4 mg" must find J2405 before Q0175, which is another oral drug for "4 mg" (1: 1 -> 2).
"""
CODE_SCORE: Final = 54.0
"""Score of a record that the query names by its code, above any sum of words: "rr" must suggest modifier RR first."""

# Priors: factors for what a record is.

TERMINATED_PRIOR: Final = 0.05
"""Factor for codes that aren't active: so low that they rank below every active code that matches as much.

"Depo Medrol 80 mg" must find J1010 before J1040, which ended. A record named by its code is exempt, and
one named by its whole short description if no active record has all of its words. 1: none better, 27 worse.
"""
ENDED_MATCH_FACTOR: Final = 0.2
"""Factor of an ended code that matches every word, beside active codes that match only some of them.

"Patient lift electric" must find E0630 before E0628, which ended (0.35: 3 -> 2); "dry pressure" finds the ended
E0199 before a CPAP device.
"""
UNCLASSIFIED_PRIOR: Final = 0.75
"""Factor for codes "not otherwise classified", unless the query asks for them.

"flu shot" must find Q2034 before Q2039 (flu vaccine, not otherwise specified). 1: none better, 2 worse.
"""
CLASSIFIED_PRIOR: Final = 0.5
"""Factor for every other code where the query asks for codes "not otherwise classified".

"Enteral formula not classified" must find B9998 before the formulas.
"""
MODIFIER_PRIOR: Final = 0.7
"""Factor for modifiers, or for procedure codes if the word "modifier" asks for these: few mean a modifier without it.

"nebulizer machine" must find E0570 before modifier NB. 1: none better, 4 worse.
"""
SELDOM_BILLED_PRIORS: Final = {"S": 0.8, "G8": 0.5, "G9": 0.5, "M1": 0.3}
"""Factors by prefix for S codes (private payers) and quality measures: other codes with the same words come first.

"home health aide visit" needs it (1: 2 -> 3), and "wheelchair start" must find K0001 before the measure M1106. 1: none
better, 4 worse.
"""
PLAIN_ITEM_PRIOR: Final = 1.15
"""Factor for the codes that the names in ``synonyms/tables/items*.toml`` stand for: plain items, billed most.

"Compression wrap for venous ulcer" must find A6583 before A6516 (custom). 1: 11 of 1,350 everyday searches worse.
"""
HIGHEST_PRIOR: Final = PLAIN_ITEM_PRIOR
"""The prior that no document exceeds: how far a list is read for its best documents."""
ACCESSORY_PRIOR: Final = 0.7
"""Factor for parts and supplies of another item, unless the query asks for them: "walker" is E0143."""
DIALYSIS_PRIOR: Final = 0.75
"""Factor for records for dialysis only. "Test strips" must find A4253 before A4772 (for dialysis)."""
SPECIAL_PRIOR: Final = 0.85
"""Factor for records for children, for heavy patients, custom made or compounded.

"Wheelchair" must find K0001 before K0006 (heavy duty).
"""
OPTION_PRIOR: Final = 0.9
"""Factor for power wheelchairs with power options: "power wheelchair 350 lb" must find K0825 before K0838."""
VERSION_PRIOR: Final = 0.85
"""Factor for one manufacturer's version of a drug and for biosimilars.

"Gemcitabine 10 mg" must find J9201 before J9196 (Accord's), and "pegfilgrastim" J2506 before Q5108.
"""
NOT_COVERED_PRIOR: Final = 0.85
"""Factor for coverage I, M and S: "hospital bed" must find E0260 before E0270 (institutional type, not covered)."""
HOSPITAL_DEVICE_PRIOR: Final = 0.8
"""Factor for C codes, which only a hospital's outpatient department reports.

"Catheter" must find A4351 before C1754.
"""
HEAD_NOUN_BONUS: Final = 0.15
"""Added to the factor of a record whose head ends with what the query's last word means.

"Insulin pump" asks for a pump (E0784), not for the insulin in it (J1817).
"""
HEAD_MEANT_BONUS: Final = 0.2
"""Added to the factor of a record in proportion to the words of its head that the query means.

"Advance care planning" must find S0257 before G0556, which is about primary care (0: 1 -> 2).
"""
SERIES_PRIOR: Final = 0.9
"""Factor for the last code of a series of codes with the same opening word, nearer to 1 the earlier the code.

CMS numbers the plain item first: "whole blood" must find P9010 before P9056 (leukocytes reduced, irradiated). 1: 6
better, 12 worse.
"""

CONTRADICTED_FACTOR: Final = 0.5
"""Factor for a record that says the opposite of the query: "with backup rate" must find E0471 before E0470."""
AS_NEGATED_FACTOR: Final = 1.6
"""Factor for a record that negates what the query negates: "knee brace no joints" must find L1836 before L1830."""
OTHER_UNIT_FACTOR: Final = 0.6
"""Factor for a record billed by another unit than the query names: "adult day care services per day" is S5102."""
SAME_UNIT_FACTOR: Final = 1.2
"""Factor for a record billed by the unit that the query names."""
SAME_UNIT_SHARE: Final = 0.5
"""Share of the best score from which a record with that unit decides: "respite care hourly" has none."""
UNASKED_PART_FACTOR: Final = 0.85
"""Factor per part of the body that an orthosis is named by and the query isn't: "knee orthosis custom" is L1846."""
MAX_WORDS_BETWEEN: Final = 2
"""Maximum words between a negation and the word that it negates: "without any adhesive border"."""
UNASKED_NEGATION_FACTOR: Final = 0.8
"""Factor for a record that negates a word of a query without signs: "ambulance emergency" must find A0429 first."""

# Wording: factors for how closely a record's descriptions follow the query.

EXACT_BONUS: Final = 4.0
"""Added to the factor of a record whose short description is the query, as pasted from a remittance.

"Programmable infusion pump" must find E0783, whose short description it is. Of the short descriptions of active
codes 98.9% find their own record first. One of an ended code comes after active records with all of its words.
"""
ADJACENT_BONUS: Final = 0.06
"""Added to the factor for each pair of adjacent words of the query that is adjacent in the record.

"foot drop" must find the foot drop splint before "partial foot ... drop in toe filler". 0: "Factor VIII
(anti-hemophilic factor, human)" 1 -> 2.
"""
WORDING_WINDOW: Final = 15
"""Number of top records whose wording is compared; a limit on work. 5: 0.2% fewer short descriptions come first."""

# Records that match only part of the query.

MIN_FULL_MATCHES: Final = 6
"""Partial matches are added if fewer records than this match the whole query.

"Mammogram 3d screening" needs it (3: 5 -> none). 3: none better, 4 worse.
"""
PARTIAL_FACTOR: Final = 0.9
"""Factor for partial matches, which are ranked among the full ones.

A record that has every word somewhere in a long text is not always the item, so partial matches may come first.
"Nebulizer filter non-disposable" must find A7014 before A7039, which is a filter of a CPAP device (1: 1 -> 2).
"""
MAX_PARTIAL_MATCHES: Final = 10
"""Maximum partial matches added. "Walking splint" needs more than 3 (5 -> none). 3: 1 better, 8 worse."""
MIN_PARTIAL_SCORE: Final = 0.1
"""Minimum score of a partial match, as a share of the best score.

It leaves out 577 of 4,613 hits, none of them right; 0.3 loses right ones ("Cane accessory" 4 -> none).
"""
COVERAGE_POWER: Final = 1.5
"""Exponent of the matched share of the query's weight: the higher, the lower a partial match that lacks much.

"Orthopedic shoes positioning device" must find L3160 before whole shoes (1: 1 -> 3).
"""

# Type-ahead.

MIN_PREFIX_LETTERS: Final = 5
"""Minimum letters of an unknown word that is taken for the beginning of a known one, in a finished query.

"ondans" finds ondansetron. Shorter words begin too many others: with 3, "oxygen yes" would find Yescarta (Q2041).
"""
CLEAR_PREFIX_MEANINGS: Final = 3
"""Maximum meanings of such a word for it to count as certain.

"grab bar for bathtub wall" is answered with confidence because of it (bathtub: 2 meanings).
"""
MAX_COMPLETIONS: Final = 40
"""Maximum words that complete a prefix, the most common first.

"blood co" suggests blood collection supplies (A4770) because of it. 10: the right code is suggested 0.7% less often.
"""
MAX_NAME_WORDS: Final = 4
"""Maximum words of the beginning of a name of several words.

"andro l.a. 20" needs three of them. 2: the right code is suggested 1.2% less often.
"""
COMPLETION_DEPTH: Final = 20
"""For type-ahead on one partial word: top N records considered per completion.

"aripipra" suggests J0401 because of it. 5: the right code is suggested 0.6% less often.
"""

# Spelling repair.

MIN_REPAIR_LETTERS: Final = 4
"""Minimum letters of a word that is repaired: most shorter words are one edit away from several others.

"octic" and "TEEV" are at this border: 5 makes 1 query better and 1 worse, and 3 repairs initials ("hci").
"""
REPAIR_DISTANCES: Final = ((11, 3), (6, 2), (0, 1))
"""Maximum edits by minimum letters: three from eleven letters on, two from six, else one.

"inflxmab" (two edits) finds infliximab.
"""
SYNONYM_FREQUENCY: Final = 3
"""Frequency of a synonym's word for choosing between repairs, as if this many records had it.

1: "Mucosol" 1 -> none.
"""
MIN_PART_LETTERS: Final = 3
"""Minimum letters of each of two words run together.

"Nonchemotherapy drug oral NOS" needs it (4: 1 -> 3; "non" + "chemotherapy"). With 2, more words are split wrongly.
"""
MIN_JOINED_LETTERS: Final = 4
"""Minimum letters of two words that are searched for as one ("foot drop": footdrop), so that initials stay apart.

"Lock U/P" must find J1642 (Hep-Lock U/P), not every "up" (0: 1 -> 2).
"""

# Confidence.

UNKNOWN_WORD_WEIGHT: Final = 6.0
"""Weight of an unknown word, in the unit of ``Concept.weight`` (a word of 20 records weighs 6).

"when do I use modifier KX" stays doubtful (3: it does not). 1 makes 125 answers certain, among them wrong ones.
"""
UNKNOWN_NUMBER_WEIGHT: Final = 1.0
"""Weight of an unknown word with a digit: it is mostly a size or strength that no record states.

"foley cath 16fr" and "U100 insulin" stay certain (6: they do not).
"""
AMOUNT_FACTOR: Final = 0.3
"""Factor for the weight of a number or amount, because billing units differ from strengths.

"zoledronic acid 4 mg" and "Prolia 60mg injection code" stay certain (1: they do not).
"""
MIN_MATCHED_WEIGHT: Final = 0.75
"""Share of the query's weight that the best hit must match to be certain.

0.5 makes 65 more answers certain, among them wrong ones ("Blood testing supplies"); 0.9 makes 38 right ones doubtful
("Blood fresh frozen plasma").
"""

MIN_SHOWN_WEIGHT: Final = 0.5
"""Share of the query's weight from which the words that the best hit lacks are named instead of "no exact match".

"Pap smear collection kit": Q0091 has most of it. 0 would name nearly every word of a question about something else.
"""

# Neighbors of a terminated code.

MIN_NEIGHBOR_SCORE: Final = 0.4
"""Minimum score of a neighbor, as a share of what the record itself scores for its own text.

Without it, Khapzory and Udenyca would be neighbors of belantamab mafodotin (J9037), for "injection, 0.5 mg".
"""
