"""English of notes that leave a district: what was found in them, and what may be decided."""

from collections.abc import Mapping

REFUSALS = {
    "free_text_off": "Your district sends no notes to programs. The director can change this in settings.",
    "note_needs_disclosure": "No consent or authority is on record now, so no note can be sent.",
    "note_unchecked": "This note was not checked, so it cannot be sent. Open the referral and add it there.",
    "note_vault_closed": "The names your district keeps cannot be read now, so the note cannot be checked.",
    "note_names_student": "The note tells who the student is: {words}. Say “the student” instead.",
    "note_held": "Decide on the marked words below. Nothing was sent.",
    "note_unattested": "Read the marked sentences below, and say that they tell nothing. Nothing was sent.",
}
# Why words were marked, by the kind of the span.
KINDS: Mapping[str, str] = {
    "known": "matches what your district knows of the student",
    "contact": "an e-mail address, telephone number or web address",
    "id": "a long number, perhaps an ID",
    "date": "a date",
    "address": "an address",
    "name": "perhaps a name or a place",
    "initials": "perhaps initials",
    "telling": "may tell a story that people know",
    "number": "a number without a unit",
    "word": "not in the word list",
}
DECISIONS: Mapping[str, str] = {
    "remove": "Take it out",
    "keep": "It tells nothing: leave it in this note",
    "fine": "This word is always fine in our district",
}
ATTEST = "I read the note. No one who knows the town could tell from it who the student is."
ATTEST_HINT = (
    "A story can tell more than a name: the only one who, what was in the paper, what happened when."
)
CHECKED_FIRST = "The words are checked before they leave."
STAYS = "Your district sends no notes to programs, so only your side reads it."
