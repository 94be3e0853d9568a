"""All commands and their options."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, NoReturn

DEFAULT_FORMATS: Final = "docx,pdf,epub,newsml-g2"

_COMMANDS: Final = {
    "convert": "turn stories into files of other formats",
    "inspect": "show what is recognised in a story",
    "formats": "list the formats that are read and written",
    "validate": "let validators judge files",
    "schema": "print the JSON Schema of a document",
}
_CONVERT_EXAMPLES: Final = (
    "convert story.txt --to docx,pdf,epub,newsml-g2 -o out",
    "convert story.txt --to pdf -O pdf.page=letter --language en-US",
    "convert - --to text -o - --guid urn:newsml:example.com:20250224:bridge",
)
_EXIT_CODES: Final = """\
exit codes:
  0  all went well
  1  a fault of newsexport itself
  2  the call: an unknown option or format, two outputs of one name
  3  the input cannot be read
  4  the article breaks a rule: no guid, a value out of range
  5  a format failed; the others were written
  6  something was lost, and --strict forbids it
  7  a file cannot be written
  8  a validator found faults
  130  interrupted by Ctrl-C"""
_OPTION: Final = re.compile(r"(?<![\w-])--?[A-Za-z][\w-]*")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line; the reference of the commands is made of it."""
    top = _Parser(
        prog="newsexport",
        description="Turn one news story into Word, PDF, EPUB and NewsML-G2 files.",
        epilog=f"example:\n  newsexport convert story.txt --to docx,pdf -o out\n\n{_EXIT_CODES}",
    )
    top.add_argument("--version", action=_Version, help="print the versions of newsexport and its libraries")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True, title="commands")
    _add_convert(_command(commands, "convert", *_CONVERT_EXAMPLES))
    _add_inspect(_command(commands, "inspect", "inspect story.txt", "inspect - --from text --json"))
    _add_formats(_command(commands, "formats", "formats -v"))
    _add_validate(_command(commands, "validate", "validate out/story.pdf out/story.epub"))
    _command(commands, "schema", "schema")
    return top


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the parsed arguments.

    Raises:
        UsageError: they are none of ours; the hint names the nearest.
        SystemExit: help or versions were asked for and printed.
    """
    # `--strict` takes its level by `=` alone, or it would take an input for it.
    words = ["--strict=loss" if word == "--strict" else word for word in arguments]
    _refuse_unknown_command(words)
    parsed, rest = parser().parse_known_args(words)
    for word in rest:
        # argparse takes inputs from one place only; `convert a.txt --to pdf b.txt` means both.
        if not hasattr(parsed, "inputs") or (word.startswith("-") and word != "-"):
            _refuse(word, parsed.parser)
        parsed.inputs.append(word)
    return parsed


def _add_convert(command: argparse.ArgumentParser) -> None:
    command.add_argument("inputs", nargs="+", metavar="INPUT", help="a story; - reads standard input")
    command.add_argument(
        "--to",
        action="append",
        metavar="FORMATS",
        help=f"formats to write, with commas between them (default: {DEFAULT_FORMATS})",
    )
    command.add_argument(
        "-o",
        "--output",
        default=".",
        metavar="FOLDER",
        help="where the files go (default: here); - writes the one file to standard output",
    )
    _add_amount(command, "print nothing but errors", "print also what is only worth knowing, and codes of notices")
    _add_json(command, "print a report of files, notices and errors as JSON")
    _add_reading(command)
    _add_pictures(command)
    _add_article(command)
    _add_rendering(command)


def _add_rendering(command: argparse.ArgumentParser) -> None:
    rendering = command.add_argument_group("rendering")
    rendering.add_argument(
        "-O",
        dest="writer_options",
        action="append",
        default=[],
        metavar="FORMAT.OPTION=VALUE",
        help="an option of a format written; `newsexport formats -v` lists them",
    )
    rendering.add_argument(
        "--link-renditions", action="store_true", help="let the NewsML-G2 name the other files of the same call"
    )
    rendering.add_argument(
        "--audience",
        choices=("internal", "client", "public"),
        help="whose view is written (default: each format's own)",
    )
    rendering.add_argument(
        "--posture",
        choices=("wire", "strict"),
        default="wire",
        help="wire: replace what cannot be done and say so; strict: make it an error (default: wire)",
    )
    rendering.add_argument(
        "--strict",
        nargs="?",
        choices=("loss", "guess"),
        const="loss",
        default="off",
        help="refuse a file from which something was lost; =guess also one for which something was guessed",
    )
    rendering.add_argument(
        "--now", metavar="MOMENT", help="what a missing date is taken to be, in ISO 8601 with an offset"
    )


def _add_article(command: argparse.ArgumentParser) -> None:
    article = command.add_argument_group("article", "What is given here overrules the story and its sidecar.")
    article.add_argument(
        "--meta", metavar="FILE", help="TOML file with fields of the article (default: STORY.toml beside STORY.txt)"
    )
    article.add_argument("--language", metavar="TAG", help="language of the story (en-GB)")
    article.add_argument("--guid", metavar="URI", help="name of the story, the same in all its versions")
    article.add_argument("--byline", metavar="TEXT", help="byline as displayed")
    article.add_argument("--published", metavar="MOMENT", help="when readers first saw it, in ISO 8601 with an offset")
    article.add_argument(
        "--set",
        dest="assignments",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="any other field of the article (slugline=BRIDGE, dateline.place=PARIS); repeatable",
    )


def _add_reading(command: argparse.ArgumentParser) -> None:
    reading = command.add_argument_group("reading")
    reading.add_argument(
        "--from", dest="reader", metavar="FORMAT", help="format of the input (default: told by its content)"
    )
    reading.add_argument(
        "-I",
        dest="reader_options",
        action="append",
        default=[],
        metavar="FORMAT.OPTION=VALUE",
        help="an option of a format read; `newsexport formats -v` lists them",
    )


def _add_pictures(command: argparse.ArgumentParser) -> None:
    pictures = command.add_argument_group(
        "pictures", "Those that the story does not hold are taken from its own folder, then from what is named here."
    )
    pictures.add_argument(
        "--assets",
        action="append",
        default=[],
        metavar="DIR",
        help="a further folder: pictures, also those of the web, are looked up in it by path or file name; repeatable",
    )
    pictures.add_argument(
        "--fetch-images",
        action="append",
        default=[],
        metavar="HOST",
        help="fetch pictures from this host over HTTPS (images.example.com, *.example.com, with commas); repeatable",
    )


def _add_inspect(command: argparse.ArgumentParser) -> None:
    command.add_argument("input", metavar="INPUT", help="a story; - reads standard input")
    _add_reading(command)
    _add_json(command, "print document, notices and format as JSON")


def _add_formats(command: argparse.ArgumentParser) -> None:
    command.add_argument("-v", "--verbose", action="store_true", help="print the options of each format too")
    _add_json(command, "print the list with all options as JSON")


def _add_validate(command: argparse.ArgumentParser) -> None:
    command.add_argument("inputs", nargs="+", metavar="FILE", help="a file of any format that is written")
    command.add_argument(
        "--schemas", metavar="FOLDER", help="where schemas lie (default: the environment's NEWSEXPORT_SCHEMAS)"
    )
    _add_amount(command, "print nothing but errors", "print remarks too")
    _add_json(command, "print what was found as JSON")


def _add_amount(command: argparse.ArgumentParser, quiet: str, verbose: str) -> None:
    amount = command.add_mutually_exclusive_group()
    amount.add_argument("-q", "--quiet", action="store_true", help=quiet)
    amount.add_argument("-v", "--verbose", action="store_true", help=verbose)


def _add_json(command: argparse.ArgumentParser, purpose: str) -> None:
    command.add_argument("--json", action="store_true", help=purpose)


def _command(commands: Any, name: str, *examples: str) -> argparse.ArgumentParser:
    purpose = _COMMANDS[name]
    shown = "".join(f"\n  newsexport {example}" for example in examples)
    title = "example" if len(examples) == 1 else "examples"
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.", epilog=f"{title}:{shown}"
    )
    command.set_defaults(parser=command, json=False, quiet=False, verbose=False)
    command.add_argument("--debug", action="store_true", help="print tracebacks, as NEWSEXPORT_DEBUG=1 does")
    return command


class _Parser(argparse.ArgumentParser):
    """Raises a `UsageError` where argparse would print its usage and exit."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False, **settings)

    def error(self, message: str) -> NoReturn:
        from newsexport.errors import UsageError  # 25 ms, which --help need not wait for

        raise UsageError(message, f"`{self.prog} --help` tells more")


class _Version(argparse.Action):
    """Prints versions, which are looked up only then."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(nargs=0, default=argparse.SUPPRESS, **settings)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from newsexport.cli.versions import versions  # importlib.metadata costs 20 to 40 ms

        for name, version in versions():
            print(f"{name} {version}")
        parser.exit()


def _refuse_unknown_command(words: list[str]) -> None:
    command = next((word for word in words if not word.startswith("-")), None)
    if command is not None and command not in _COMMANDS:
        otherwise = f"the commands are {', '.join(_COMMANDS)}"
        raise _unknown(f"there is no command {command!r}", command, _COMMANDS, otherwise)


def _refuse(word: str, command: argparse.ArgumentParser) -> NoReturn:
    name = word.partition("=")[0]
    known = _OPTION.findall(command.format_usage())
    what = f"there is no option {name}" if word.startswith("-") else f"one argument too many: {word!r}"
    raise _unknown(what, name, known, f"`{command.prog} --help` tells more")


def _unknown(message: str, word: str, known: Iterable[str], otherwise: str) -> Exception:
    from newsexport.errors import UsageError  # 25 ms, which --help need not wait for
    from newsexport.registry import suggestion

    return UsageError(message, suggestion(word, known) or otherwise)
