"""What posts come in: answers of the APIs, webhooks, exports, and the other lists that Ghost makes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from newsexport.errors import InputError
from newsexport.kit.cms import Fields
from newsexport.readers.ghost.marks import BODIES, is_post, other
from newsexport.spi import Context

_KINDS: Final = ("post", "page")
_HINT: Final = "give the answer of /posts/ or /pages/, a webhook, or an export"


def posts(value: Any, context: Context) -> Iterator[Fields]:
    """Yield the posts of an input.

    Raises:
        InputError: it holds something else.
    """
    if isinstance(value, list) and value and all(isinstance(each, dict) and is_post(frozenset(each)) for each in value):
        value = {"posts": value}
    if not isinstance(value, dict):
        raise InputError("this JSON is no post of Ghost", _HINT)
    site = Fields(value, context)
    for kind in _KINDS:
        if isinstance(site.raw(f"{kind}s"), list) and "data" not in site:
            return _listed(site, f"{kind}s")
        if isinstance(site.raw(kind), dict):
            return iter((_sent(site, kind),))
    if isinstance(site.raw("db"), list) or isinstance(site.fields("data").raw("posts"), list):
        databases = site.each("db") or (site,)
        return (post for database in databases for post in _exported(database.fields("data")))
    if is_post(frozenset(value)):
        return iter((site,))
    what = other(frozenset(value))
    if what:
        raise InputError(f"this is {what} of Ghost, not a post", _HINT)
    raise InputError("this JSON is no post of Ghost", _HINT)


def _listed(site: Fields, name: str) -> Iterator[Fields]:
    for post in site.each(name):
        # An answer may hold the fields alone that were asked for.
        if "title" not in post or BODIES.isdisjoint(post.values):
            raise InputError("this is no post of Ghost", _HINT, post.path)
        yield post


def _sent(site: Fields, kind: str) -> Fields:
    """Return the post of a webhook, with what happened to it as its status where it is no longer published.

    A post that was deleted, or unpublished on the way, is told by what it was before.
    """
    holder = site.fields(kind)
    if "current" not in holder and "previous" not in holder:
        return holder
    current = holder.fields("current")
    event = (site.text("event") or "").rpartition(".")[2]
    if not current:
        gone = event if event in {"deleted", "unpublished"} else "deleted"
        previous = holder.fields("previous")
        return Fields({**previous.values, "status": gone}, site.context, previous.path)
    status = {"status": event} if event == "unpublished" else {}
    return Fields({**current.values, **status}, site.context, current.path)


def _exported(data: Fields) -> Iterator[Fields]:
    """Yield the posts of an export, each with what other tables say of it."""
    authors = _joined(data, "posts_authors", "author_id", "users")
    tags = _joined(data, "posts_tags", "tag_id", "tags")
    metas = {meta.text("post_id"): meta.values for meta in data.each("posts_meta")}
    locale = next((row.text("value") for row in data.each("settings") if row.text("key") in {"locale", "lang"}), None)
    for post in data.each("posts"):
        known = post.text("id")
        values: dict[str, Any] = {"locale": locale} if not post.text("locale") else {}
        values |= {name: value for name, value in metas.get(known, {}).items() if name not in {"id", "post_id"}}
        values |= {"authors": authors[known], "tags": tags[known]}
        yield Fields({**post.values, **values}, data.context, post.path)


def _joined(data: Fields, table: str, key: str, target: str) -> defaultdict[str | None, list[Any]]:
    """Return the rows of a table that belong to each post, in their order."""
    rows = {row.text("id"): row.values for row in data.each(target)}
    found: defaultdict[str | None, list[Any]] = defaultdict(list)
    for link in sorted(data.each(table), key=lambda link: link.whole("sort_order", 0) or 0):
        row = rows.get(link.text(key))
        if row is not None:
            found[link.text("post_id")].append(row)
    return found
