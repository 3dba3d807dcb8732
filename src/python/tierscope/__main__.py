"""`python -m tierscope` and the command `tierscope`: the program itself, carried along."""
import os
import pathlib
import sys


def main() -> None:
    here = pathlib.Path(__file__).parent
    if (here / "graphviz").is_dir():
        os.environ.setdefault("TIERSCOPE_GRAPHVIZ", str(here / "graphviz"))
    program = here / "bin" / "tierscope"
    os.execv(program, [str(program), *sys.argv[1:]])


if __name__ == "__main__":
    main()
