"""The release policy of the tables: every column of every table that holds something of a student."""

from collections.abc import Mapping

from referral.rules.release_lines import (
    ALWAYS,
    DISTRICT,
    FROM_PACKET,
    IN_PLACEMENT,
    NEVER,
    RECOGNISABLE_BANDED,
    Line,
    each,
)

COLUMNS: Mapping[str, Line] = {
    # The student and the profile: a program knows a referral's code, never the student's
    **each(NEVER, "id ref identity_number", "students"),
    **each(DISTRICT, "district_id latest_number archived created_at created_by_id", "students"),
    **each(NEVER, "id student_id draft_id", "profile_versions"),
    **each(DISTRICT, "number answers origin created_at created_by_id", "profile_versions"),
    **each(NEVER, "id ref student_id", "drafts"),
    **each(
        DISTRICT,
        "district_id author_id origin answers refused saved_steps writes version created_at updated_at",
        "drafts",
    ),
    "drafts.finished_at": DISTRICT,
    # A form that came too late, sealed for an hour: its user's alone
    **each(NEVER, "id ref user_id sealed parked_at", "parked_forms"),
    # The identity vault, where a district has one: no receiver, no stage
    **each(NEVER, "district_id wrapped master_print made_at wrapped_at", "district_keys"),
    **each(NEVER, "id student_ref number district_id name nickname birth_date state_id", "identities"),
    **each(NEVER, "school town street parents notes saved_at", "identities"),
    # The referral: the copy that was sent, and its course
    **each(NEVER, "id student_id profile_version_id ranking_id closed_by_id", "referrals"),
    "referrals.district_id": RECOGNISABLE_BANDED,
    **each(ALWAYS, "ref program_id collaborative_id released phrases sent_at state entered_at", "referrals"),
    **each(ALWAYS, "waits_for due_on remind_on enquiry_until acknowledged_at version", "referrals"),
    **each(ALWAYS, "waited_from waiting_since visit_on ended_from ended_on", "referrals"),
    **each(FROM_PACKET, "room_id hold_until start_on", "referrals"),
    **each(IN_PLACEMENT, "monitor_on review_on return_on", "referrals"),
    **each(DISTRICT, "rank override_reason submitted_by_id created_at created_by_id", "referrals"),
    **each(NEVER, "id referral_id form_key", "referral_moves"),
    **each(ALWAYS, "number at actor_user_id party verb before after facts", "referral_moves"),
    "referral_moves.reason": FROM_PACKET,
    **each(NEVER, "id referral_id", "referral_notes"),
    **each(FROM_PACKET, "move_number at author_id side for_both text", "referral_notes"),
    **each(
        NEVER, "id secret_hash act program_id referral_id email made_at expires_at used_at", "contact_links"
    ),
    **each(ALWAYS, "id room_id referral_id at actor_user_id kind", "seat_moves"),
    **each(ALWAYS, "licensed_change enrolled_change held_change", "seat_moves"),
    # What allows and what limits a disclosure
    **each(NEVER, "id student_id", "disclosures"),
    **each(DISTRICT, "ref collaborative_id basis signer authority signed_on expires_on", "disclosures"),
    **each(DISTRICT, "revoked_on revoked_by_id made_at made_by_id", "disclosures"),
    **each(NEVER, "id student_id", "legal_holds"),
    **each(DISTRICT, "reason set_at set_by_id lifted_at lifted_by_id", "legal_holds"),
    **each(NEVER, "id referral_id stored_name sealed_key", "documents"),
    **each(FROM_PACKET, "ref number kind file_type size_bytes added_at", "documents"),
    **each(DISTRICT, "added_by_id removed_at removed_by_id", "documents"),
    # Rankings stay in the district
    **each(NEVER, "id ref student_id profile_version_id", "rankings"),
    **each(DISTRICT, "made_at made_by_id today seed engine_version policy_version policy", "rankings"),
    **each(DISTRICT, "snapshot_digest draws_digest with_examples rests_on_examples", "rankings"),
    **each(DISTRICT, "eligible to_confirm ruled_out first_name result", "rankings"),
    **each(DISTRICT, "id ranking_id author_id at text", "ranking_notes"),
    **each(DISTRICT, "id ranking_id number program_key place reason note", "ranking_overrides"),
    **each(DISTRICT, "made_at made_by_id withdrawn_at withdrawn_by_id", "ranking_overrides"),
}
