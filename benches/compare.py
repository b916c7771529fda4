"""compare.py PROGRAM ONE_PROCESS LIST: times programs and libraries on the same PDFs; see compare.sh.

Programs are run once for each file, and their start counts. Libraries read all files in one process of their own, and are
imported and warm before the clock runs. Files on which one of them fails count for their time all the same, and are said.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.metadata import PackageNotFoundError, version

ROUNDS = int(os.environ.get("ROUNDS", "5"))
ALL = "everything: parts, tables, numbers, checks"


def pdfium_text(path):
    import pypdfium2

    for page in pypdfium2.PdfDocument(path):
        page.get_textpage().get_text_bounded()


def mupdf_text(path):
    import pymupdf

    for page in pymupdf.open(path):
        page.get_text()


def mupdf_tables(path):
    import pymupdf

    for page in pymupdf.open(path):
        for table in page.find_tables():
            table.extract()


def plumber_text(path):
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()


def plumber_tables(path):
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_tables()


def camelot_tables(path):
    import camelot

    camelot.read_pdf(path, pages="all", suppress_stdout=True)


def tabula_tables(path):
    import tabula

    tabula.read_pdf(path, pages="all", silent=True)


# Name, package, what it does, how, and whether it is too slow for more than one round.
LIBRARIES = [
    ("pypdfium2", "pypdfium2", "text", pdfium_text, False),
    ("PyMuPDF get_text", "pymupdf", "text", mupdf_text, False),
    ("PyMuPDF find_tables", "pymupdf", "tables", mupdf_tables, True),
    ("pdfplumber extract_text", "pdfplumber", "text", plumber_text, True),
    ("pdfplumber extract_tables", "pdfplumber", "tables", plumber_tables, True),
    ("Camelot lattice", "camelot-py", "ruled tables", camelot_tables, True),
    ("Tabula", "tabula-py", "tables", tabula_tables, True),
]


def run_library(name, files):
    """In a process of its own: prints seconds, peak memory in KiB and failures."""
    read, slow = next((how, slow) for known, _, _, how, slow in LIBRARIES if known == name)
    read(files[0])
    best, failed = float("inf"), 0
    for _ in range(1 if slow else ROUNDS):
        failed, begun = 0, time.perf_counter()
        for path in files:
            try:
                read(path)
            except Exception:  # a library's own errors have no common kind
                failed += 1
        best = min(best, time.perf_counter() - begun)
    with open("/proc/self/status") as status:
        peak = next(line.split()[1] for line in status if line.startswith("VmHWM:"))
    print(best, peak, failed)


def run_programs(commands, files):
    """For each command the seconds over all files, the most memory of one in KiB, and failures. The commands take turns, so
    that what else the machine does meets them all; of each file the fastest round counts."""
    best = [dict.fromkeys(files, float("inf")) for _ in commands]
    failed = [set() for _ in commands]
    out = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    for _ in range(ROUNDS):
        for path in files:
            for index, (_, command) in enumerate(commands):
                arguments = [path if part == "FILE" else part for part in command]
                begun = time.perf_counter()
                process = os.posix_spawn(arguments[0], arguments, os.environ, file_actions=out)
                status = os.waitpid(process, 0)[1]
                best[index][path] = min(best[index][path], time.perf_counter() - begun)
                if status != 0:
                    failed[index].add(path)
    peaks = [max(peak_of(command, path) for path in files) for _, command in commands]
    return [(sum(times.values()), peak, len(bad)) for times, peak, bad in zip(best, peaks, failed)]


def peak_of(command, path):
    """Memory in KiB, as time(1) tells: what this process starts itself would count this process's own."""
    arguments = ["time", "-f", "%M", *(path if part == "FILE" else part for part in command)]
    told = subprocess.run(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True).stderr
    return int(told.split()[-1])


def tell_ten_pages(commands, files):
    """The memory that a file of ten pages takes, put together from the first files."""
    unite = shutil.which("pdfunite")
    if not unite:
        return
    with tempfile.TemporaryDirectory() as folder:
        whole = os.path.join(folder, "whole.pdf")
        for count in range(2, len(files) + 1):
            subprocess.run([unite, *files[:count], whole], check=True)
            pages = subprocess.run(["pdfinfo", whole], capture_output=True, text=True, check=True).stdout
            pages = int(next(line.split()[1] for line in pages.splitlines() if line.startswith("Pages:")))
            if pages >= 10:
                break
        peaks = ", ".join(f"{name} {peak_of(command, whole) / 1024:.0f} MiB" for name, command in commands)
        print(f"Peak memory on a file of {pages} pages: {peaks}\n")


def first_line(*command):
    told = subprocess.run(command, capture_output=True, text=True)
    words = (told.stdout + told.stderr).split("\n")[0].split()
    return words[-1] if words else ""


def main():
    if sys.argv[1] == "--library":
        return run_library(sys.argv[2], sys.argv[3:])
    program, one_process, listed = sys.argv[1:4]
    with open(listed) as lines:
        files = lines.read().split("\n")[:-1]
    own_figures = subprocess.run([one_process, *files], capture_output=True, text=True, check=True).stdout
    pages, seconds, peak, middle = own_figures.split()
    pages, own = int(pages), first_line(program, "--version")
    print(f"{len(files)} PDFs of {pages} pages, {os.cpu_count()} cores; the middle file {middle} ms a page in one process\n")

    def table(title, rows):
        print(f"| {title} | version | what it gives | ms a page | times ours | peak MiB | files refused |")
        print("| --- | --- | --- | ---: | ---: | ---: | ---: |")
        for name, told, gives, (took, memory, failed) in rows:
            ratio = took / rows[0][3][0]
            print(f"| {name} | {told} | {gives} | {1000 * took / pages:.2f} | {ratio:.2f} | {memory / 1024:.0f} | {failed} |")
        print()

    commands = [("vraagbaak convert", [program, "convert", "FILE", "--format", "json"])]
    told = [(own, ALL)]
    for name, gives, command in [
        ("pdftotext", "text", ["pdftotext", "FILE", "-"]),
        ("pdftotext -layout", "text in columns", ["pdftotext", "-layout", "FILE", "-"]),
        ("mutool draw -F txt", "text", ["mutool", "draw", "-F", "txt", "FILE"]),
    ]:
        path = shutil.which(command[0])
        if path:
            commands.append((name, [path, *command[1:]]))
            told.append((first_line(path, "-v"), gives))
    timed = run_programs(commands, files)
    rows = [(name, *about, figures) for (name, _), about, figures in zip(commands, told, timed)]
    table("a process a file", rows)
    tell_ten_pages(commands, files)

    rows = [("vraagbaak", own, ALL, (float(seconds), int(peak), 0))]
    for name, package, gives, _, _ in LIBRARIES:
        try:
            told = version(package)
        except PackageNotFoundError:
            continue
        command = [sys.executable, __file__, "--library", name, *files]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        if done.returncode == 0:
            took, memory, failed = done.stdout.split("\n")[-2].split()
            rows.append((name, told, gives, (float(took), int(memory), int(failed))))
        else:
            print(f"{name} {told} does not run here", file=sys.stderr)
    table("one process", rows)


main()
