"""Who may see what."""

from msgspec import structs

from newsexport.model import Article, Author, Correction, Edition, EdNote, Figure, Image, Section, view
from stories import everything, paragraph, text

NOTES = (EdNote("desk only"), EdNote("for clients", audience="client"), EdNote("for all", audience="public"))
SECRETS = Article(
    guid="urn:x:1",
    notes=NOTES,
    authors=(Author("Jane Roe", email="jane@example.com"),),
    extra={"acme:desk": "7"},
    alt_ids={"cms": "123"},
    revision="rev-9",
    services=("s1",),
    take="2nd Lead",
    priority=2,
    signals=("sig:update",),
    corrections=(Correction(public_text="We erred.", wrong="900", right="800"),),
    images=(Image("a.png", alt="x", asset_id="A1", instructions="no sales"),),
    body=(Figure(Image("b.png", alt="y", asset_id="B2", instructions="no archive")),),
)


def viewed(audience: str, article: Article = SECRETS) -> Article:
    result = view(article, audience)  # type: ignore[arg-type]  # tables of tests hold plain strings
    assert isinstance(result, Article)
    return result


def test_internal_view_is_the_document_itself() -> None:
    assert view(SECRETS, "internal") is SECRETS


def test_notes_reach_their_audience_only() -> None:
    assert viewed("client").notes == NOTES[1:]
    assert viewed("public").notes == NOTES[2:]


def test_clients_see_no_contacts_and_no_keys() -> None:
    client = viewed("client")
    assert (client.authors, client.extra, client.alt_ids, client.revision) == ((Author("Jane Roe"),), {}, {}, None)
    assert client.images[0].asset_id is None
    assert client.images[0].instructions == "no sales"
    assert client.services == ("s1",)


def test_public_sees_nothing_of_the_desks() -> None:
    public = viewed("public")
    assert (public.services, public.take, public.priority, public.signals) == ((), None, None, ())
    assert public.corrections == (Correction(public_text="We erred."),)
    assert public.images == (Image("a.png", alt="x"),)
    assert public.body == (Figure(Image("b.png", alt="y")),)


def test_withheld_byline_withholds_the_authors() -> None:
    assert viewed("public").authors == ()
    assert viewed("public", structs.replace(SECRETS, byline="By Jane Roe")).authors == (Author("Jane Roe"),)


def test_killed_copy_shows_no_word_of_the_story() -> None:
    killed = structs.replace(everything(), pub_status="canceled")
    for audience in ("client", "public"):
        seen = viewed(audience, killed)
        assert (seen.headline, seen.kicker, seen.standfirst, seen.body, seen.images) == ((), None, (), (), ())
        assert seen.slugline == "BRIDGE-COLLISION"
    assert viewed("internal", killed).body


def test_every_article_of_an_edition_is_cut() -> None:
    edition = Edition(sections=(Section("News", (SECRETS, Article(headline=text("x"), body=(paragraph("y"),)))),))
    seen = view(edition, "public")
    assert isinstance(seen, Edition)
    assert seen.sections[0].articles[0] == viewed("public")
