"""Sentences about users and sign-in."""

REFUSALS = {
    "email_taken": "A user with this e-mail address exists already.",
    "email_invalid": "Enter an e-mail address like name@example.org.",
    "name_missing": "Enter a name.",
    "role_missing": "Choose a role.",
    "role_unknown": "Choose a role from the list.",
    "role_wrong_place": "The role {role} cannot be held at this kind of organization.",
    "role_held_already": "The user holds this role there already.",
    "own_account": "You cannot do this to your own account. Ask another administrator.",
    "last_administrator": "This is the only site administrator. Give another user that role first.",
    "user_disabled": "This user is disabled. Enable the user first.",
}
