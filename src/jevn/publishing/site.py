"""The static site: every page in every language, with charts as files; whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from threading import Thread

from jevn.publishing.dossier import Dossier, from_json, to_json
from jevn.publishing.links import DOCUMENTS, StaticLinks
from jevn.terms import LANGUAGES, Language, Say, UserError

ASSETS = Path(__file__).parent / "assets"
NEEDED = ("jinja2", "vl_convert")
"""Packages of the extra ``publish`` that pages are made with."""

COPIED = (
    "*.css",
    "*.js",
    "*.svg",
    "vendor/css/*.css",
    "vendor/fonts/*.woff2",
    "vendor/LICENSES/*.txt",
)

Progress = Callable[[int, int], None]
Task = tuple[Language, str, str | None]


def publish_site(
    dossier: Dossier,
    out: Path,
    langs: Iterable[Language] = LANGUAGES,
    progress: Progress | None = None,
    *,
    documents: Path | None = None,
    workers: int | None = None,
) -> None:
    """Write the whole site: ``index.html``, other languages in folders, ``assets/``, ``charts/``.

    The site is built beside ``out`` and renamed, so what was there stays until the new one is
    whole. Same dossier, same bytes. The first language stands at the root.

    Args:
        dossier: results of all steps.
        out: folder of the site; replaced whole.
        langs: languages to write.
        progress: told how many pages of how many are done.
        documents: folder with the documents that ``dossier.cover.documents`` names.
        workers: processes to use; default two where there are two processors.

    Raises:
        UserError: ``publishing_extra``, ``publishing_assets`` or ``publishing_out``.
    """
    for package in NEEDED:
        if find_spec(package) is None:
            raise UserError("publishing_extra", package=package)
    if not (ASSETS / "vendor" / "css").is_dir():
        raise UserError("publishing_assets", folder=str(ASSETS / "vendor"))
    languages = tuple(langs)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise UserError("publishing_out", folder=str(out), why=str(error.strerror)) from None
    try:
        beside.chmod(0o755)
        _copy_assets(beside / "assets")
        if documents is not None:
            (beside / DOCUMENTS).mkdir()
            for name in dossier.cover.documents:
                shutil.copyfile(documents / name, beside / DOCUMENTS / name)
        _write_all(dossier, beside, languages, progress or (lambda done, total: None), workers)
        _put_in_place(beside, out)
    except OSError as error:
        raise UserError("publishing_out", folder=str(out), why=str(error.strerror)) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def tasks_of(dossier: Dossier, languages: tuple[Language, ...]) -> tuple[Task, ...]:
    """Every page to write, the same page's languages beside each other."""
    from jevn.publishing.pages import page_list

    return tuple((lang, name, id) for name, id in page_list(dossier) for lang in languages)


def _write_all(
    dossier: Dossier,
    to: Path,
    languages: tuple[Language, ...],
    progress: Progress,
    workers: int | None,
) -> None:
    tasks = tasks_of(dossier, languages)
    done = 0

    def one() -> None:
        nonlocal done
        done += 1
        progress(done, len(tasks))

    heavy = sum(name in ("area", "indicator", "change") for _, name, _ in tasks)
    two = (os.cpu_count() or 1) > 1 and heavy > 30 if workers is None else workers > 1
    if not two:
        write_pages(dossier, to, languages, tasks, one)
        return
    mine, theirs = _shared_out(tasks)
    with tempfile.TemporaryDirectory(prefix="jevn-") as folder:
        stored = Path(folder) / "dossier.json"
        stored.write_bytes(to_json(dossier))
        order = json.dumps({"to": str(to), "languages": languages, "tasks": theirs})
        second = subprocess.Popen(  # noqa: S603 - this very module, by this very Python
            [sys.executable, "-m", "jevn.publishing.site", str(stored)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert second.stdin is not None
        assert second.stdout is not None
        lines = second.stdout
        second.stdin.write(order)
        second.stdin.close()
        listening = Thread(target=_tell, args=(lines, one))
        listening.start()
        try:
            # the dossier as the other process sees it, so that both write the same bytes
            write_pages(from_json(stored.read_bytes()), to, languages, mine, one)
        except BaseException:
            second.kill()
            raise
        finally:
            second.wait()
            listening.join()
        if second.returncode:
            raise RuntimeError(f"the second process ended with {second.returncode}")


def _tell(lines: Iterable[str], done: Callable[[], None]) -> None:
    for _ in lines:
        done()


def _shared_out(tasks: tuple[Task, ...]) -> tuple[tuple[Task, ...], tuple[Task, ...]]:
    """Two halves of about the same work.

    A page's languages stay together, and an area's page with its indicators: they share charts.
    """
    weight = {"indicator": 5, "area": 3, "change": 3, "effort": 4}
    units: list[list[Task]] = []
    last = ""
    for task in tasks:
        joins = task[1] == "indicator" or (task[1] == last != "change" and len(units) > 0)
        if joins and units and units[-1][0][1] in ("area", task[1]):
            units[-1].append(task)
        else:
            units.append([task])
        last = task[1]
    loads = [(sum(weight.get(name, 1) for _, name, _ in unit), unit) for unit in units]
    halves: tuple[list[Task], list[Task]] = ([], [])
    sums = [0, 0]
    for load, unit in sorted(loads, key=lambda pair: -pair[0]):
        side = 0 if sums[0] <= sums[1] else 1
        halves[side].extend(unit)
        sums[side] += load
    return tuple(halves[0]), tuple(halves[1])


def write_pages(
    dossier: Dossier,
    to: Path,
    languages: tuple[Language, ...],
    tasks: Iterable[Task],
    done: Callable[[], None],
) -> None:
    """Make, render and write pages with their charts."""
    from jevn.publishing.environment import render_page
    from jevn.publishing.files import chart_csv, charts_in
    from jevn.publishing.pages import make_page

    base = {
        lang: StaticLinks(dossier, lang, main=languages[0], langs=languages) for lang in languages
    }
    for lang, name, id in tasks:
        path, _ = base[lang].path(name, id)
        links, say = base[lang].at(path), Say(lang)
        page = make_page(name, dossier, say, links, id)
        root = to if lang == languages[0] else to / lang
        _write(root / path, render_page(name, page, say=say, links=links))
        for chart in charts_in(page):
            _write(root / "charts" / f"{chart.id}.svg", chart.svg)
            _write(root / "charts" / f"{chart.id}.csv", chart_csv(chart))
        done()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _copy_assets(to: Path) -> None:
    for pattern in COPIED:
        for source in sorted(ASSETS.glob(pattern)):
            target = to / source.relative_to(ASSETS)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def _put_in_place(made: Path, out: Path) -> None:
    earlier = made.with_name(f"{made.name}.earlier")
    if out.exists():
        out.rename(earlier)
    try:
        made.rename(out)
    except OSError:
        if earlier.exists():
            earlier.rename(out)
        raise
    shutil.rmtree(earlier, ignore_errors=True)


def _second() -> None:
    """Write the pages that another process asks for on standard input."""
    dossier = from_json(Path(sys.argv[1]).read_bytes())
    order = json.load(sys.stdin)
    tasks: list[Task] = [(lang, name, id) for lang, name, id in order["tasks"]]
    languages: tuple[Language, ...] = tuple(order["languages"])
    write_pages(dossier, Path(order["to"]), languages, tasks, lambda: print("page", flush=True))


if __name__ == "__main__":
    _second()
