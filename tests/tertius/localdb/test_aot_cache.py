"""The ahead-of-time cache that all homes of a user share."""

from pathlib import Path

import pytest

from tertius.localdb import aot_cache
from tertius.settings import Settings
from tests.databases import local_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return local_settings(tmp_path / "home").model_copy(update={"cache": tmp_path})


def options(settings: Settings, home: str) -> list[str]:
    return aot_cache.java_options(settings, Path(home))


def recording(settings: Settings, home: str) -> Path:
    _, file = options(settings, home)
    return Path(file.removeprefix("-XX:AOTConfiguration="))


def test_only_one_home_records_at_a_time(settings: Settings) -> None:
    recording(settings, "first")

    assert options(settings, "second") == []


def test_an_empty_recording_of_a_killed_server_starts_again(settings: Settings) -> None:
    file = recording(settings, "first")

    assert recording(settings, "first") == file


def test_the_next_start_of_any_home_uses_a_complete_cache(settings: Settings) -> None:
    file = recording(settings, "first")
    file.rename(file.with_suffix(".claimed"))
    file.with_suffix(".new").write_bytes(b"cache")

    (option,) = options(settings, "second")

    assert Path(option.removeprefix("-XX:AOTCache=")).read_bytes() == b"cache"
    assert aot_cache.is_ready(settings)
    assert [path.suffix for path in settings.cache.glob("neo4j-*")] == [".aot"]


def test_an_incomplete_cache_is_not_used(settings: Settings) -> None:
    recording(settings, "first").with_suffix(".new").write_bytes(bytes(64))

    assert options(settings, "second") == []
    assert not aot_cache.is_ready(settings)
