"""Sentences about users and sign-in."""

REFUSALS = {
    "email_taken": "A user with this e-mail address exists already.",
    "email_invalid": "Enter an e-mail address like name@example.org.",
    "name_missing": "Enter a name.",
    "role_missing": "Choose a role.",
    "role_unknown": "Choose a role from the list.",
    "role_wrong_place": "This role cannot be held at this kind of organization.",
    "role_held_already": "The user holds this role there already.",
    "own_account": "You cannot do this to your own account. Ask another administrator.",
    "last_administrator": "This is the only site administrator. Give another user that role first.",
    "code_wrong": "This code does not work. Wait for the next one, or use a recovery code you have not used.",
    "not_fresh": "Give your password again first.",
    "password_wrong": "This is not your password.",
    "second_step_required": "Your role needs a second step at sign-in.",
    "user_disabled": "This user is disabled. Enable the user first.",
}

SIGN_IN_WAYS = {
    "password": "With your password",
    "password+code": "With your password and a code",
    "password+recovery_code": "With your password and a recovery code",
    "others_ended": "Here, as you signed out everywhere else",
    "demo": "By one click in the demo",
    "refused": "Refused: a wrong password or code",
}
ROLE_LABELS = {
    "coordinator": "Out-of-district coordinator",
    "director": "Special education director",
    "collaborative_staff": "Collaborative staff",
    "collaborative_administrator": "Collaborative administrator",
    "cooperative_administrator": "Cooperative or state administrator",
    "site_administrator": "Site administrator",
}
ROLE_SUMMARIES = {
    "coordinator": "Describes students, ranks programs and keeps the district's records.",
    "director": "Reviews rankings, costs and restrictiveness; overrides an order with a reason.",
    "collaborative_staff": "Keeps program profiles and seats current.",
    "collaborative_administrator": "Does what the staff does, for the whole collaborative.",
    "cooperative_administrator": "Sees counts across members, never a student.",
    "site_administrator": "Keeps organizations, memberships and users; opens no student page.",
}
