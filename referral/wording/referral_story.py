"""The story of a referral in sentences: what was said with each move, and what a step asks for."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from referral.wording.referrals import (
    DECLINE_REASONS,
    EXIT_REASONS,
    FAMILY_ANSWERS,
    HOME_PLANS,
    REASONS,
    RETURN_CRITERIA,
    VISIT_KINDS,
)
from referral.wording.released import contradiction_words

REASON_TABLES: Mapping[str, Mapping[str, str]] = {"decline": DECLINE_REASONS, "end": EXIT_REASONS}
# Where the program reads another sentence than the district: the record is not the program's to make.
REFUSALS_FOR_STAFF: Mapping[str, str] = {
    "needs_disclosure": "The district has no live consent or authority on record. Ask it first.",
}
# One sentence on the form of a move: what follows from it.
ABOUT: Mapping[str, str] = {
    "submit": "The director sees it next. Nothing leaves the district before it is approved.",
    "approve": "The coded enquiry is sent to the program now, and nothing else.",
    "send_back": "The coordinator reads your note and can submit it again.",
    "acknowledge": "The district sees that you have it. You can answer later.",
    "show_interest": "The district can then send the packet, if a consent or an authority is on record.",
    "disclose": "The program can read the packet from now on, as long as the record below holds.",
    "ask_information": "The district reads your question and answers it. Your clock stops until then.",
    "answer": "The program reads your answer and decides.",
    "invite": "The district sees the day and arranges the visit with the family.",
    "waitlist": "The student gets the next place in line. The district sees the place.",
    "reconfirm": "The place in line stays for another 30 days.",
    "resume": "The referral goes on where it was before the waiting list.",
    "offer": "A seat in the room is held until the day you choose.",
    "extend": "The seat stays held until the new day.",
    "accept": "The student's other referrals end, and their seats are freed. You can undo this for 30 days.",
    "refuse": "The seat held is free again. The program is told.",
    "undo_accept": "The student's other referrals come back as far as seats allow.",
    "enroll": "The held seat becomes an enrolled one.",
    "monitor": "The next monitoring is due 90 days from now, unless your district set another rhythm.",
    "review": "The next annual review is due in a year.",
    "plan_return": "The seat is expected to open on that day. The program sees the day.",
    "stay": "The plan of the return is taken back.",
    "return": "The seat is free from today.",
    "end": "The seat is free from today.",
    "decline": "The district sees the reason. Nothing more is sent to you.",
    "ask_second_look": "The program looks again and keeps its decline or reopens the referral.",
    "uphold": "The decline stays. The district is told.",
    "withdraw": "A seat held is free again. You can reopen the referral for 30 days.",
    "reopen": "The referral goes back to where it was before it ended, as far as seats allow.",
}


def reason_words(verb: str, reason: str | None) -> str:
    """The reason given with a move; "" where none was."""
    return REASON_TABLES.get(verb, REASONS).get(reason or "", "")


def facts_sentences(facts: Mapping[str, Any]) -> list[str]:
    """What was said with a move: "Seat held until Dec 23, 2026"."""
    said = {name: words(facts) for name, words in _SAID.items() if facts.get(name)}
    return [sentence for sentence in said.values() if sentence]


def day_sentence(text: object) -> str:
    """A day that was kept as 2027-01-05, as people write it."""
    day = date.fromisoformat(str(text))
    return f"{day:%b} {day.day}, {day.year}"


def _day_after(label: str, name: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda facts: f"{label} {day_sentence(facts[name])}"


def _visit(facts: Mapping[str, Any]) -> str:
    day = f" on {day_sentence(facts['visit_on'])}" if facts.get("visit_on") else ""
    return f"{VISIT_KINDS.get(facts['visit_kind'], 'Visit')}{day}"


def _family(facts: Mapping[str, Any]) -> str:
    said = FAMILY_ANSWERS.get(facts["family_answer"], "")
    day = f" on {day_sentence(facts['family_answered_on'])}" if facts.get("family_answered_on") else ""
    return f"The parent's answer: {said.lower()}{day}"


def _criteria(facts: Mapping[str, Any]) -> str:
    said = [RETURN_CRITERIA[one] for one in facts["criteria"] if one in RETURN_CRITERIA]
    return f"When: {'; '.join(one[0].lower() + one[1:] for one in said)}" if said else ""


def _contradicts(facts: Mapping[str, Any]) -> str:
    said = contradiction_words(facts["contradicts"])
    return f"The program's published profile says {said}" if said else ""


_SAID: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "visit_kind": _visit,
    "room": lambda facts: f"Room: {facts['room']}",
    "hold_until": _day_after("Seat held until", "hold_until"),
    "proposed_on": _day_after("The Team's proposal of", "proposed_on"),
    "family_answer": _family,
    "start_on": _day_after("First day", "start_on"),
    "contract_on": _day_after("Contract of", "contract_on"),
    "return_on": _day_after("Return on", "return_on"),
    "criteria": _criteria,
    "home_plan": lambda facts: f"To: {HOME_PLANS.get(facts['home_plan'], '').lower()}",
    "done_on": _day_after("Done on", "done_on"),
    "ended_on": _day_after("Last day", "ended_on"),
    "contradicts": _contradicts,
}
