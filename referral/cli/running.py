"""What every command that opens an instance shares: the app, and refusals as sentences with exit code 1."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask import Flask
from sqlalchemy.exc import DatabaseError

from referral.app import create_app
from referral.config import DEMO_MARK, Settings, UnsafeSettings, read_settings
from referral.errors import InvalidInput, ReferralError
from referral.models.base import db
from referral.wording import sentence

NOT_READY = "The database does not answer as expected. To make it or bring it up to date run: placewell init"

instance_option: Callable[..., Any] = click.option(
    "--instance",
    type=click.Path(file_okay=False, path_type=Path),
    help="The instance folder. Default: PLACEWELL_INSTANCE, or ./instance",
)


@contextmanager
def refusals_told() -> Iterator[None]:
    """Tell a refusal in sentences and leave with 1, without a traceback."""
    try:
        yield
    except UnsafeSettings as error:
        raise click.ClickException("\n".join(error.problems)) from error
    except InvalidInput as error:
        raise click.ClickException("\n".join(sentence(problem) for problem in error.errors)) from error
    except ReferralError as error:
        raise click.ClickException(sentence(error)) from error
    except DatabaseError as error:
        raise click.ClickException(NOT_READY) from error


def instance_settings(instance: Path | None) -> Settings:
    """The settings of an instance; a folder that holds a demo is opened as the demo it is."""
    settings = read_settings(instance=instance)
    if (settings.instance / DEMO_MARK).is_file():
        return read_settings({}, demo=True, instance=settings.instance)
    return settings


@contextmanager
def opened(instance: Path | None) -> Iterator[Flask]:
    """The app of an instance with its context, for commands that read or write the database."""
    with refusals_told():
        app = create_app(instance_settings(instance))
        with app.app_context():
            try:
                yield app
            finally:
                db.session.remove()
                for engine in db.engines.values():
                    engine.dispose()
