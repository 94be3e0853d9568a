"""Rendering: each writer on its own, what it needs of the others first, plug-ins at arm's length."""

import pickle
import time
from pathlib import Path

import pytest

from newsexport import ArticleError, Kind, LossError, UsageError, WriterError, export, export_all
from newsexport.model import Article, Document, Embed, Figure, Image
from newsexport.spi import Asset, Context, Format, Limits, Options, Request
from stories import FLASH, NOON, everything, text


class PlugIn:
    """A writer that does what its subclass says."""

    name = "plug-in"
    media_type = "text/plain"
    options_type = Options
    needs: tuple[Request, ...] = ()

    @property
    def format(self) -> Format:
        return Format(name=self.name, media_type=self.media_type, suffix=f".{self.name}", title=self.name)

    def requires(self, document: Document, options: Options) -> tuple[Request, ...]:
        del document, options
        return self.needs

    def write(self, document: Document, options: Options, context: Context) -> bytes:
        del options, context
        return document.guid.encode()


class Failing(PlugIn):
    name = "pdf"

    def write(self, document: Document, options: Options, context: Context) -> bytes:
        raise ZeroDivisionError("no columns")


class Slow(PlugIn):
    name = "slow"

    def write(self, document: Document, options: Options, context: Context) -> bytes:
        time.sleep(2)
        return b"late"


class Rubbish(PlugIn):
    name = "rubbish"
    media_type = "application/pdf"

    def write(self, document: Document, options: Options, context: Context) -> bytes:
        return b"no PDF at all"


class Empty(PlugIn):
    name = "empty"

    def write(self, document: Document, options: Options, context: Context) -> bytes:
        return b""


class NoBytes(PlugIn):
    name = "no-bytes"

    def write(self, document: Document, options: Options, context: Context) -> bytes:
        return "text"  # type: ignore[return-value]  # what is tested


class Lossy(PlugIn):
    name = "lossy"

    def write(self, document: Document, options: Options, context: Context) -> bytes:
        assert isinstance(document, Article)
        context.notice("lossy.embed", Kind.LOSS, "embeds have no place", node=document.body[0])
        return b"x"


def test_plug_in_that_misbehaves_is_reported_and_the_others_are_unaffected() -> None:
    plug_ins = [Failing(), Slow(), Rubbish(), Empty(), NoBytes()]
    result = export_all(FLASH, ["json", *plug_ins, PlugIn()], limits=Limits(seconds=0.2))
    assert set(result.renditions) == {"json", "plug-in"}
    assert {name: error.message for name, error in result.failures.items()} == {
        "pdf": "the writer of pdf failed: ZeroDivisionError: no columns",
        "slow": "the writer of slow did not finish within 0.2 seconds",
        "rubbish": "the writer of rubbish returned what is no application/pdf",
        "empty": "the writer of empty returned nothing in place of the bytes of a file",
        "no-bytes": "the writer of no-bytes returned str in place of the bytes of a file",
    }
    with pytest.raises(WriterError, match="no columns"):
        result["pdf"]


