"""Sentences about the identity vault and the names in it."""

from collections.abc import Mapping

REFUSALS = {
    "identity_name_missing": "Enter the name. Everything else may stay empty.",
    "identity_too_long": "Enter at most {most} characters.",
    "identity_unprintable": "Enter this on one line, without control characters.",
    "birth_date_range": "Enter a birth date of the last 30 years.",
    "birth_date_unreadable": "Enter the birth date like 5/9/2014 or May 9, 2014.",
    "identity_held": "This student is under a legal hold, so nothing is removed. Lift the hold first.",
    "name_not_typed": "Type a name, or the beginning of one, to search by name.",
    "nobody_called_so": "No student of your district is called so. Those without a name here are not found.",
    "many_called_so": "More students are called so. The first {most} are shown; type more of the name.",
    "vault_off": "This installation keeps no names. The key from code to name stays on paper.",
    "vault_not_kept": "Your district keeps no names here. The key from code to name stays on paper.",
    "vault_not_ready": "Names are not shown: the identity vault does not answer.",
    "vault_key_missing": "Names are not shown: the key of the identity vault is missing.",
    "vault_key_wrong": "Names are not shown: the identity vault was sealed with another key.",
    "vault_damaged": "Names are not shown: something in the identity vault cannot be opened.",
    "vault_url_missing": "Set PLACEWELL_VAULT_URL to a database of its own for the vault.",
    "vault_key_short": "The key of the vault needs {least} characters or more.",
    "vault_key_new_missing": "Set PLACEWELL_VAULT_KEY_NEW to the key to change to.",
    "vault_not_empty": "The vault is not empty. Put it aside, run placewell vault init, then restore.",
}
KEY_WORDS: Mapping[str, str] = {
    "vault_open": "The vault opens.",
    "vault_not_kept": "The vault opens; no district keeps names yet.",
    "vault_off": "There is no vault. To make one run: placewell vault init",
    "vault_not_ready": "The vault's database does not answer as expected. Run: placewell vault init",
    "vault_key_missing": "The key is missing: set PLACEWELL_VAULT_KEY or bring vault.key back.",
    "vault_key_wrong": "The key is another one than the vault was sealed with. No name opens.",
    "vault_damaged": "A district's key cannot be opened: restore the vault from a backup.",
}
LABELS: Mapping[str, str] = {
    "name": "Name",
    "nickname": "Called",
    "birth_date": "Birth date",
    "state_id": "State student ID",
    "school": "School",
    "town": "Town",
    "street": "Street",
    "parents": "Parents or guardians",
    "notes": "Notes",
}
