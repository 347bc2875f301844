"""Random edits of a small model, of the kinds that people make while they type."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from random import Random

MERIDIAN = Path(__file__).parents[2] / "examples" / "meridian"

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
_ODD = (
    *(
        "apiVersion: bizalign/v1\n",
        "---\n",
        "\t",
        "}",
        "&a ",
        "*a",
        ": ",
        "  - ",
        "\ufeff",
        "#",
        "é",
    ),
    *("# bizalign: ignore[BAS, OUT101, MOD105] -- tried\n", "null", "2020-01-01", "99", "'", "\n"),
    *("namespace: other\n", "  namespace: other\n", "kind: Application\n", "other/", "😀"),
)


@cache
def example() -> dict[str, str]:
    """All files of the example by path."""
    return {
        path.relative_to(MERIDIAN).as_posix(): path.read_text("utf-8")
        for path in sorted(MERIDIAN.rglob("*.yaml"))
        if not path.name.startswith(".")
    }


@cache
def _neighbours() -> dict[str, list[str]]:
    """For each file those that define what it names, or name what it defines."""
    homes: dict[str, str] = {}
    for path, text in example().items():
        homes.update((name, path) for name in re.findall(r"\bname: ([a-z0-9-]+)", text))
    found: dict[str, set[str]] = {path: set() for path in example()}
    for path, text in example().items():
        for name in {*_NAME.findall(text)} & homes.keys():
            found[path].add(homes[name])
            found[homes[name]].add(path)
    return {path: sorted(others - {path}) for path, others in found.items()}


def small_model(random: Random) -> dict[str, str]:
    """Some files of the example that refer to each other; others that they need may be missing."""
    paths = [random.choice(sorted(example()))]
    for _ in range(random.randint(5, 24)):
        paths += random.sample(_neighbours()[random.choice(paths)] or paths, 1)
    return {path: example()[path] for path in dict.fromkeys(paths)}


def edit(random: Random, files: dict[str, str]) -> dict[str, str | None]:
    """What changes next: new texts by path, None for a file that goes."""
    path = random.choice(sorted(files)) if files else "new.yaml"
    text = files.get(path, "")
    match random.randrange(12):
        case 0:
            return {path: None}
        case 1:
            other = random.choice(_neighbours().get(path) or [*example()])
            return {other: example()[other]}
        case 2:
            moved = random.choice(["a.yaml", "m/n.yaml", "zz.yaml"])
            return {path: None, moved: text} if moved != path else {}
        case 3:
            return {path: text[: random.randrange(len(text) + 1)]}
        case 4 | 5:
            return {path: _renamed(random, text)}
        case 6:
            # A definition copied to another file, as one does to begin a new one.
            return {random.choice(["a.yaml", "zz.yaml"]): random.choice(text.split("\n---\n"))}
        case 7:
            documents = text.split("\n---\n")
            random.shuffle(documents)
            return {path: "\n---\n".join(documents)}
        case 8:
            return {path: re.sub(r"\d", str(random.randrange(10)), text, count=random.randrange(9))}
        case 9 if "\n" in text:
            lines = text.split("\n")
            first = random.randrange(len(lines))
            del lines[first : first + random.randrange(1, 4)]
            return {path: "\n".join(lines)}
        case 10:
            # Back to what it was.
            return {path: example().get(path, text)}
        case _:
            start = random.randrange(len(text) + 1)
            end = min(len(text), start + random.choice([0, 0, 1, 5, 40]))
            new = random.choice([*_ODD, text[start : start + 80], ""])
            return {path: text[:start] + new + text[end:]}


def _renamed(random: Random, text: str) -> str:
    """One name, where it is defined or referred to, is another one."""
    names = [*_NAME.finditer(text)]
    if not names:
        return text
    others = [match[0] for match in _NAME.finditer("\n".join(example().values()))]
    found = random.choice(names)
    new = random.choice([*random.sample(others, 3), found[0] + "x", found[0][:-1]])
    return text[: found.start()] + new + text[found.end() :]
