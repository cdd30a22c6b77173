"""Sentences about students, their intake and its drafts."""

CHOOSE = "Choose an answer from the list."
TICK = "Tick only answers from the list."

REFUSALS = {
    "age_years_unreadable": "Enter the age in whole years, from 2 to 25.",
    "age_extra_months_unreadable": "Enter the months beyond the years, from 0 to 11.",
    "team_status_on_unreadable": "Enter the date like Jan 5, 2027, or a month like Jan 2027.",
    "start_on_unreadable": "Enter the month like Jan 2027.",
    "students_per_adult_unreadable": "Enter students to adults, such as 3:1, or “no limit”.",
    "home_zip_unreadable": "Enter the five digits of a ZIP code, like 02421.",
    "home_zip_unknown": "No ZIP code {zip} is known. Check the five digits or leave it blank.",
    "ride_limit_minutes_unreadable": "Enter the ride in minutes, from 10 to 180, like 45.",
    "minutes_per_week_unreadable": "Enter the minutes per week, from 1 to 2,400, like 60.",
    "none_and_others": "Tick either “{none}” or other answers, not both.",
    "choice_unreadable": CHOOSE,
    "several_unreadable": TICK,
    "correction_reason_missing": "Say why the level was set by hand.",
    "wish_insistence_missing": "Choose how the Team holds this: must have, must not have or nice to have.",
    "wish_twice": "This is named in another row. Name it once.",
    "behavior_intensity_unreadable": CHOOSE,
    "program_not_found": "No program is called “{typed}”.{suggestions}",
    "program_twice": "This program is named already.",
    "too_long": "Enter at most {most} characters.",
    "district_missing": "Choose the district the student belongs to.",
    "draft_changed_elsewhere": "The answers on “{step}” were changed in another tab or by someone else.",
    "draft_finished": "This draft was finished in the meantime. Open the student and revise the profile.",
    "draft_has_problems": "Some answers could not be read yet. Correct or clear them, then finish.",
}


def did_you_mean(names: tuple[str, ...]) -> str:
    """The end of a sentence that offers near names; nothing when there is none."""
    return f" Did you mean {' or '.join(f'“{name}”' for name in names)}?" if names else ""
