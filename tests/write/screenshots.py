#!/usr/bin/env python3
"""Takes screenshots of the page, light and dark: at 390, 1,000, 1,280 (as in the README) and 1,600 pixels.

    screenshots.py [PAGE.html[#/STORY[/cN]] [FOLDER]]

PAGE: what `merge_stories --format html` wrote, and as in the address bar which story and claim; without it, the page of
data/day.jsonl. FOLDER: where the PNG files go (default: build/screenshots of this checkout). Needs a release build,
chromium and chromium-driver (tests/install.sh test).
"""
import pathlib
import subprocess
import sys
import tempfile

import browser

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    if any(a in ("-h", "--help") for a in sys.argv[1:]) or len(sys.argv) > 3:
        print(__doc__)
        return 2
    if lacking := browser.missing():
        print(f"{lacking} missing: tests/install.sh test")
        return 1
    folder = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "build/screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        if len(sys.argv) > 1:
            name, _, place = sys.argv[1].partition("#")
            page = pathlib.Path(name).resolve()
        else:
            page, place = pathlib.Path(work) / "day.html", ""
            subprocess.run([ROOT / "build/release/bin/merge_stories", "--format", "html", "--output", page,
                            ROOT / "data/day.jsonl"], check=True)
        with browser.Browser() as b:
            for width, height in ((390, 844), (1000, 900), (1280, 900), (1600, 900)):
                for scheme in ("light", "dark"):
                    b.size(width, height, scheme)
                    b.open("about:blank")
                    b.open(page.as_uri() + (f"#{place}" if place else ""))
                    b.settle()
                    b.screenshot(folder / f"{width}-{scheme}.png")
                    if width == 390 and not place:
                        b.click(".told .claim")
                        b.screenshot(folder / f"{width}-{scheme}-claim.png")
    print(f"in {folder}: {', '.join(sorted(p.name for p in folder.glob('*.png')))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
