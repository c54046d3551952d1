"""Make sure a Chromium is at hand for the browser tests, or say loudly why not.

Order: one that is installed; Debian's package where we are root; Playwright's own download. Never fails: the tests
themselves skip, or fail where ``VAGVISARE_REQUIRE_BROWSER=1`` asks for that.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed() -> str | None:
    """Return the path of a Chromium on this machine."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def run(*command: str) -> bool:
    """Run one installing command, quietly; tell whether it worked."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)  # noqa: S603 our own fixed commands
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"  {' '.join(command)}: {error}")
        return False
    if done.returncode:
        print(f"  {' '.join(command)}: {(done.stderr or done.stdout).strip().splitlines()[-1:]}")
    return done.returncode == 0


def playwright_has_one() -> bool:
    """Tell whether Playwright's own Chromium is there."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 slow, and only needed here

    with sync_playwright() as playwright:
        return os.path.exists(playwright.chromium.executable_path)  # noqa: PTH110 a plain yes or no


def main() -> None:
    """Find or install, and say what came of it."""
    if installed() or playwright_has_one():
        return
    print("No Chromium here; installing one for the browser tests …")
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        run("apt-get", "update", "-qq")
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium")
    if not installed():
        run(sys.executable, "-m", "playwright", "install", "chromium")
    if not (installed() or playwright_has_one()):
        print("!" * 78)
        print("! No Chromium could be installed: THE BROWSER TESTS WILL BE SKIPPED.")
        print("! Install Chromium (Debian: apt-get install chromium) and run `make test` again.")
        print("!" * 78)


if __name__ == "__main__":
    main()
