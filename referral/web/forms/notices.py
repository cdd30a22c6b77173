"""The form in which a user chooses what is mailed."""

from collections.abc import Mapping

from wtforms.validators import InputRequired

from referral.rules.notices import Topic
from referral.web.forms.base import BaseForm, RadioGroup
from referral.wording.notices import TOPICS

WAYS = {"mail": "By mail and on the site", "site": "On the site only"}


class NoticeChoicesForm(BaseForm):
    """One answer for each topic."""

    @classmethod
    def of(cls, wanted: Mapping[Topic, bool]) -> "NoticeChoicesForm":
        """The form as the user has chosen."""
        return cls(data={topic.value: "mail" if by_mail else "site" for topic, by_mail in wanted.items()})

    def to_choices(self) -> dict[Topic, bool]:
        """For each topic whether it is wanted by mail."""
        return {topic: self[topic.value].data == "mail" for topic in Topic}


for _topic in Topic:
    setattr(
        NoticeChoicesForm,
        _topic.value,
        RadioGroup(TOPICS[_topic.value], choices=WAYS, validators=[InputRequired("Choose one")]),
    )
