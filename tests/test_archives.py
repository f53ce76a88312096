"""Archives: members known by their names, each flaw costing its member only, and nothing unpacked beyond a limit."""

from __future__ import annotations

import copy
import gzip
import io
import random
import stat
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest

from ingest import read_articles
from ingest.archives import members
from ingest.loading import loaded
from ingest.types import Failure, Limits, RawDocument
from rag.config import Settings
from rag.errors import SourceError

NOTE = b"We move small caps from underweight to neutral. Rates are about to fall."
LIMITS = Limits(file_mb=5, archive_mb=20, archive_members=50, archive_ratio=200)


def zipped(*files: tuple[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packing) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name), content, packing)
    return stream.getvalue()


def tarred(*files: tuple[str, bytes], packing: str = "") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=f"w:{packing}") as archive:
        for name, content in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return stream.getvalue()


def special(kind: bytes) -> bytes:
    """Return a tar of one entry of a kind that is no file, and a note."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        entry = tarfile.TarInfo("odd.md")
        entry.type, entry.linkname = kind, "/etc/passwd"
        archive.addfile(entry)
        entry = tarfile.TarInfo("a.md")
        entry.size = len(NOTE)
        archive.addfile(entry, io.BytesIO(NOTE))
    return stream.getvalue()


def read(data: bytes, suffix: str = ".zip", limits: Limits = LIMITS) -> list[RawDocument | Failure]:
    archive = RawDocument(f"d/n{suffix}", Path(f"d/n{suffix}"), f"d/n{suffix}", suffix, b"", limits=limits)
    return list(members(io.BytesIO(data), archive))


def told(data: bytes, suffix: str = ".zip", limits: Limits = LIMITS) -> dict[str, str]:
    """Return why each member was not read, by its name, and "" for those that were."""
    found = read(data, suffix, limits)
    return {
        (each.source if isinstance(each, Failure) else each.name).removeprefix(f"d/n{suffix}/"): (
            each.reason if isinstance(each, Failure) else ""
        )
        for each in found
    }


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".zip", zipped(("x/a.md", NOTE), ("x/b.txt", NOTE))),
        (".tar", tarred(("x/a.md", NOTE), ("x/b.txt", NOTE))),
        (".tar.gz", tarred(("x/a.md", NOTE), ("x/b.txt", NOTE), packing="gz")),
        (".tgz", tarred(("x/a.md", NOTE), ("x/b.txt", NOTE), packing="gz")),
    ],
)
def test_members_are_known_by_the_archive_and_their_name(suffix, data) -> None:
    assert [(each.key, each.suffix, each.data) for each in read(data, suffix)] == [
        (f"d/n{suffix}/x/a.md", ".md", NOTE),
        (f"d/n{suffix}/x/b.txt", ".txt", NOTE),
    ]


def test_an_archive_on_disk_is_read_like_a_folder_of_its_name(tmp_path) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "n.zip").write_bytes(zipped(("x/a.md", NOTE), ("rows.csv", b"text\nBuy tin.\nSell tin.\n")))
    articles = list(read_articles(tmp_path / "desk"))
    assert [each.source for each in articles][:1] == ["desk/n.zip/x/a.md"]
    assert [each.text for each in articles][1:] == ["Buy tin.", "Sell tin."]


def test_packed_members_are_unpacked() -> None:
    (document,) = read(zipped(("a.md.gz", gzip.compress(NOTE))))
    assert (document.suffix, loaded(document).data) == (".md", NOTE)


@pytest.mark.parametrize("name", ["../a.md", "x/../../a.md", "/etc/a.md", "C:/a.md", "..\\a.md", "C:\\a.md"])
@pytest.mark.parametrize("suffix", [".zip", ".tar"])
def test_a_name_that_leads_out_is_refused(suffix, name) -> None:
    made = zipped if suffix == ".zip" else tarred
    reasons = told(made((name, NOTE), ("b.md", NOTE)), suffix)
    assert reasons.pop("b.md") == ""
    assert ["leads out" in reason for reason in reasons.values()] == [True]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (tarfile.SYMTYPE, "a link"),
        (tarfile.LNKTYPE, "a link"),
        (tarfile.CHRTYPE, "a device"),
        (tarfile.BLKTYPE, "a device"),
        (tarfile.FIFOTYPE, "a device or pipe"),
    ],
)
def test_what_is_no_file_in_a_tar_is_refused_alone(kind, said) -> None:
    reasons = told(special(kind), ".tar")
    assert said in reasons["odd.md"]
    assert reasons["a.md"] == ""


def test_a_link_in_a_zip_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("a.md")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert "link" in told(stream.getvalue())["a.md"]


def test_an_encrypted_member_is_refused_alone() -> None:
    data = bytearray(zipped(("a.md", NOTE), ("b.md", NOTE)))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    reasons = told(bytes(data))
    assert ("encrypted" in reasons["a.md"], reasons["b.md"]) == (True, "")


def test_a_method_that_needs_much_memory_is_refused() -> None:
    assert "deflate" in told(zipped(("a.md", NOTE), packing=zipfile.ZIP_LZMA))["a.md"]


@pytest.mark.parametrize("suffix", [".zip", ".tar", ".tar.gz"])
def test_an_archive_in_an_archive_is_refused(suffix) -> None:
    assert "inside an archive" in told(zipped((f"inner{suffix}", zipped(("a.md", NOTE)))))[f"inner{suffix}"]


def test_of_members_that_share_their_bytes_one_is_read() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.md", NOTE)
        archive.writestr("c.md", NOTE)
        twin = copy.copy(archive.infolist()[0])
        twin.filename = "b.md"
        archive.filelist.append(twin)
    reasons = told(stream.getvalue())
    assert ["shares its bytes" in reasons[name] for name in ("a.md", "b.md", "c.md")] == [True, False, False]


def test_a_member_whose_bytes_run_into_the_next_is_refused() -> None:
    data = bytearray(zipped(("a.md", NOTE), ("b.md", NOTE), packing=zipfile.ZIP_STORED))
    at = data.index(b"PK\x01\x02") + 20
    struct.pack_into("<2I", data, at, len(NOTE) + 60, len(NOTE) + 60)
    assert "shares its bytes" in told(bytes(data))["a.md"]


def test_a_member_that_unpacks_too_far_is_refused_alone() -> None:
    reasons = told(zipped(("a.txt", b"x" * 3_000_000), ("b.md", NOTE)))
    assert ("zip bomb" in reasons["a.txt"], reasons["b.md"]) == (True, "")


def test_a_member_above_the_size_of_files_is_refused_alone() -> None:
    limits = Limits(file_mb=0.001, archive_mb=20, archive_members=50, archive_ratio=200)
    reasons = told(zipped(("a.txt", NOTE * 50), ("b.md", NOTE)), limits=limits)
    assert ("HOUSEVIEW_MAX_FILE_MB" in reasons["a.txt"], reasons["b.md"]) == (True, "")


@pytest.mark.parametrize("suffix", [".zip", ".tar"])
def test_no_more_is_unpacked_than_an_archive_may_hold(suffix) -> None:
    limits = Limits(file_mb=1, archive_mb=len(NOTE) * 2.5 / 2**20, archive_members=50, archive_ratio=200)
    made = zipped if suffix == ".zip" else tarred
    reasons = told(made(*((f"{n}.md", NOTE) for n in range(5))), suffix, limits)
    assert ["HOUSEVIEW_MAX_ARCHIVE_MB" in reason for reason in reasons.values()] == [False, False, True, True, True]


def test_a_packed_tar_is_not_unpacked_past_its_limit_to_reach_a_later_member() -> None:
    limits = Limits(file_mb=1, archive_mb=3, archive_members=50, archive_ratio=200)
    with pytest.raises(SourceError, match="unpacks to more than 3 MiB"):
        read(tarred(("a.md", NOTE), ("b.xlsx", bytes(9_000_000)), ("c.md", NOTE), packing="gz"), ".tar.gz", limits)


@pytest.mark.parametrize("suffix", [".zip", ".tar"])
def test_only_so_many_members_are_read(suffix) -> None:
    limits = Limits(file_mb=1, archive_mb=1, archive_members=3, archive_ratio=200)
    made = zipped if suffix == ".zip" else tarred
    archive = RawDocument("n", None, "n", suffix, b"", limits=limits)
    found = members(io.BytesIO(made(*((f"{n}.md", NOTE) for n in range(5)))), archive)
    assert [next(found).key for _ in range(3)] == ["n/0.md", "n/1.md", "n/2.md"]
    with pytest.raises(SourceError, match="HOUSEVIEW_MAX_ARCHIVE_MEMBERS"):
        next(found)


def test_as_many_members_as_are_allowed_are_no_complaint() -> None:
    limits = Limits(file_mb=1, archive_mb=1, archive_members=3, archive_ratio=200)
    assert len(read(zipped(*((f"{n}.md", NOTE) for n in range(3))), limits=limits)) == 3


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["x/a.md", "./x/a.md", "x//a.md", "x\\a.md"])
def test_the_second_member_of_a_name_is_refused(second) -> None:
    first, other = read(zipped(("x/a.md", NOTE), (second, b"Another note.")))
    assert (first.data, "same name" in other.reason) == (NOTE, True)


def test_a_damaged_member_costs_only_itself() -> None:
    data = bytearray(zipped(("a.md", NOTE), ("b.md", NOTE), packing=zipfile.ZIP_STORED))
    data[data.index(NOTE) + 5] ^= 1
    reasons = told(bytes(data))
    assert ("damaged" in reasons["a.md"], reasons["b.md"]) == (True, "")


def test_members_behind_a_damaged_header_of_a_tar_are_found() -> None:
    data = bytearray(tarred(("a.md", NOTE), ("b.md", NOTE), ("c.md", NOTE)))
    data[1024 + 150] ^= 1  # in the checksum of the second header
    reasons = told(bytes(data), ".tar")
    assert (reasons.pop("a.md"), reasons.pop("c.md")) == ("", "")
    assert ["damaged here" in reason for reason in reasons.values()] == [True]


def test_a_tar_that_is_cut_short_says_so() -> None:
    archive = RawDocument("n", None, "n", ".tar", b"", limits=LIMITS)
    found = members(io.BytesIO(tarred(("a.md", NOTE), ("b.md", NOTE * 99))[:3000]), archive)
    first, second = next(found), next(found)
    assert (first.data, "cut short" in second.reason) == (NOTE, True)
    with pytest.raises(SourceError, match="cut short"):
        next(found)


def test_a_packed_tar_that_is_cut_short_gives_what_came_before() -> None:
    noise = random.Random(1).randbytes(200_000)
    data = tarred(("a.md", NOTE), ("b.txt", noise), ("c.md", NOTE), packing="gz")
    archive = RawDocument("n", None, "n", ".tar.gz", b"", limits=LIMITS)
    found = members(io.BytesIO(data[: len(data) // 2]), archive)
    assert next(found).key == "n/a.md"
    with pytest.raises(SourceError, match="cut short"):
        list(found)


@pytest.mark.parametrize("suffix", [".zip", ".tar", ".tar.gz", ".tgz"])
def test_what_is_no_archive_says_so(suffix) -> None:
    with pytest.raises(SourceError, match="damaged or cut short"):
        read(b"no archive at all" * 99, suffix)


def test_a_directory_that_claims_to_be_huge_is_not_read() -> None:
    padding = bytes(9 * 2**20)
    forged = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, len(padding), 0, 0)
    with pytest.raises(SourceError, match="larger than any archive's should be"):
        read(padding + forged)


def test_a_header_of_a_tar_that_claims_to_be_huge_is_not_read() -> None:
    entry = tarfile.TarInfo("././@PaxHeader")
    entry.type, entry.size = tarfile.XHDTYPE, 9 * 2**20
    with pytest.raises(SourceError, match="larger than any archive's should be"):
        read(entry.tobuf() + bytes(10 * 2**20), ".tar")


def test_hidden_members_are_skipped_like_hidden_files() -> None:
    assert list(told(zipped((".DS_Store", b"x"), ("__MACOSX/a.md", b"x"), ("x/.git/b.md", NOTE), ("c.md", NOTE)))) == [
        "c.md"
    ]


def test_unknown_formats_and_empty_members_are_told_one_by_one() -> None:
    reasons = told(zipped(("a.xlsx", b"x"), ("b.md", b" \n"), ("c", b"x")))
    assert [reason.split(";")[0] for reason in reasons.values()] == [
        "unknown format .xlsx",
        "the file is empty",
        "unknown format (no extension)",
    ]


def test_names_in_utf_8_without_the_flag_are_read_as_such() -> None:
    data = zipped(("noteXX.md", NOTE)).replace(b"noteXX.md", "note\N{LATIN SMALL LETTER E WITH ACUTE}.md".encode())
    assert list(told(data)) == ["noteé.md"]


def test_names_that_are_no_text_can_be_printed() -> None:
    assert list(told(tarred(("note\udce9.md", NOTE)), ".tar")) == ["note\\xe9.md"]


def test_the_limits_are_settings(tmp_path) -> None:
    (tmp_path / "n.zip").write_bytes(zipped(*((f"{n}.md", NOTE + bytes([65 + n])) for n in range(3))))
    settings = Settings(_env_file=None, max_archive_members=2)
    with pytest.raises(SourceError, match=r"n\.zip: more than 2 members"):
        list(read_articles(tmp_path / "n.zip", settings=settings))


def test_a_member_is_known_by_a_name_that_can_be_seen() -> None:
    (document,) = read(zipped(("tin\u202efdp.md", NOTE)))
    assert (document.name, document.key) == ("d/n.zip/tin\\u202efdp.md", "d/n.zip/tin\\u202efdp.md")
