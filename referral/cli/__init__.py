"""Door 3, the command `placewell`: each subcommand is imported only when it is run or its help is asked for.

Add a subcommand to `COMMANDS`: name -> ("module:attribute", the line shown by `placewell --help`).
"""

from importlib import import_module

import click

from referral.cli.loading import collecting_later
from referral.config import VERSION

COMMANDS: dict[str, tuple[str, str]] = {
    "audit": ("referral.cli.audit:audit", "Prove that the audit log is whole."),
    "backup": ("referral.cli.backup:backup", "Write everything to a file, while the site runs."),
    "demo": ("referral.cli.demo:demo", "Serve a demo on real programs and synthetic students."),
    "init": ("referral.cli.instance:init", "Make an instance and its first administrator."),
    "serve": ("referral.cli.instance:serve", "Serve the site of an instance."),
    "programs": ("referral.cli.programs:programs", "Load programs from a file, or write them to one."),
    "policies": ("referral.cli.policies:policies", "Show policies and compare one with judgements."),
    "privacy": ("referral.cli.privacy:privacy", "Measure what an enquiry tells; show what leaves."),
    "rank": ("referral.cli.rank:rank", "Rank programs for students in a file."),
    "rankings": ("referral.cli.rankings:rankings", "Compute kept rankings again."),
    "mail": ("referral.cli.mail:mail", "Send the mails that wait, or try failed ones again."),
    "restore": ("referral.cli.backup:restore", "Restore a backup and prove that it is whole."),
    "retention": ("referral.cli.retention:retention_group", "Delete what is kept no longer, with proof."),
    "schema": ("referral.cli.schema:schema", "Print the JSON Schema of a file."),
    "seats": ("referral.cli.seats:seats", "Prove that the seats of rooms are right."),
    "tick": ("referral.cli.clocks:tick", "Do what the date brings: reminders, expiries, lapses."),
    "tokens": ("referral.cli.tokens:tokens", "List, make and revoke tokens of the JSON API."),
    "vault": ("referral.cli.vault:vault", "Keep names of students apart: make, look at, mend the vault."),
    "users": ("referral.cli.users:users", "Invite, list and disable users."),
}


class LazyCommands(click.Group):
    """A group that knows the names of its commands and imports only the one that is asked for."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names, as listed in the help."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        with collecting_later():
            command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="placewell")
def main() -> None:
    """Placewell finds and ranks special-education programs; the IEP Team decides.

    Example: placewell demo
    """
