"""What entries and their fields are known by."""

from __future__ import annotations

from typing import Final

DATES: Final = frozenset({"createdAt", "updatedAt"})
"""What Strapi keeps of every entry."""

ROLES: Final = {
    "headline": ("headline", "title", "heading", "name"),
    "kicker": ("kicker", "eyebrow", "overline", "topline"),
    "standfirst": ("standfirst", "subtitle", "subheadline", "subheading", "deck", "dek", "lead", "summary", "excerpt",
                   "description", "intro", "abstract"),
    "body": ("body", "content", "text", "article", "blocks", "richText", "story"),
    "byline": ("byline",),
    "authors": ("authors", "author", "writers", "writer"),
    "dateline": ("dateline",),
    "keywords": ("tags", "keywords", "categories", "category", "topics"),
    "image": ("cover", "image", "media", "featuredImage", "coverImage", "heroImage", "hero", "picture", "thumbnail"),
    "slug": ("slug",),
    "url": ("canonicalUrl", "canonicalURL", "permalink"),
    "published": ("publishDate", "publishedDate", "publicationDate", "firstPublishedAt"),
    "seo": ("seo", "SEO"),
}  # fmt: skip
"""What fields can hold, and the names that each is looked for under."""
