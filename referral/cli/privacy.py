"""`placewell privacy`: how recognizable a student is in an enquiry, and what leaves the district at all."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from referral.cli.files import FilePath, read_file
from referral.formats.students_yaml import read_students
from referral.rules.answers import StudentRecord
from referral.rules.areas import DEFAULT_K, LEAST_K, MOST_CHILDREN, MOST_K, AreaCounts
from referral.rules.meter import Places, Verdict, judge, places_of
from referral.rules.meter_words import meter_words
from referral.rules.release_lines import Stage
from referral.rules.release_policy import POLICY

Read = tuple[StudentRecord, Places, Verdict]
Children = click.IntRange(1, MOST_CHILDREN)


@click.group()
def privacy() -> None:
    """Measure what an enquiry tells, and show what leaves a district at which stage.

    \b
    Example: placewell privacy meter student.yaml
             placewell privacy policy
    """


@privacy.command()
@click.argument("students", type=FilePath)
@click.option("--region", help="The region's name. [default: the region]")
@click.option("--region-children", type=Children, help="Children with IEPs in the region, ages 3 to 21.")
@click.option("--district-children", type=Children, help="Children with IEPs in the district.")
@click.option(
    "--k",
    type=click.IntRange(LEAST_K, MOST_K),
    default=DEFAULT_K,
    show_default=True,
    help="Children who must share what is sent.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def meter(
    students: Path,
    region: str | None,
    region_children: int | None,
    district_children: int | None,
    k: int,
    as_json: bool,
) -> None:
    """How many children share what an enquiry would tell of each student in a file. Nothing is sent or kept.

    STUDENTS is one coded student or several, as YAML. The disability counted is the one that the needs imply,
    whatever the label. Without --region-children an enquiry names the state.

    Ends with 1 if for some student nothing passes: such an enquiry needs a consent or an authority on record.

    \b
    Example: placewell privacy meter student.yaml
             placewell privacy meter student.yaml --region "Merrimack Valley" --region-children 11500 --json
    """
    counts = AreaCounts(
        region=None if region_children is None else region or "the region",
        region_children=region_children,
        district_children=district_children,
        k=k,
    )
    records = read_file(students, read_students, "Nothing was measured").records
    read = [_read(record, places_of(record.state, counts), k) for record in records]
    if as_json:
        click.echo(json.dumps([_document(*one) for one in read], indent=2))
    else:
        _print(read, counts)
    if not all(verdict.passes for _, _, verdict in read):
        raise SystemExit(1)


def _read(record: StudentRecord, places: Places, k: int) -> Read:
    return record, places, judge(record, places, k=k)


def _document(record: StudentRecord, places: Places, verdict: Verdict) -> dict[str, Any]:
    reading = verdict.reading
    return {
        "code": record.code,
        "state": places.state,
        "passes": verdict.passes,
        "area": verdict.step.area.value if verdict.passes else None,
        "ages": verdict.step.ages.value if verdict.passes else None,
        "counted_as": sorted(reading.released.disabilities),
        "expected": round(reading.expected, 1),
        "at_least": reading.at_least,
        "k": reading.k,
        "school_years": list(reading.school_years),
    }


def _print(read: Sequence[Read], counts: AreaCounts) -> None:
    for number, (record, places, verdict) in enumerate(read):
        said = meter_words(verdict, places, counts)
        if number:
            click.echo()
        click.echo(f"{record.code}: {said.title}.")
        for sentence in (said.lead, *said.details, *said.ways, *said.counted):
            click.echo(f"  {sentence}")


@privacy.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def policy(as_json: bool) -> None:
    """What leaves the district of every field, by stage; what is not listed is hidden.

    Only the people of the program it was sent to receive anything.

    Example: placewell privacy policy --json
    """
    lines = [
        {"field": name, "class": line.kind.value} | {stage.value: line.at(stage).value for stage in Stage}
        for name, line in POLICY.items()
    ]
    if as_json:
        click.echo(json.dumps(lines, indent=2))
        return
    click.echo(f"{'field':42}{'class':15}{'enquiry':12}{'packet':12}placement")
    for line in lines:
        click.echo("{field:42}{class:15}{enquiry:12}{packet:12}{placement}".format(**line))
