"""A kept file, as it came."""

from urllib.parse import quote

from django.http import HttpResponse

from kelisim.papers.models import File


def serve(file: File) -> HttpResponse:
    """The file as an attachment: never shown inside the site, never guessed at by a browser."""
    return HttpResponse(
        bytes(file.content),
        content_type=file.media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
            "X-Content-Type-Options": "nosniff",
            "ETag": f'"{file.sha256}"',
        },
    )


def download(content: bytes, name: str, media_type: str) -> HttpResponse:
    """A paper that was just made."""
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"},
    )
