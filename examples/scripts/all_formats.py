"""Every format that is installed, plug-ins included, with what each had to say; run it where story.txt lies."""

import newsexport
from newsexport import registry

[conversion] = newsexport.convert("story.txt", to=registry.names("writers"), into="out")

for name, path in conversion.saved.items():
    print(f"{name:12} {path.stat().st_size:>8} bytes  {path}")
for name, notices in conversion.notices.items():
    for notice in notices:
        print(f"{name}: {notice.kind}: {notice.code}: {notice.message}")
for name, error in conversion.failures.items():
    print(f"{name}: failed: {error}")
