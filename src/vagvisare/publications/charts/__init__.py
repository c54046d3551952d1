"""Charts drawn on the server as accessible SVG: no client library, no inline style, no request."""
