"""Pictures: looked at, verified, made fit for every format, with what they say of themselves read and written back."""

from newsexport.kit.images.embedding import Picture, opened, picture
from newsexport.kit.images.metadata import PhotoMetadata, metadata
from newsexport.kit.images.sniffing import sniffed

__all__ = ["PhotoMetadata", "Picture", "metadata", "opened", "picture", "sniffed"]
