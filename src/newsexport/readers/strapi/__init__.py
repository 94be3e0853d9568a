"""The reader of entries of Strapi: from its REST API and its webhooks."""

from newsexport.readers.strapi.reader import StrapiOptions, StrapiReader

__all__ = ["StrapiOptions", "StrapiReader"]
