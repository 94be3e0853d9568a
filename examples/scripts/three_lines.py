"""A story to four files; run it where story.txt lies."""

import newsexport

article = newsexport.read("story.txt").document
result = newsexport.export_all(article, ["docx", "pdf", "epub", "newsml-g2"], name="story", origin="story.txt")
result.save("out")
