"""Step 5: related services, one compact row each.

A service is asked (required or preferred), not needed, or not known yet. While any is left open the list says
only what is asked; "none of the others" closes it.
"""

from typing import Any

from wtforms import FormField

from matching.vocabulary import Delivery, Grouping, Importance, Service
from referral.rules.answers import Answers, ServiceAnswer
from referral.rules.questions import LABELS
from referral.web.forms.base import PartForm, RadioGroup
from referral.web.forms.intake.base import StepForm
from referral.web.forms.intake.build import NOT_KNOWN_YET, one_select, plain_choices, row_choice, text
from referral.web.forms.intake.fields import UNKNOWN, Question, shown

NOT_NEEDED = "not_needed"
OTHERS = {UNKNOWN: "May be needed, not known yet", NOT_NEEDED: "Not needed: these are all the services"}
ASKED = {UNKNOWN: NOT_KNOWN_YET, NOT_NEEDED: "Not needed", **Importance.labels()}


def service_row(service: Service) -> type[PartForm]:
    """The form of one service: whether it is asked, and then how much and how."""
    is_asked = f"services-{service.value}-asked=required|preferred"

    class ServiceRow(PartForm):
        asked = one_select("Asked", ASKED)
        minutes_per_week = text(
            "services",
            label="Minutes a week",
            group=ServiceAnswer,
            show_if=is_asked,
            size=5,
            inputmode="numeric",
        )
        delivery = row_choice("How", Delivery, ServiceAnswer, show_if=is_asked, leave_out="not_offered")
        grouping = row_choice("With whom", Grouping, ServiceAnswer, show_if=is_asked)

        def answer(self) -> ServiceAnswer | None:
            """What is asked of this service; None when it is not asked."""
            if self.asked.data not in Importance.labels():
                return None
            return ServiceAnswer(
                service=service,
                importance=Importance(self.asked.data),
                minutes_per_week=self.minutes_per_week.answer,
                delivery=self.delivery.answer,
                grouping=self.grouping.answer,
            )

    return ServiceRow


class ServicesPart(PartForm):
    """A row for each service, and what is said of those left open."""

    def rows(self) -> dict[Service, Any]:
        """The row of each service."""
        return {service: self[service.value] for service in Service}


for _service in Service:
    setattr(ServicesPart, _service.value, FormField(service_row(_service), _service.label))
# Set last, because it speaks of the rows above it.
ServicesPart.others = RadioGroup(
    "All services left at “Not known yet”", choices=plain_choices(OTHERS), default=UNKNOWN
)


class ServicesAnswer(Question, FormField):
    """All services at once."""

    def show(self, answers: Answers) -> None:
        """Fill the rows of the services asked or not needed."""
        not_needed = set(answers.services_not_needed or ())
        asked = {row.service: row for row in answers.services or ()}
        rows: dict[str, Any] = {service.value: {"asked": NOT_NEEDED} for service in not_needed}
        for service, row in asked.items():
            rows[service.value] = {
                "asked": row.importance.value,
                "minutes_per_week": shown(row.minutes_per_week),
                "delivery": shown(row.delivery) or UNKNOWN,
                "grouping": shown(row.grouping) or UNKNOWN,
            }
        closed = len(not_needed) + len(asked) == len(Service)
        self.process(None, {"others": NOT_NEEDED if closed else UNKNOWN, **rows})

    def answers(self) -> dict[str, Any]:
        """The services asked, and those known not to be needed."""
        rows = self.form.rows()
        read = {service: row.form.answer() for service, row in rows.items()}
        asked = tuple(answer for answer in read.values() if answer is not None)
        closed = self.form.others.data == NOT_NEEDED
        not_needed = tuple(
            service
            for service, answer in read.items()
            if answer is None and (closed or rows[service].form.asked.data == NOT_NEEDED)
        )
        all_ruled_out = len(not_needed) == len(Service)
        return {
            "services": asked or (() if all_ruled_out else None),
            "services_not_needed": not_needed or None,
        }


class ServicesStep(StepForm):
    """Related services."""

    services = ServicesAnswer(ServicesPart, LABELS["services"])
