"""Pages of plain HTML without scripts."""

from base64 import b64encode
from hashlib import sha256

from fastapi.responses import HTMLResponse

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;color:#111}"
    "label{display:block}input,button{font:inherit;padding:.4rem .8rem;margin:.3rem 0}"
)


def page_headers(style: str) -> dict[str, str]:
    """The headers of a page with this style sheet."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'",
    }


def html_page(title: str, body: str, status: int = 200, style: str = _STYLE) -> HTMLResponse:
    """A page with this title and this body, which is HTML."""
    return HTMLResponse(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}</style></head>'
        f"<body><main><h1>{title}</h1>{body}</main></body></html>",
        status,
        page_headers(style),
    )
