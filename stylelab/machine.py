"""What this machine has: its memory, asked in one place.

In: nothing. Out: bytes. Next: whoever plans memory, and the window that shows it.
"""

from __future__ import annotations

import os


def read_machine_bytes() -> int:
    """Return this machine's memory."""
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
