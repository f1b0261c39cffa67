"""How many A4 pages a document takes when a browser prints it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def printed_pages(document: str, folder: Path) -> int:
    """Pages of the PDF a headless browser makes of it; fails on a machine without a browser."""
    assert BROWSER is not None, "no browser to print with: `make tools`, or apt-get install chromium"
    page, pdf = folder / "page.html", folder / "page.pdf"
    page.write_text(document, encoding="utf-8")
    flags = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={folder}/profile",
        "--no-pdf-header-footer",
    )
    command = [BROWSER, *flags, f"--print-to-pdf={pdf}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf.read_bytes()))
