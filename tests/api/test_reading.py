"""What the API tells: programs, referrals as each side may see them, and the document itself."""

from referral.formats.api_operations import PREFIX


def test_programs_are_filtered_and_paged(api_of):
    client = api_of("district")

    everything = client.get(f"{PREFIX}/programs").json
    second = client.get(f"{PREFIX}/programs?first=1&limit=1&sort=name").json
    named = client.get(f"{PREFIX}/programs?q=hilltop&need=service:speech_therapy&age=9").json

    assert [one["key"] for one in everything["programs"]] == ["bridge", "hilltop"]
    assert (second["first"], second["total"], [one["key"] for one in second["programs"]]) == (
        1,
        2,
        ["hilltop"],
    )
    assert [one["key"] for one in named["programs"]] == ["hilltop"]
    assert everything["programs"][0]["seats"]["open"] == 4


def test_a_list_that_did_not_change_is_not_sent_again(api_of):
    client = api_of("district")
    etag = client.get(f"{PREFIX}/programs").headers["ETag"]

    again = client.get(f"{PREFIX}/programs", headers={"If-None-Match": etag})

    assert (again.status_code, again.data) == (304, b"")


def test_a_program_tells_its_rooms_and_sources(api_of):
    answer = api_of("district").get(f"{PREFIX}/programs/bridge").json

    assert answer["agency"] == {"name": "River Collaborative", "state": "MA"}
    assert answer["record"]["rooms"][0]["seats"]["licensed"] == 8
    assert answer["record"]["sources"] == [{"address": "https://river.example/bridge", "year": 2025}]


def test_a_district_reads_its_own_referrals_with_the_students_code(api_of, sides):
    client, own = api_of("district"), sides[0]

    lines = {line["ref"]: line for line in client.get(f"{PREFIX}/referrals").json["referrals"]}

    line = lines[own.names["referral"]]
    assert line["student"] == own.names["student"]
    assert line["district"] == "District of river"
    assert client.get(f"{PREFIX}/referrals?state=declined&state=expired").json["total"] == 0


def test_a_program_reads_neither_student_nor_district_before_the_packet(api_of, sides):
    client, own = api_of("collaborative"), sides[0]

    answer = client.get(f"{PREFIX}/referrals/{own.names['referral']}")

    assert answer.json["referral"]["state"] == "enquiry_sent"
    assert answer.json["referral"]["student"] is None
    assert answer.json["referral"]["district"] is None
    assert answer.json["referral"]["area"]
    assert own.names["student"] not in answer.text
    assert "District of river" not in answer.text
    assert [move["verb"] for move in answer.json["moves"]] == ["approve"]


def test_a_district_reads_the_moves_from_the_first_on(api_of, sides):
    client, own = api_of("district"), sides[0]

    moves = client.get(f"{PREFIX}/referrals/{own.names['referral']}").json["moves"]

    assert [(move["before"], move["after"]) for move in moves][-1] == ("awaiting_approval", "enquiry_sent")
    assert len(moves) > 1