def test_saving_writes_what_was_made_then_raises_what_failed(tmp_path: Path) -> None:
    with pytest.raises(WriterError, match="no columns"):
        export_all(FLASH, [Failing(), "json"], name="flash").save(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["flash.article.json"]


def test_result_survives_pickling() -> None:
    result = export_all(FLASH, ["json", Failing()])
    again = pickle.loads(pickle.dumps(result))
    assert again.renditions == result.renditions
    assert str(again.failures["pdf"]) == str(result.failures["pdf"])


def test_notice_names_node_and_path() -> None:
    story = Article(guid="urn:x:1", body=(Embed("https://a.example/"),))
    (notice,) = export(story, Lossy()).notices
    assert (notice.node, notice.where) == ("Embed", "body[0]")


def test_strict_posture_makes_an_error_of_what_the_wire_replaces() -> None:
    story = Article(guid="urn:x:1", body=(Figure(Image("gone.png", alt="A bridge")),))
    assert [notice.code for notice in export(story, "html").notices] == ["image.missing"]
    with pytest.raises(WriterError, match=r"gone\.png") as caught:
        export(story, "html", posture="strict")
    assert caught.value.where == "body[0].media"


def test_strict_fails_on_a_loss() -> None:
    story = Article(guid="urn:x:1", language="en", version_created=NOON, body=(Embed("https://a.example/"),))
    result = export_all(story, [Lossy(), PlugIn()], strict="loss")
    assert set(result.renditions) == {"plug-in"}
    assert [notice.code for notice in result.notices] == ["lossy.embed"]
    with pytest.raises(LossError, match="embeds have no place"):
        result["lossy"]


def test_strict_guess_fails_on_a_guess() -> None:
    with pytest.raises(LossError, match="1980"):
        export(Article(guid="urn:x:1"), PlugIn(), strict="guess")


class Parent(PlugIn):
    name = "parent"
    needs = (Request("json"),)

    def write(self, document: Document, options: Options, context: Context) -> bytes:
        companion = context.rendition(Request("json"))
        assert companion is not None
        return f"{companion.name} {len(companion.data)}".encode()


def test_required_rendition_is_made_first_and_is_the_one_saved() -> None:
    result = export_all(FLASH, [Parent(), "json"], name="flash")
    assert result["parent"].data == f"flash.article.json {len(result['json'].data)}".encode()


def test_required_rendition_is_made_even_if_nobody_saves_it() -> None:
    result = export_all(FLASH, [Parent()], name="flash")
    assert set(result.renditions) == {"parent"}
    assert result["parent"].data.startswith(b"None ")


def test_renditions_that_require_each_other_are_refused_before_any_work() -> None:
    class Ring(PlugIn):
        name = "ring"
        needs = (Request("ring"),)

    with pytest.raises(UsageError, match="ring > ring"):
        export_all(FLASH, [Ring()])


class Bereft(PlugIn):
    name = "bereft"
    needs = (Request("pdf"),)

    def write(self, document: Document, options: Options, context: Context) -> bytes:
        return str(context.rendition(self.needs[0])).encode()


def test_writer_is_told_when_what_it_requires_failed() -> None:
    result = export_all(FLASH, [Bereft(), Failing()])
    assert result["bereft"].data == b"None"


def test_each_writer_sees_its_own_audience() -> None:
    seen: list[str] = []

    class Looking(PlugIn):
        name = "looking"

        def write(self, document: Document, options: Options, context: Context) -> bytes:
            assert isinstance(document, Article)
            seen.append(" ".join(note.text for note in document.notes))
            return b"x"

    export(everything(), Looking())
    export(everything(), Looking(), audience="client")
    assert seen == ["", "Adds map."]


def test_wrong_calls_are_refused() -> None:
    with pytest.raises(UsageError, match="no format 'pfd'") as caught:
        export(FLASH, "pfd")
    assert caught.value.hint == "did you mean 'pdf'?"
    with pytest.raises(UsageError, match="asked for twice"):
        export_all(FLASH, ["json", "json"])
    with pytest.raises(UsageError, match="are no options of json"):
        export(FLASH, "json", Options())  # type: ignore[call-overload]  # what is tested
    with pytest.raises(ArticleError, match="no guid"):
        export(Article(headline=text("x")), "json")


def test_pictures_come_from_the_assets_then_from_the_folder_and_never_from_outside(tmp_path: Path) -> None:
    folder = tmp_path / "story"
    folder.mkdir()
    (tmp_path / "outside.png").write_bytes(b"secret")
    (folder / "inside.png").write_bytes(b"inside")
    (folder / "both.png").write_bytes(b"folder")
    (folder / "link.png").symlink_to(tmp_path / "outside.png")
    uris = (
        "inside.png",
        "both.png",
        "../outside.png",
        "link.png",
        str(tmp_path / "outside.png"),
        "file:inside.png",
        "a\0b",
    )
    seen: dict[str, bytes | None] = {}

    class Looking(PlugIn):
        name = "looking"

        def write(self, document: Document, options: Options, context: Context) -> bytes:
            for uri in uris:
                asset = context.asset(uri)
                seen[uri] = asset.data if asset else None
            return b"x"

    story = Article(guid="urn:x:1", body=tuple(Figure(Image(uri)) for uri in uris))
    export(story, Looking(), assets=[Asset("both.png", b"given")], folder=folder)
    assert seen == dict.fromkeys(uris) | {"inside.png": b"inside", "both.png": b"given"}
