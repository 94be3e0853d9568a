"""Posts of WordPress: as its REST interface and our hook send them, and as its export (WXR) holds them."""
