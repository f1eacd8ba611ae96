"""Pages of plain HTML without scripts, in the design of the page."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from fastapi.responses import HTMLResponse

_BUILT = files("api") / "page" / "built"
_OWN_STYLE = (
    "main{max-width:52rem;gap:1rem}main>p,main>ul{max-width:var(--measure)}h2{margin-block-start:1rem}"
    "main ul{padding-inline-start:1.25rem;list-style:disc}form{display:flex;flex-direction:column;align-items:start;"
    "gap:.75rem}form .field{width:100%;max-width:30rem}caption{text-align:start;font-weight:600}"
    ".top{padding-block:.6rem}"
)


def page_headers() -> dict[str, str]:
    """The headers of each page."""
    digest = b64encode(sha256(_style().encode()).digest()).decode()
    return {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'",
    }


def html_page(title: str, body: str, status: int = 200) -> HTMLResponse:
    """A page with this title and this body, which is HTML."""
    return HTMLResponse(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_style()}</style></head>'
        f'<body><header class="top"><span class="brand">{_icon()} Tertius</span></header>'
        f"<main><h1>{title}</h1>{body}</main></body></html>",
        status,
        page_headers(),
    )


@cache
def _style() -> str:
    """The style sheet of the page. It is part of the document: while the database starts, no other file is served."""
    name: str = re.findall(r"/assets/(style-[\w-]+\.css)", (_BUILT / "index.html").read_text("utf-8"))[0]
    return (_BUILT / "assets" / name).read_text("utf-8").strip() + _OWN_STYLE


@cache
def _icon() -> str:
    (icon,) = (entry for entry in (_BUILT / "assets").iterdir() if entry.name.startswith("icon-"))
    return icon.read_text("utf-8").strip().replace("<svg ", '<svg width="26" height="26" aria-hidden="true" ', 1)
