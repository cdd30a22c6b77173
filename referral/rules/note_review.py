"""What a person decides on the words of a note that the checker found, and whether the note may leave."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from referral.errors import FieldProblem, InvalidInput
from referral.rules.note_identity import UNKNOWN, KnownIdentity
from referral.rules.note_spans import MAY_BE_LEARNED, MUST_GO, Kind, Span
from referral.rules.note_words import WORD
from referral.rules.notes_check import Checked, check_text

TAKEN_OUT = "[...]"
LEARNED_SHORTEST, LEARNED_LONGEST = 3, 40


class Decision(Enum):
    """What a person says of a word that was found."""

    REMOVE = "remove"
    KEEP = "keep"
    FINE = "fine"


@dataclass(frozen=True, repr=False)
class Reviewing:
    """Decisions by the words they are on; ``known`` is what the vault knows, None where nobody asked it."""

    decisions: Mapping[str, Decision] = field(default_factory=dict)
    attested: bool = False
    known: KnownIdentity | None = None


NOT_REVIEWED = Reviewing()
# What is to be taken out and is there again was never seen as it stands: it is asked about once more.
STAYS = frozenset({Decision.KEEP, Decision.FINE})


@dataclass(frozen=True)
class Question:
    """Words that were found, why, and what may be decided."""

    words: str
    kind: Kind
    choices: tuple[Decision, ...]
    decided: Decision | None = None


@dataclass(frozen=True)
class Outcome:
    """The note as decided so far: open questions, words learned, and whether a person must still attest."""

    checked: Checked
    questions: tuple[Question, ...]
    learned: frozenset[str]
    removed: int
    must_attest: bool

    @property
    def text(self) -> str:
        """The note without what was taken out."""
        return self.checked.text

    @property
    def may_leave(self) -> bool:
        """Whether nothing is left to decide."""
        return not self.must_attest and all(question.decided in STAYS for question in self.questions)

    @property
    def kept(self) -> int:
        """How many of the words found stay in the note."""
        return sum(question.decided is Decision.KEEP for question in self.questions)


class NoteHeld(InvalidInput):
    """The note must be looked at before it leaves; ``outcome`` says where."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        is_open = any(one.decided not in STAYS for one in outcome.questions)
        code = "note_held" if is_open else "note_unattested"
        super().__init__([FieldProblem("note", code)])


def review(text: str, reviewing: Reviewing, learned: Collection[str]) -> Outcome:
    """The note with the decisions carried out.

    Raises
    ------
    NoteHeld : something is left to decide or to attest.
    """
    known = reviewing.known or UNKNOWN
    first = check_text(text, known, learned)
    fresh = frozenset(_learned(first, reviewing))
    left, removed = _without(first, reviewing)
    checked = check_text(left, known, learned)
    outcome = Outcome(
        checked=checked,
        questions=tuple(_questions(checked, reviewing)),
        learned=fresh,
        removed=removed,
        must_attest=bool(checked.stories) and not reviewing.attested,
    )
    if not outcome.may_leave:
        raise NoteHeld(outcome)
    return outcome


def choices_of(words: str, kind: Kind) -> tuple[Decision, ...]:
    """What may be decided: who the student is must go; only a single word can be learned."""
    if kind in MUST_GO:
        return (Decision.REMOVE,)
    is_word = WORD.fullmatch(words) and LEARNED_SHORTEST <= len(words) <= LEARNED_LONGEST
    learns = (Decision.FINE,) if kind in MAY_BE_LEARNED and is_word else ()
    return (Decision.REMOVE, Decision.KEEP, *learns)


def one_line(words: str) -> str:
    """Words as a form carries them, where a line may break inside."""
    return " ".join(words.split())


def _decided(checked: Checked, span: Span, reviewing: Reviewing) -> Decision | None:
    words = checked.words_of(span)
    decision = reviewing.decisions.get(one_line(words))
    return decision if decision in choices_of(words, span.kind) else None


def _learned(checked: Checked, reviewing: Reviewing) -> Iterator[str]:
    for span in checked.spans:
        if _decided(checked, span, reviewing) is Decision.FINE:
            yield checked.words_of(span).lower().replace("’", "'").removesuffix("'s")


def _without(checked: Checked, reviewing: Reviewing) -> tuple[str, int]:
    """The text without the spans to be taken out, and how many those were."""
    text, gone = checked.text, 0
    for span in reversed(checked.spans):
        if _decided(checked, span, reviewing) is Decision.REMOVE:
            text, gone = text[: span.start] + TAKEN_OUT + text[span.end :], gone + 1
    return text, gone


def _questions(checked: Checked, reviewing: Reviewing) -> Iterator[Question]:
    """One question for the same words, in the order of the text."""
    asked = set()
    for span in checked.spans:
        words = checked.words_of(span)
        if (words, span.kind) not in asked:
            asked.add((words, span.kind))
            yield Question(
                one_line(words), span.kind, choices_of(words, span.kind), _decided(checked, span, reviewing)
            )
