"""`placewell schema`: the JSON Schema of a file of programs, a student or a ranking."""

import json

import click

from referral.formats.schemas import json_schema


@click.command()
@click.argument("kind", type=click.Choice(["program", "student", "ranking"]))
def schema(kind: str) -> None:
    """Print the JSON Schema of a file.

    Example: placewell schema student > student.schema.json
    """
    click.echo(json.dumps(json_schema(kind), indent=2, ensure_ascii=False))
