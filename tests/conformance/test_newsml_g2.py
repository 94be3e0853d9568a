"""NewsML-G2 renditions, judged by IPTC's schema and read by another library."""

from __future__ import annotations

from importlib import import_module

import pytest

from conformance.cases import ARTICLES, rendition
from conformance.judging import report, require

pytestmark = pytest.mark.conformance

# An embargo without an end is a hold: the standard has no other word for it.
_STATUS = {
    "embargoed-until-further-notice": "stat:withheld",
    "withheld": "stat:withheld",
    "canceled": "stat:canceled",
}


@pytest.mark.parametrize("validator", ["xml", "iptc-xsd"])
@pytest.mark.parametrize("case", ARTICLES)
def test_no_validator_finds_a_fault(case: str, validator: str) -> None:
    assert require(report(case, "newsml-g2"), validator) == ()


@pytest.mark.parametrize("case", ARTICLES)
def test_newsmlg2_reads_it_back(case: str) -> None:
    library = import_module("NewsMLG2")  # without types of its own
    item = library.NewsMLG2Document(rendition(case, "newsml-g2").data).get_item()
    article = ARTICLES[case]
    assert (item.guid, item.version, item.xml_lang) == (article.guid, str(article.version), article.language)
    assert str(item.itemmeta.pubstatus.qcode) == _STATUS.get(case, "stat:usable")
