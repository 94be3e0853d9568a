"""What lives elsewhere and is shown in a page: players, posts, maps, charts."""

from __future__ import annotations

import re
from typing import Final

from newsexport.kit.html.addresses import host
from newsexport.kit.html.inlines import Attributes

# By the end of the host's name.
_PROVIDERS: Final = {
    "youtube.com": "YouTube", "youtu.be": "YouTube", "youtube-nocookie.com": "YouTube", "vimeo.com": "Vimeo",
    "dailymotion.com": "Dailymotion", "dai.ly": "Dailymotion", "twitch.tv": "Twitch", "ted.com": "TED",
    "brightcove.net": "Brightcove", "jwplayer.com": "JW Player", "jwplatform.com": "JW Player", "wistia.com": "Wistia",
    "wistia.net": "Wistia", "kaltura.com": "Kaltura", "streamable.com": "Streamable", "rumble.com": "Rumble",
    "loom.com": "Loom", "twitter.com": "X", "x.com": "X", "t.co": "X", "facebook.com": "Facebook",
    "fb.watch": "Facebook", "instagram.com": "Instagram", "threads.net": "Threads", "threads.com": "Threads",
    "tiktok.com": "TikTok", "reddit.com": "Reddit", "redditmedia.com": "Reddit", "bsky.app": "Bluesky",
    "linkedin.com": "LinkedIn", "pinterest.com": "Pinterest", "tumblr.com": "Tumblr", "t.me": "Telegram",
    "telegram.org": "Telegram", "vk.com": "VK", "snapchat.com": "Snapchat", "spotify.com": "Spotify",
    "soundcloud.com": "SoundCloud", "podcasts.apple.com": "Apple Podcasts", "music.apple.com": "Apple Music",
    "bandcamp.com": "Bandcamp", "mixcloud.com": "Mixcloud", "deezer.com": "Deezer", "megaphone.fm": "Megaphone",
    "acast.com": "Acast", "omny.fm": "Omny", "podbean.com": "Podbean", "libsyn.com": "Libsyn",
    "buzzsprout.com": "Buzzsprout", "simplecast.com": "Simplecast", "art19.com": "ART19",
    "datawrapper.de": "Datawrapper",
    "dwcdn.net": "Datawrapper", "flourish.studio": "Flourish", "flo.uri.sh": "Flourish", "infogram.com": "Infogram",
    "tableau.com": "Tableau", "carto.com": "Carto", "arcgis.com": "ArcGIS", "openstreetmap.org": "OpenStreetMap",
    "maps.google.com": "Google Maps", "docs.google.com": "Google Docs", "drive.google.com": "Google Drive",
    "knightlab.com": "Knight Lab", "chartblocks.com": "ChartBlocks", "documentcloud.org": "DocumentCloud",
    "scribd.com": "Scribd", "issuu.com": "Issuu", "slideshare.net": "SlideShare", "speakerdeck.com": "Speaker Deck",
    "giphy.com": "GIPHY", "imgur.com": "Imgur", "flickr.com": "Flickr", "gettyimages.com": "Getty Images",
    "codepen.io": "CodePen", "gist.github.com": "GitHub", "typeform.com": "Typeform", "airtable.com": "Airtable",
    "canva.com": "Canva", "sketchfab.com": "Sketchfab", "genius.com": "Genius", "kickstarter.com": "Kickstarter",
}  # fmt: skip
# Classes of the quotations that scripts turn into posts.
_POSTS: Final = {
    "twitter-tweet": "X", "twitter-video": "X", "instagram-media": "Instagram", "tiktok-embed": "TikTok",
    "reddit-embed-bq": "Reddit", "reddit-card": "Reddit", "bluesky-embed": "Bluesky", "text-post-media": "Threads",
    "mastodon-embed": "Mastodon", "fb-xfbml-parse-ignore": "Facebook", "imgur-embed-pub": "Imgur",
    "wp-embedded-content": None, "embedly-card": None, "twitter-timeline": "X",
}  # fmt: skip
_ADDRESS_ATTRIBUTES: Final = (
    "data-instgrm-permalink", "data-href", "data-text-post-permalink", "data-bluesky-uri", "data-url", "cite",
)  # fmt: skip
_MOST_HOST_PARTS: Final = 6
_WEB: Final = re.compile(r"https?://\S+", re.IGNORECASE)


def provider(url: str) -> str | None:
    """Return the name of the service behind a URL; None when it is not known."""
    parts = (host(url) or "").split(".")[-_MOST_HOST_PARTS:]
    names = (".".join(parts[index:]) for index in range(len(parts) - 1))
    if parts[-2:-1] == ["google"] and "/maps" in url:
        return "Google Maps"
    return next((_PROVIDERS[name] for name in names if name in _PROVIDERS), None)


def post_provider(attributes: Attributes) -> tuple[bool, str | None]:
    """Tell whether a quotation stands for a post, and on which service."""
    classes = (attributes.get("class") or "").split()
    found = next((name for name in classes if name in _POSTS), None)
    return found is not None, _POSTS[found] if found else None


def stated_address(attributes: Attributes) -> str | None:
    """Return the address that an element states of the post it stands for."""
    found = (attributes.get(name) for name in _ADDRESS_ATTRIBUTES)
    return next((value.strip() for value in found if value and _WEB.fullmatch(value.strip())), None)


def bare_address(text: str) -> str | None:
    """Return the URL that a text is and nothing else; None for other text."""
    stripped = text.strip()
    return stripped if _WEB.fullmatch(stripped) else None
