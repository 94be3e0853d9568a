"""Articles as content management systems send them in JSON: decoded with care, read field by field by name and type."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any, BinaryIO, Final

import msgspec
from msgspec import structs

from newsexport.errors import InputError, Kind, LimitError
from newsexport.kit import timestamps
from newsexport.kit.desk import bylines
from newsexport.kit.desk.conventions import in_order, languages
from newsexport.kit.encoding import decode as decode_text
from newsexport.model import Article, Author, Block, Figure, Image
from newsexport.model.walk import records
from newsexport.spi import Context, Parsed

_TYPES: Final = {
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
}


# What comes in


def load(stream: BinaryIO, context: Context) -> Any:
    """Return the value of all the JSON in a stream.

    Raises:
        InputError: it is no JSON.
        LimitError: it is longer than one input may be.
    """
    data = stream.read(context.limits.input_bytes + 1)
    if len(data) > context.limits.input_bytes:
        raise LimitError(f"the input has more than {context.limits.input_bytes} bytes", "send fewer articles at once")
    return decode(data, context)


def decode(data: bytes | str, context: Context, *, where: str | None = None) -> Any:
    """Return the value of a JSON text, be it strict or not: with a byte order mark, NaN, halves of surrogate pairs.

    Args:
        data: The text; some fields of some systems hold JSON once more.
        context: Hears what was repaired.
        where: The field that holds it.

    Raises:
        InputError: it is no JSON, or nested too deeply to be an article.
    """
    try:
        return msgspec.json.decode(data)
    except RecursionError as error:
        raise InputError("the JSON is nested too deeply", where=where) from error
    except (ValueError, msgspec.DecodeError):
        text = data if isinstance(data, str) else decode_text(data, context)
    try:
        return json.loads(text, strict=False)
    except RecursionError as error:
        raise InputError("the JSON is nested too deeply", where=where) from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InputError(
            f"this is no JSON: {error.msg.lower()}", where=f"{where}, {place}" if where else place
        ) from error
    except ValueError as error:  # a number of thousands of digits
        raise InputError(f"this is no JSON: {error}", where=where) from error


def articles(items: Iterable[Fields], read: Callable[[Fields], Parsed], context: Context) -> Iterator[Parsed]:
    """Yield what the articles of an input are read as; one that cannot be read does not stop the others.

    Raises:
        InputError: none of them can be read; it says why the first one cannot.
    """
    first: InputError | None = None
    is_any_read = False
    for item in items:
        try:
            parsed = read(item)
        except RecursionError:
            error = InputError("the article is nested too deeply", where=item.path or None)
        except InputError as caught:
            error = caught
        else:
            is_any_read = True
            yield parsed
            continue
        first = first or error
        context.notice("cms.article-unreadable", Kind.LOSS, error.message, where=item.path or None)
    if first is not None and not is_any_read:
        raise first


# Fields


class Fields:
    """An object of JSON, asked for its fields by name and type.

    A field that is absent, null or empty has no value. One that holds another type than is asked for has none either,
    and it is said: no input of the wrong shape stops a reader. Where an object is asked for and there is none, an empty
    one stands, so that a way of several names needs no test at every step.

    Attributes:
        values: The object.
        path: Where it stands in the input (``posts[3]``); empty for the whole.
        context: Hears of what is not as it should be.
    """

    __slots__ = ("context", "path", "values")

    def __init__(self, values: Mapping[str, Any], context: Context, path: str = "") -> None:
        self.values = values
        self.context = context
        self.path = path

    def __bool__(self) -> bool:
        return bool(self.values)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def where(self, name: str) -> str:
        """Return the place of a field in the input."""
        return f"{self.path}.{name}" if self.path else name

    def notice(self, code: str, kind: Kind, message: str, name: str | None = None) -> None:
        """Tell of something at this object, or at a field of it."""
        self.context.notice(code, kind, message, where=self.where(name) if name else self.path or None)

    def raw(self, name: str) -> Any:
        """Return a field as it is, whatever its type; None for none."""
        return self.values.get(name)

    def text(self, name: str) -> str | None:
        """Return a text without blanks at its ends; a number is one too, as some systems write identifiers."""
        value = self.values.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        return self.characters(name).strip() or None

    def characters(self, name: str) -> str:
        """Return a text with the blanks at its ends; empty for none."""
        value = self.values.get(name)
        if isinstance(value, str):
            return value
        self._unexpected(name, value, "a text")
        return ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts of a list; one text alone is such a list too."""
        value = self.values.get(name)
        if isinstance(value, str):
            return (value.strip(),) if value.strip() else ()
        found = self.items(name)
        numbered = Fields({f"{name}[{index}]": each for index, each in enumerate(found)}, self.context, self.path)
        return tuple(text for key in numbered.values if (text := numbered.text(key)))

    def whole(self, name: str, least: int = 1, most: int = 1_000_000) -> int | None:
        """Return a whole number between two that are included; digits in a text are one too."""
        value = self.values.get(name)
        if isinstance(value, str) and value.strip().isdecimal() and len(value) < 9:
            value = int(value)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self._unexpected(name, value, f"a number from {least} to {most}")
        return None

    def pixels(self, name: str) -> int | None:
        """Return the width or height of a picture; what is none (``auto``, 0) is no matter to tell of."""
        digits = str(self.values.get(name)).removesuffix(".0").removesuffix("px")
        return (int(digits) or None) if digits.isdecimal() and len(digits) < 7 else None

    def flag(self, name: str) -> bool | None:
        """Return true or false; 0 and 1, as databases have them, are such too."""
        value = self.values.get(name)
        if isinstance(value, bool) or value in (0, 1):
            return bool(value)
        self._unexpected(name, value, "true or false")
        return None

    def moment(self, name: str, *, local: tzinfo = UTC) -> datetime | None:
        """Return a moment; see `newsexport.kit.timestamps.stated`.

        Args:
            name: Of the field.
            local: The zone of a moment that states none.
        """
        return timestamps.stated(self.text(name), self.where(name), self.context, local=local)

    def fields(self, name: str) -> Fields:
        """Return an object; an empty one for none."""
        value = self.values.get(name)
        if not isinstance(value, dict):
            self._unexpected(name, value, "an object")
            value = {}
        return Fields(value, self.context, self.where(name))

    def items(self, name: str) -> Sequence[Any]:
        """Return what a list holds, whatever the types; empty for none."""
        value = self.values.get(name)
        if isinstance(value, list):
            return value
        self._unexpected(name, value, "a list")
        return ()

    def each(self, name: str) -> tuple[Fields, ...]:
        """Return the objects of a list."""
        found = self.items(name)
        numbered = Fields({f"{name}[{index}]": each for index, each in enumerate(found)}, self.context, self.path)
        return tuple(fields for key in numbered.values if (fields := numbered.fields(key)))

    def named(self, name: str) -> tuple[tuple[str, Fields], ...]:
        """Return the objects that an object holds, by their names."""
        holder = self.fields(name)
        return tuple((key, fields) for key in holder.values if (fields := holder.fields(key)))

    def _unexpected(self, name: str, value: object, expected: str) -> None:
        # Systems in PHP write an empty object as a list, others an empty anything as an empty text.
        if value is None or value in ("", [], {}) or value is False:
            return
        held = _TYPES.get(type(value), type(value).__name__)
        message = f"{name} is {held} where {expected} is meant; it was left out"
        self.context.notice("cms.unexpected", Kind.REPAIR, message, where=self.where(name))


