"""A program's facts in words, by section; what is not published is named in one line, never as empty rows."""

from collections.abc import Mapping
from typing import Any

from matching import ProgramProfile
from matching.vocabulary import Delivery
from referral.formats.yaml_writing import grades_text
from referral.rules.program_records import CalendarRecord, OfferRecord, ProgramRecord
from referral.web.directory_lines import ages_words

Row = dict[str, Any]
INFERRED = ("inferred", "inferred")
APPROVAL = {True: "Approved", False: "Not approved", None: ""}
UNPUBLISHED: Mapping[str, str] = {
    "ages": "ages",
    "ages_at_admission": "ages at admission",
    "grades": "grades",
    "populations": "whom it serves",
    "setting": "setting",
    "students_per_adult": "students per adult",
    "services": "services",
    "communication_modes": "communication supports",
    "features": "features",
    "calendar": "calendar",
    "peer_time": "time with peers without disabilities",
    "rooms": "rooms and seats",
    "prices": "tuition",
    "entry": "how to enter",
}


def sections(record: ProgramRecord, profile: ProgramProfile) -> list[tuple[str, list[Row]]]:
    """Headings and their rows; a heading without a row is left out."""
    found = [
        ("Whom it serves", _whom(record)),
        ("What it offers", _offers(record)),
        ("Setting and staff", _setting(record, profile)),
        ("School year", _calendar(record.calendar)),
        ("Level of support", _levels(record, profile)),
    ]
    return [(heading, rows) for heading, rows in found if rows]


def unpublished(record: ProgramRecord) -> list[str]:
    """What no source says and the program's staff have not filled in."""
    shown = record.examples.model_fields_set if record.examples else set()
    missing = {name for name in UNPUBLISHED if not getattr(record, name) and name not in shown}
    if record.program_type is not None:
        missing.discard("setting")
    return [words for name, words in UNPUBLISHED.items() if name in missing]


def _row(record: ProgramRecord, term: str, field: str, value: str) -> list[Row]:
    """One row, tagged where the field was read out of a description; none where nothing is known."""
    if not value:
        return []
    return [{"term": term, "value": value} | ({"tag": INFERRED} if field in record.inferred else {})]


def _whom(record: ProgramRecord) -> list[Row]:
    return [
        *_row(record, "Ages", "ages", _years(record.ages)),
        *_row(record, "Ages at admission", "ages_at_admission", _years(record.ages_at_admission)),
        *_row(record, "Grades", "grades", grades_text([grade.value for grade in record.grades or ()])),
        *_row(record, "Serves", "populations", _labels(record.populations)),
        *_row(record, "Also serves", "other_populations", _labels(record.other_populations)),
        *_row(record, "Admits only with", "limits", _labels(record.limits)),
        *_row(record, "How to enter", "entry", record.entry or ""),
    ]


def _years(ages: Any) -> str:
    return ages_words(ages, None) if ages is not None else ""


def _offers(record: ProgramRecord) -> list[Row]:
    offered = [
        _service(service.label, offer)
        for service, offer in record.services.items()
        if offer.delivery is not Delivery.NOT_OFFERED
    ]
    refused = [s.label for s, offer in record.services.items() if offer.delivery is Delivery.NOT_OFFERED]
    return [
        *_row(record, "Services", "services", ", ".join(offered)),
        *_row(record, "Not offered", "services", ", ".join(refused)),
        *_row(record, "Services, as printed", "services_printed", record.services_printed or ""),
        *_row(record, "Communication", "communication_modes", _true(record.communication_modes)),
        *_row(record, "No communication in", "communication_modes", _false(record.communication_modes)),
        *_row(
            record, "Communication, as printed", "communication_printed", record.communication_printed or ""
        ),
        *_row(record, "Has", "features", _true(record.features)),
        *_row(record, "Does not have", "features", _false(record.features)),
    ]


def _service(label: str, offer: OfferRecord) -> str:
    consult = " (consultation)" if offer.delivery is Delivery.CONSULT else ""
    minutes = offer.minutes_per_week_max
    return f"{label}{consult}" + (f", up to {minutes} minutes a week" if minutes else "")


def _setting(record: ProgramRecord, profile: ProgramProfile) -> list[Row]:
    inferred = {"program_type", "setting"} & set(record.inferred)
    setting = profile.setting.label if profile.setting else ""
    ratio = record.students_per_adult
    return [
        *_row(
            record,
            "Kind of program",
            "program_type",
            record.program_type.label if record.program_type else "",
        ),
        *_row(record, "Setting", next(iter(inferred), "setting"), setting),
        *_row(record, "Placements", "placement_types", _labels(record.placement_types)),
        *_row(record, "Time with peers", "peer_time", record.peer_time.label if record.peer_time else ""),
        *_row(
            record,
            "Students per adult",
            "students_per_adult",
            f"{ratio.numerator}:{ratio.denominator}" if ratio else "",
        ),
        *_row(record, "Staff, as printed", "staffing_printed", record.staffing_printed or ""),
        *_row(record, "Size, as printed", "capacity_printed", record.capacity_printed or ""),
        *_row(record, "State approval", "approved", APPROVAL[record.approved]),
    ]


def _calendar(calendar: CalendarRecord | None) -> list[Row]:
    if calendar is None:
        return []
    shown = {
        "Days a year": calendar.days,
        "Hours a day": calendar.hours,
        "Summer days": calendar.summer_days,
        "Summer hours a day": calendar.summer_hours,
    }
    return [{"term": term, "value": str(value)} for term, value in shown.items() if value is not None]


def _levels(record: ProgramRecord, profile: ProgramProfile) -> list[Row]:
    """Levels 0 to 4 that the program supports, tagged where they were read out of its description."""
    rows = []
    for dimension, level in profile.levels.items():
        words = f"{level.low} to {level.high} of 4" if level.low < level.high else f"{level.low} of 4"
        stated = dimension in record.levels
        rows.append({"term": dimension.label, "value": words} | ({} if stated else {"tag": INFERRED}))
    return rows


def _labels(terms: Any) -> str:
    return ", ".join(term.label for term in terms or ())


def _true(answers: Mapping[Any, bool]) -> str:
    return _labels([term for term, has in answers.items() if has])


def _false(answers: Mapping[Any, bool]) -> str:
    return _labels([term for term, has in answers.items() if not has])
