"""The page in a real Chromium, on a server that may reach nothing but this machine."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.conftest import ROOT
from tests.test_offline import guarded

CANDIDATES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
EXECUTABLE = next((found for name in CANDIDATES if (found := shutil.which(name))), None)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        EXECUTABLE is None and not os.environ.get("ENTREFILET_REQUIRE_BROWSER"),
        reason="no Chrome or Chromium installed",
    ),
]

PATIENCE = 30_000
"""Milliseconds that a loaded machine may take for one step."""

expect.set_options()


@pytest.fixture(scope="module")
def network_log(tmp_path_factory):
    return tmp_path_factory.mktemp("network") / "log"


@pytest.fixture(scope="module")
def address(french_to_english, network_log):
    """A running desk."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "nlp", "serve", "--port", str(port)],
        cwd=ROOT,
        env=guarded(network_log, STREAMLIT_SERVER_HEADLESS="true"),
        start_new_session=True,
    )
    try:
        wait_for(f"http://localhost:{port}/_stcore/health", server)
        yield f"http://localhost:{port}"
    finally:
        os.killpg(server.pid, 15)
        server.wait(20)


def wait_for(url, server):
    """Until the server answers."""
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=1)
        except OSError:
            continue
        return
    raise AssertionError("the server did not start")


@pytest.fixture(scope="module")
def chromium():
    assert EXECUTABLE, "ENTREFILET_REQUIRE_BROWSER is set, but there is no Chrome or Chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=EXECUTABLE,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, address):
    """Opens the desk as a new visitor; fails if the page logs an error or asks another host for anything."""
    contexts, troubles = [], []

    def open_desk(**options):
        context = chromium.new_context(**{"locale": "fr-FR", "viewport": {"width": 1366, "height": 900}} | options)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("dialog", lambda dialog: troubles.append(dialog.message) or dialog.dismiss())
        page.on(
            "request",
            lambda r: (
                troubles.append(r.url) if not r.url.startswith((address, "data:", "blob:", "ws://localhost")) else 0
            ),
        )
        page.goto(address)
        return page

    yield open_desk
    for context in contexts:
        context.close()
    assert not troubles


def drop(page, name, text):
    """Drag a file over the drop zone and let go."""
    zone = page.get_by_test_id("stFileUploaderDropzone")
    data = page.evaluate_handle(
        """([name, text]) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([text], name, { type: "text/plain" }));
            return transfer;
        }""",
        [name, text],
    )
    for event in ("dragenter", "dragover", "drop"):
        zone.dispatch_event(event, {"dataTransfer": data})


def finished(page, count):
    expect(page.get_by_text(f"{count} phrase", exact=False).last).to_be_visible()


def clipboard(page):
    return page.evaluate("navigator.clipboard.readText()")


STORY = "Le maire a démissionné mardi soir. Il a perdu 12 voix sur 40.\n\nLes habitants attendent une élection."


def test_drop_a_file_read_it_copy_it(visit):
    page = visit()
    drop(page, "maire.txt", STORY)
    expect(page.locator("h1", has_text="Le maire a démissionné")).to_be_visible()
    target = page.locator(".target .sentence")
    expect(target).to_have_count(3)
    expect(target.nth(0)).to_contain_text("mayor", ignore_case=True)
    expect(target.nth(1)).to_contain_text("40")
    finished(page, 3)
    copy_all = page.locator(".head .side").nth(1).locator("button.copy")
    copy_all.click()
    expect(copy_all).to_contain_text("Copié")
    sentences = [s.strip() for s in target.all_inner_texts()]
    assert clipboard(page) == f"{sentences[0]} {sentences[1]}\n\n{sentences[2]}"
    card = page.locator(".card").nth(1)
    card.locator("button.copy").click()
    expect(card.locator("button.copy")).to_contain_text("Copié")
    assert clipboard(page) in sentences


def test_two_readers_at_once_get_their_own_articles(visit):
    one, other = visit(), visit(locale="en-GB")
    drop(one, "chat.txt", "Le chat dort sur la table de la cuisine.")
    drop(other, "chien.txt", "Le chien court dans le jardin de la voisine.")
    expect(one.locator("h1", has_text="Le chat dort")).to_be_visible()
    expect(other.locator("h1", has_text="Le chien court")).to_be_visible()
    expect(one.locator(".target .sentence").first).to_contain_text("cat", ignore_case=True)
    expect(other.locator(".target .sentence").first).to_contain_text("dog", ignore_case=True)
    assert "chien" not in one.locator("body").inner_text()
    assert "chat dort" not in other.locator("body").inner_text()
    expect(other.get_by_text("Nothing leaves this computer.")).to_be_visible()
    expect(one.get_by_text("Rien ne quitte cet ordinateur.")).to_be_visible()


def test_sentences_light_up_in_pairs_and_evidence_leads_to_its_source(visit):
    page = visit()
    finished(page, 20)
    source = page.locator('.source .sentence[data-segment="5"]')
    source.hover()
    expect(page.locator('.target .sentence[data-segment="5"]')).to_have_class("sentence done pair")
    page.locator(".card").first.locator(".evidence").last.click()
    focused = page.locator(".source .sentence:focus")
    expect(focused).to_have_count(1)
    expect(focused).to_be_in_viewport()
    page.mouse.move(2, 2)
    page.keyboard.press("ArrowDown")
    expect(page.locator(".target .sentence.pair")).to_have_count(1)


def test_a_reload_brings_everything_back(visit):
    page = visit()
    drop(page, "maire.txt", STORY)
    finished(page, 3)
    page.reload()
    expect(page.locator("h1", has_text="Le maire a démissionné")).to_be_visible()
    finished(page, 3)


def test_work_can_be_stopped_and_keeps_what_is_done(visit):
    page = visit()
    finished(page, 20)
    sentences = " ".join(f"La voiture numéro {i} est partie vers la mer avec ses amis." for i in range(3000))
    drop(page, "long.txt", sentences)
    page.get_by_role("button", name="Arrêter").click()
    expect(page.get_by_role("button", name="Reprendre")).to_be_visible()
    expect(page.locator(".target .sentence.missing").nth(100)).to_be_attached()
    expect(page.locator(".target .sentence.done").first).to_be_visible()


def test_hostile_text_stays_text(visit):
    page = visit()
    drop(
        page,
        "<img src=x onerror=alert(1)>.txt",
        "Le maire <script>alert(1)</script> a dit <b>non</b> hier $x^2$ :red[soir].",
    )
    finished(page, 1)
    expect(page.locator(".source .sentence").first).to_contain_text("<script>alert(1)</script>")
    assert page.locator("script", has_text="alert(1)").count() == 0


@pytest.mark.parametrize("width", [390, 768, 1366])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_sticks_out_at_any_width(visit, width, scheme):
    page = visit(viewport={"width": width, "height": 844}, color_scheme=scheme)
    expect(page.locator(".target .sentence").first).to_be_visible()
    finished(page, 20)
    widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1]
    source, target = (page.locator(f".row .{side}").nth(4).bounding_box() for side in ("source", "target"))
    if width == 390:
        assert target["y"] > source["y"] and abs(target["x"] - source["x"]) < 2
    else:
        assert abs(target["y"] - source["y"]) < 2 and target["x"] > source["x"]


def test_the_server_asked_no_other_host_for_anything(visit, network_log):
    finished(visit(), 20)
    assert not network_log.exists(), network_log.read_text()
