"""Sentences about backups."""

REFUSALS = {
    "bad_backup": "This file is no backup of Placewell, or it is cut off.",
    "backup_damaged": "The backup is damaged in the table {table}. Nothing was restored from it.",
    "backup_of_another_schema": "The backup's tables are not those of its schema. Nothing was restored.",
    "backup_newer": "The backup was made by a newer version ({version}). Install that one first.",
    "backup_exists": "{path} exists already. Choose another name; a backup is never overwritten.",
    "not_restored": "What was restored differs from the backup ({tables}). Everything is as it was before.",
    "target_not_empty": (
        "There is something in the database already. "
        "With --replace it is put aside and the backup takes its place."
    ),
    "target_in_use": "The database is in use. Stop the site and what runs by cron, then try again.",
}
