#!/usr/bin/env python3
"""Pages per second of gongwen's clean stage and of trafilatura, side by side on the same pages, one core each.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install trafilatura lxml_html_clean
    swift build -c release --product clean-bench
    /tmp/venv/bin/python Tests/Benchmarks/Clean/compare.py FOLDER

FOLDER holds the pages, unpacked. The two take turns; of each the fastest round counts, in seconds of the processor.
"""
import argparse
import json
import logging
import os
import pathlib
import subprocess
import time

import trafilatura


def swift(bench, folder):
    output = subprocess.run(
        [bench, folder, "--rounds", "1"], check=True, capture_output=True, text=True).stdout
    return {row["part"]: row["seconds"] for row in map(json.loads, output.splitlines())}


def python(pages):
    start = time.process_time()
    for page in pages:
        trafilatura.extract(page)
    return time.process_time() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--bench", default=".build/release/clean-bench")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    pages = [path.read_bytes() for path in sorted(pathlib.Path(options.folder).iterdir())]
    best = {}
    for _ in range(options.rounds):
        for part, seconds in (swift(options.bench, options.folder) | {"trafilatura": python(pages)}).items():
            best[part] = min(best.get(part, seconds), seconds)
    for part, seconds in best.items():
        print(f"{part:12} {len(pages) / seconds:8.1f} pages/s")
    print(f"clean / tree        {best['clean'] / best['tree']:.2f}")
    print(f"clean / sax         {best['clean'] / best['sax']:.2f}")
    print(f"trafilatura / clean {best['trafilatura'] / best['clean']:.1f}")


if __name__ == "__main__":
    main()