# What articles have in common


def byline(names: Sequence[str], language: str | None) -> str | None:
    """Return the names of authors as they are displayed: ``Jane Roe, John Doe and Ann Poe``; None for none.

    Args:
        names: In the order of the system.
        language: BCP 47 tag of the article, whose word for ``and`` stands; commas alone where it is not known.
    """
    known = languages().get((language or "en").replace("_", "-").split("-")[0].lower())
    if known is None or len(names) < 2:
        return ", ".join(names) or None
    return f"{', '.join(names[:-1])} {known.and_[0]} {names[-1]}"


def authors(line: str, language: str | None) -> tuple[Author, ...]:
    """Return the authors that a field for a byline names, with a word such as ``By`` in it or without."""
    conventions = in_order(language)
    return bylines.authors(line, conventions) or bylines.authors(f"{conventions[0].byline[0]} {line}", conventions[:1])


def with_lead(article: Article, lead: Figure | Sequence[Figure]) -> Article:
    """Return an article with the pictures that its system shows above it.

    A picture with a caption, and what is no picture, stands at the head of the body, for `Article.images` have no
    captions. What the body shows already is not shown twice.
    """
    figures = (lead,) if isinstance(lead, Figure) else lead
    shown = {record.media.uri for _, record in records(article.body) if isinstance(record, Figure)}
    new = [figure for figure in figures if figure.media.uri not in shown]
    images = tuple(figure.media for figure in new if isinstance(figure.media, Image) and not figure.caption)
    above: tuple[Block, ...] = tuple(figure for figure in new if figure.caption or not isinstance(figure.media, Image))
    return structs.replace(article, images=(*article.images, *images), body=(*above, *article.body))
