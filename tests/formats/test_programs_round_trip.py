"""What is written can be read back, whatever stands in it."""

import yaml
from hypothesis import HealthCheck, given, settings

from referral.formats.programs_yaml import read_programs, write_programs
from referral.formats.seed import read_seed, seed_path
from tests.formats.records import PROGRAM_FILES


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PROGRAM_FILES)
def test_reading_what_was_written_gives_an_equal_file(file):
    again = read_programs(write_programs(file).encode(), "file.yaml")

    assert again == file


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PROGRAM_FILES)
def test_writing_twice_gives_the_same_text(file):
    text = write_programs(file)

    assert write_programs(read_programs(text.encode(), "file.yaml")) == text


def test_the_seed_is_what_the_writer_writes():
    assert write_programs(read_seed()) == seed_path().read_text(encoding="utf-8")


def test_a_common_yaml_reader_sees_text_where_we_see_text():
    read = yaml.safe_load(seed_path().read_text(encoding="utf-8"))
    zips = [site["zip"] for program in read["programs"] for site in program.get("sites", ()) if "zip" in site]

    assert zips
    assert all(isinstance(code, str) and len(code) == 5 for code in zips)


def test_what_is_written_has_no_alias_and_short_lists_on_one_line():
    text = write_programs(read_seed())

    assert "&id" not in text
    assert "populations: [autism, communication, intellectual]" in text
