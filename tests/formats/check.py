"""check.py PROGRAM SAMPLE: what the program writes for other programs, read by those.

SAMPLE writes made-up tables with a field of every type, in Arrow and in JSON. Then PROGRAM is asked real questions in
all formats. A line for each, with its faults; exits 1 if there is any.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import arrow
import graphs
from answer import Answer
from differs import Differs

QUESTIONS = [
    "exposure graphs/bytedance --to bytedance",
    "exposure graphs/bytedance --to bytedance,alibaba --currency USD --chains 5",
    "exposure graphs/ai-circular --to openai,meta",
    "dependence graphs/bytedance",
    "dependence graphs/ai-circular",
    "concentration graphs/bytedance",
    "concentration graphs/ai-circular",
    "cycles graphs/bytedance",
    "cycles graphs/ai-circular",
    "cycles graphs/ai-circular --max-length 3 --currency USD --null 20",
    "cycles graphs/ai-circular --count",
    "show graphs/bytedance --company bytedance",
    "show graphs/ai-circular --company openai",
    "check graphs/bytedance",
    "check graphs/ai-circular",
    "list graphs/bytedance",
    "list graphs/ai-circular",
    "exposure tests/formats/graph --to big",
    "dependence tests/formats/graph",
    "concentration tests/formats/graph",
    "cycles tests/formats/graph",
    "show tests/formats/graph --company na",
    "check tests/formats/graph",
    "list tests/formats/graph",
]


GRAPHS = ["graphs/bytedance", "graphs/ai-circular", "graphs/ai-capex", "tests/formats/graph"]


def check_sample(sample):
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sample, folder], check=True)
        paths = sorted(Path(folder).glob("*.arrow"))
        for path in paths:
            want = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["results"]
            faults = list(arrow.check(path, want))
            print(f"made-up table: {len(want)} rows: {'; '.join(faults) or 'well'}")
            bad += bool(faults)
    if not paths:
        raise SystemExit(f"check.py: {sample} wrote no table")
    return len(paths), bad


def check_question(program, question):
    try:
        answer = Answer(program, question.split())
    except Differs as error:
        print(f"{question}: {error}")
        return 1
    faults = []
    cells = 0
    for check in (answer.check_json, answer.check_csv, answer.check_xlsx, answer.check_arrow, answer.check_pages):
        try:
            cells += check() or 0
        except Exception as error:  # a reader that does not understand says so in its own way
            faults.append(str(error) if isinstance(error, Differs) else f"{check.__name__}: {error!r}")
    local = len(set(re.findall(r"[\u4e00-\u9fff]+", answer.text)))
    seen = f"{len(answer.results)} results, {cells} cells, {local} Chinese words"
    print(f"{question}: {seen}: {'; '.join(faults) or 'well'}")
    return 1 if faults else 0


def check_graph(program, folder):
    try:
        faults = list(graphs.check(program, folder))
    except Exception as error:
        faults = [str(error) if isinstance(error, Differs) else repr(error)]
    print(f"convert {folder}: {'; '.join(faults) or 'well'}")
    return 1 if faults else 0


def main(arguments):
    if len(arguments) != 2:
        print("usage: check.py PROGRAM SAMPLE", file=sys.stderr)
        return 2
    program, sample = arguments
    checked, bad = check_sample(sample)
    for question in QUESTIONS:
        bad += check_question(program, question)
    for folder in GRAPHS:
        bad += check_graph(program, folder)
    print(f"formats: {checked + len(QUESTIONS) + len(GRAPHS)} checked, {bad} with faults")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
