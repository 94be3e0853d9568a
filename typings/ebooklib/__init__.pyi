from ebooklib import epub as epub
