"""Files fetched from a server that fails in every way: a file on disk is complete, or there is none."""

from __future__ import annotations

import hashlib
from pathlib import Path

import httpx2 as httpx
import pytest
from tests.cms_server import CmsServer, Served, small_zip

from hcpcs.errors import DownloadError
from hcpcs.releases.download.download import Download, fetch_file, fetch_page, file_name
from hcpcs.releases.download.web import Web, check_address

ZIP = small_zip("HCPC2025_OCT_ANWEB.txt", "S9353", padding=400_000)
OTHER = small_zip("HCPC2025_OCT_ANWEB.txt", "S9328", padding=300_000)
PATH = "/files/zip/october-2025.zip"


def fetched(web: Web, cms: CmsServer, folder: Path, thing: Served, path: str = PATH) -> Download:
    cms.things[path] = thing
    return fetch_file(web, cms.url(path), folder)


def test_a_file_arrives_with_its_digest(web: Web, cms: CmsServer, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    cms.things[PATH] = Served(ZIP)
    got = fetch_file(web, cms.url(PATH), tmp_path, lambda had, total: told.append((had, total)))
    assert got.path == tmp_path / "october-2025.zip"
    assert got.path.read_bytes() == ZIP
    assert (got.sha256, got.size) == (hashlib.sha256(ZIP).hexdigest(), len(ZIP))
    assert told[0] == (0, len(ZIP))
    assert told[-1] == (len(ZIP), len(ZIP))
    assert not (tmp_path / "october-2025.zip.part").exists()


def test_an_unchanged_file_is_not_fetched_again(web: Web, cms: CmsServer, tmp_path: Path) -> None:
    first = fetched(web, cms, tmp_path, Served(ZIP))
    sent = cms.sent
    assert fetch_file(web, cms.url(PATH), tmp_path) == first
    assert cms.sent == sent


def test_a_file_that_was_damaged_on_disk_is_fetched_again(web: Web, cms: CmsServer, tmp_path: Path) -> None:
    got = fetched(web, cms, tmp_path, Served(ZIP))
    got.path.write_bytes(ZIP[:-10])
    again = fetch_file(web, cms.url(PATH), tmp_path)
    assert again.path.read_bytes() == ZIP


def test_a_new_issue_takes_the_place_of_the_old(web: Web, cms: CmsServer, tmp_path: Path) -> None:
    fetched(web, cms, tmp_path, Served(ZIP))
    got = fetched(web, cms, tmp_path, Served(OTHER, etag='"two"'))
    assert got.path.read_bytes() == OTHER


@pytest.mark.parametrize("etag", ['"one"', ""])
def test_a_broken_connection_is_resumed_where_it_broke(web: Web, cms: CmsServer, tmp_path: Path, etag: str) -> None:
    got = fetched(web, cms, tmp_path, Served(ZIP, etag=etag, faults=["cut", "cut"]))
    assert got.path.read_bytes() == ZIP
    assert cms.sent == len(ZIP), "every byte was sent once"
    assert [bool(asked) for _, asked in cms.asked] == [False, True, True]


def test_a_later_process_resumes_too(cms: CmsServer, tmp_path: Path) -> None:
    cms.things[PATH] = Served(ZIP, faults=["cut"])
    with Web(attempts=1) as first, pytest.raises(DownloadError, match="connection was lost"):
        fetch_file(first, cms.url(PATH), tmp_path)
    assert not (tmp_path / "october-2025.zip").exists()
    with Web(attempts=1) as second:
        assert fetch_file(second, cms.url(PATH), tmp_path).path.read_bytes() == ZIP
    assert cms.sent == len(ZIP)


def test_a_file_replaced_between_attempts_comes_whole_again(web: Web, cms: CmsServer, tmp_path: Path) -> None:
    got = fetched(web, cms, tmp_path, Served(ZIP, faults=["swap"], after_swap=OTHER))
    assert got.path.read_bytes() == OTHER
    assert got.sha256 == hashlib.sha256(OTHER).hexdigest()


def test_a_weak_etag_is_no_ground_to_patch_two_halves_together(web: Web, cms: CmsServer, tmp_path: Path) -> None:
    replaced = small_zip("HCPC2025_OCT_ANWEB.txt", "S9328", padding=400_000)
    served = Served(ZIP, etag='W/"x"', modified="", faults=["swap"], after_swap=replaced, etag_after_swap='W/"x"')
    assert len(replaced) == len(ZIP)
    assert fetched(web, cms, tmp_path, served).path.read_bytes() == replaced
    assert cms.asked == [(PATH, ""), (PATH, "")], "no part was asked for"


def test_a_server_without_ranges_sends_it_all_again(web: Web, cms: CmsServer, tmp_path: Path) -> None:
    assert fetched(web, cms, tmp_path, Served(ZIP, ranges=False, faults=["cut"])).path.read_bytes() == ZIP


@pytest.mark.parametrize("status", [500, 502, 503, 429, 408])
def test_a_passing_failure_is_tried_again(web: Web, cms: CmsServer, tmp_path: Path, status: int) -> None:
    assert fetched(web, cms, tmp_path, Served(ZIP, faults=[status, status])).path.read_bytes() == ZIP
    assert len(cms.asked) == 3


def test_a_lasting_failure_is_told_in_one_line(cms: CmsServer, tmp_path: Path) -> None:
    cms.things[PATH] = Served(ZIP, faults=[503] * 9)
    with Web(attempts=3, first_pause=0.001) as web, pytest.raises(DownloadError) as told:
        fetch_file(web, cms.url(PATH), tmp_path)
    assert "answered 503 (3 attempts); try again later" in str(told.value)
    assert "\n" not in str(told.value)
    assert len(cms.asked) == 3


@pytest.mark.parametrize(("status", "word"), [(404, "was not found"), (410, "not found"), (403, "refused with 403")])
def test_a_refusal_is_not_tried_again(web: Web, cms: CmsServer, tmp_path: Path, status: int, word: str) -> None:
    with pytest.raises(DownloadError, match=word):
        fetched(web, cms, tmp_path, Served(ZIP, faults=[status]))
    assert len(cms.asked) == 1


@pytest.mark.parametrize(
    ("thing", "word"),
    [
        (Served(b"<!DOCTYPE html><html>login</html>", content_type="text/html"), "is a web page"),
        (Served(b"  <html><body>gone</body></html>"), "is a web page"),
        (Served(b"MZ not a zip at all", content_type="application/octet-stream"), "is not a .zip"),
    ],
)
def test_what_is_no_zip_is_refused(web: Web, cms: CmsServer, tmp_path: Path, thing: Served, word: str) -> None:
    with pytest.raises(DownloadError, match=word):
        fetched(web, cms, tmp_path, thing)
    assert list(tmp_path.iterdir()) == []


def test_a_zip_whose_end_is_missing_never_takes_its_place(cms: CmsServer, tmp_path: Path) -> None:
    cms.things[PATH] = Served(ZIP[:-100])
    with Web(attempts=2, first_pause=0.001) as web, pytest.raises(DownloadError, match="arrived damaged"):
        fetch_file(web, cms.url(PATH), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("states_length", [True, False])
def test_too_large_a_file_is_cut_short(web: Web, cms: CmsServer, tmp_path: Path, states_length: bool) -> None:
    cms.things[PATH] = Served(ZIP, states_length=states_length)
    with pytest.raises(DownloadError, match=r"larger than 100,000 bytes"):
        fetch_file(web, cms.url(PATH), tmp_path, limit=100_000)
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_unstated_size_arrives(web: Web, cms: CmsServer, tmp_path: Path) -> None:
    assert fetched(web, cms, tmp_path, Served(ZIP, states_length=False)).path.read_bytes() == ZIP


def test_a_server_that_falls_silent_is_given_up_and_asked_again(cms: CmsServer, tmp_path: Path) -> None:
    cms.things[PATH] = Served(ZIP, chunk=len(ZIP) // 2, pause=0.6)
    with (
        Web(attempts=2, first_pause=0.001, timeout=httpx.Timeout(0.2)) as web,
        pytest.raises(DownloadError, match="stopped responding"),
    ):
        fetch_file(web, cms.url(PATH), tmp_path)


def test_a_slow_server_is_waited_for(web: Web, cms: CmsServer, tmp_path: Path) -> None:
    assert fetched(web, cms, tmp_path, Served(ZIP, chunk=50_000, pause=0.01)).path.read_bytes() == ZIP


def test_redirects_are_followed_on_this_machine(web: Web, cms: CmsServer, tmp_path: Path) -> None:
    cms.things["/new.zip"] = Served(ZIP)
    assert fetched(web, cms, tmp_path, Served(b"", redirect="/new.zip")).path.read_bytes() == ZIP


@pytest.mark.parametrize("target", ["http://example.com/x.zip", "ftp://example.com/x.zip", "file:///etc/passwd"])
def test_redirects_lead_to_https_only(web: Web, cms: CmsServer, tmp_path: Path, target: str) -> None:
    with pytest.raises(DownloadError):
        fetched(web, cms, tmp_path, Served(b"", redirect=target))


def test_redirects_without_end_are_given_up(web: Web, cms: CmsServer, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="redirected more than"):
        fetched(web, cms, tmp_path, Served(b"", redirect=PATH))


def test_nobody_there_is_told_plainly(tmp_path: Path) -> None:
    with Web(attempts=2, first_pause=0.001) as web, pytest.raises(DownloadError, match="online"):
        fetch_file(web, "http://127.0.0.1:9/october.zip", tmp_path)


def test_a_folder_that_is_not_there_is_told_plainly(web: Web, cms: CmsServer, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="can't be written"):
        fetched(web, cms, tmp_path / "nowhere", Served(ZIP))


def test_the_proxy_of_the_environment_is_asked_for_others_and_not_for_this_machine(
    cms: CmsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cms.things[PATH] = Served(ZIP)
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with Web(attempts=1) as web:
        assert fetch_file(web, cms.url(PATH), tmp_path).size == len(ZIP)
        with pytest.raises(DownloadError, match="can't be reached|proxy"):
            fetch_file(web, "https://www.cms.gov/x.zip", tmp_path)


def test_a_malformed_proxy_is_told_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "gopher://x")
    with pytest.raises(DownloadError, match="HTTPS_PROXY"):
        Web()


@pytest.mark.parametrize(
    "url",
    [
        "http://www.cms.gov/x.zip",
        "ftp://x/y",
        "file:///x",
        "https:///x",
        "x.zip",
        "",
        "https://[",
        "https://a:b@c/x",
    ],
)
def test_only_https_addresses_are_taken(url: str) -> None:
    with pytest.raises(DownloadError):
        check_address(url)


@pytest.mark.parametrize(
    "url", ["https://www.cms.gov/x", "http://127.0.0.1:8080/x", "http://localhost/x", "http://[::1]/"]
)
def test_https_and_this_machine_are_taken(url: str) -> None:
    assert check_address(url) == url


def test_a_page_comes_as_text_and_a_file_as_none(web: Web, cms: CmsServer) -> None:
    address = cms.page("<a href='x'>caf\u00e9</a>")
    cms.things[PATH] = Served(ZIP)
    page = fetch_page(web, address)
    assert page is not None
    assert "caf\u00e9" in page.text
    assert page.url == address
    assert fetch_page(web, cms.url(PATH)) is None


def test_a_page_is_asked_again_after_a_passing_failure(web: Web, cms: CmsServer) -> None:
    address = cms.page("hello")
    next(iter(cms.things.values())).faults = [500, "cut"]
    page = fetch_page(web, address)
    assert page is not None
    assert "hello" in page.text


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://x/files/zip/a-b_c.zip", "a-b_c.zip"),
        ("https://x/a/../..%2F..%2Fetc%2Fpasswd", "passwd"),
        ("https://x/", "release.zip"),
        ("https://x/.hidden", "hidden"),
        ("https://x/a b\u00e9.zip?y=1", "a_b_.zip"),
    ],
)
def test_names_are_harmless(url: str, name: str) -> None:
    assert file_name(url) == name
