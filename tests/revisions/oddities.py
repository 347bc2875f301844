"""What repositories can have that others have not; each of it may be joined with the others."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from random import Random

from tests.revisions.repository import Repository

PARENT = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {name: sell, title: Sales, description: The ability to sell.}
spec: {level: 1}
"""
CHILD = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {name: order, title: "no", description: The ability to take orders.}
spec: {level: 2, parent: sell}
"""
LOST = CHILD.replace("order,", "lost,").replace("sell}", "gone}")
FILES = {"core/a.yaml": PARENT, "shop/b.yaml": CHILD, "shop/c.yaml": LOST}

Oddity = Callable[[Repository, Random], None]

NAMES = (
    *("x blob.yaml", "ä.yaml", "a\u0308.yaml", "a\tb.yaml", 'q".yaml', "-x.yaml", ":(top)x.yaml"),
    *("a\nb.yaml", "\udcff\udcfe.yaml", "日本/語.yaml", "c*d.yaml", "e[f].yaml", "g\\h.yaml"),
    *("C.yaml", "Shop.yaml", "ß.yaml", "\u1e9e.yaml", "i\u0307.yaml", "x" * 200 + ".yaml", "~.yml"),
    *("#.yaml", "!n.yaml", "HEAD.yaml", "100644.yaml", "CON.yaml", "a..b.yaml", "$(x).yaml"),
)


def named(name: str) -> str:
    """A definition with something wrong in it."""
    return LOST.replace("lost,", f"{name},")


def odd_names(repository: Repository, random: Random) -> None:
    """Names that are quoted, in other alphabets, of other composition, or no UTF-8 at all."""
    for number, name in enumerate(random.sample(NAMES, 6)):
        repository.commit({f"shop/{name}": named(f"n{number}")})


def case(repository: Repository, random: Random) -> None:
    """Names that differ in nothing but case, and folders as well."""
    repository.commit({"shop/d.yaml": named("d1"), "shop/D.yaml": named("d2")})
    repository.commit({"SHOP/b.yaml": named("d3"), "Core/A.YAML": named("d4")})


def links(repository: Repository, random: Random) -> None:
    """To a file, to a folder, out of the repository, to nothing, to itself."""
    outside = repository.folder.parent / "outside.yaml"
    outside.write_text(named("more"))
    targets = {
        "link-file.yaml": "shop/c.yaml",
        "link-folder": "shop",
        "link-out.yaml": "../outside.yaml",
        "link-nothing.yaml": "nowhere.yaml",
        "link-self.yaml": "link-self.yaml",
        "shop/link-up.yaml": "../core/a.yaml",
    }
    for name in random.sample([*targets], 4):
        (repository.folder / name).symlink_to(targets[name])
    repository.commit()


def links_as_files(repository: Repository, random: Random) -> None:
    """As on systems that have none."""
    links(repository, random)
    repository.git("config", "core.symlinks", "false")
    for path in repository.folder.rglob("link*"):
        path.unlink()
    repository.git("checkout", "-q", "--", ".")


def sparse(repository: Repository, random: Random) -> None:
    """A part of the files is not there; the index may name folders only."""
    how = random.choice(((), ("--no-cone",), ("--cone", "--sparse-index")))
    repository.git("sparse-checkout", "set", *how, "shop")


def line_ends(repository: Repository, random: Random) -> None:
    """Other line ends in the work tree than in the repository, or in both."""
    attributes = random.choice(("* text=auto eol=crlf\n", "*.yaml text eol=crlf\n", "* text\n", ""))
    if random.random() < 0.5:
        repository.git("config", "core.autocrlf", random.choice(("true", "input")))
    repository.commit({".gitattributes": attributes, "shop/ends.yaml": named("ends")})
    (repository.folder / "shop/raw.yaml").write_bytes(named("raw").replace("\n", "\r\n").encode())
    repository.commit()
    _check_out_again(repository)


def filters(repository: Repository, random: Random) -> None:
    """What is in the work tree is another text than what is kept."""
    python = f'"{sys.executable}" -c "import sys; sys.stdout.write(sys.stdin.read().replace(%s))"'
    repository.git("config", "filter.odd.smudge", python % "'Hidden', 'Orders'")
    repository.git("config", "filter.odd.clean", python % "'Orders', 'Hidden'")
    attribute = random.choice(("filter=odd", "working-tree-encoding=UTF-16", "ident"))
    text = named("filtered").replace("take orders", "take Orders $Id$").replace('"no"', "Orders")
    repository.commit({".gitattributes": f"shop/f*.yaml {attribute}\n"})
    path = repository.folder / "shop/filtered.yaml"
    encoding = "utf-16" if "UTF-16" in attribute else "utf-8"
    path.write_text(text, encoding)
    repository.commit()
    _check_out_again(repository)


def nested(repository: Repository, random: Random) -> None:
    """A workspace below, and one below that."""
    repository.commit({"nested/.bizalign.yaml": "", "nested/n.yaml": named("n")})
    repository.commit({"nested/deep/.bizalign.yaml": "", "nested/deep/m.yaml": named("m")})


def submodule(repository: Repository, random: Random) -> None:
    """A repository in the repository, with a model."""
    other = Repository(repository.folder.parent / "other", repository.form)
    other.commit({"s.yaml": named("sub")})
    if random.random() < 0.5:
        (other.folder / ".bizalign.yaml").unlink()
    other.commit()
    allow = ("-c", "protocol.file.allow=always")
    repository.git(*allow, "submodule", "add", "-q", "../other", "sub")
    repository.commit()


def embedded(repository: Repository, random: Random) -> None:
    """The same, without being told of."""
    other = Repository(repository.folder / "embedded", repository.form)
    other.commit({"e.yaml": named("e")})
    if random.random() < 0.5:
        repository.commit()


def ignored(repository: Repository, random: Random) -> None:
    """What is ignored, some of which is tracked nevertheless."""
    repository.write({".gitignore": "drafts/\n*.tmp.yaml\n", "drafts/d.yaml": named("draft")})
    repository.write({"drafts/kept.yaml": named("kept"), "a.tmp.yaml": named("tmp")})
    repository.git("add", "-f", "drafts/kept.yaml")
    repository.commit()


def configuration(repository: Repository, random: Random) -> None:
    """What people, and tools, set."""
    for key, value in random.sample(SETTINGS, 8):
        repository.git("config", key, value)


SETTINGS = (
    ("diff.relative", "true"),
    ("core.quotePath", "true"),
    ("status.relativePaths", "false"),
    ("status.showUntrackedFiles", "no"),
    ("core.ignoreCase", "true"),
    ("core.precomposeUnicode", "true"),
    ("core.protectNTFS", "true"),
    ("core.fileMode", "false"),
    ("core.trustctime", "false"),
    ("core.untrackedCache", "true"),
    ("core.splitIndex", "true"),
    ("core.commitGraph", "false"),
    ("core.abbrev", "4"),
    ("index.version", "4"),
    ("feature.manyFiles", "true"),
    ("log.showSignature", "true"),
    ("log.follow", "true"),
    ("log.date", "relative"),
    ("diff.noprefix", "true"),
    ("diff.renames", "copies"),
    ("diff.external", "false"),
    ("diff.ignoreSubmodules", "all"),
    ("core.fsmonitor", "true"),
    ("core.pager", "false"),
    ("color.ui", "always"),
    ("column.ui", "always"),
    ("i18n.logOutputEncoding", "UTF-16"),
    ("grep.lineNumber", "true"),
    ("submodule.recurse", "true"),
    ("help.autocorrect", "1"),
)


def flags(repository: Repository, random: Random) -> None:
    """Files that git is told not to look at."""
    flag = random.choice(("--assume-unchanged", "--skip-worktree"))
    repository.git("update-index", flag, "shop/b.yaml")


def packed(repository: Repository, random: Random) -> None:
    """Objects and branches in packs, and a detached head."""
    repository.git("gc", "-q")
    repository.git("checkout", "-q", "--detach")


def worktree(repository: Repository, random: Random) -> None:
    """Another work tree of the same repository; it is where the check is."""
    folder = random.choice(("../tree", "trees/one"))
    repository.git("worktree", "add", "-q", "--detach", folder)
    os.chdir(repository.folder / folder)


def part(repository: Repository, random: Random) -> None:
    """A workspace that is a part of the repository."""
    repository.commit({"shop/.bizalign.yaml": "asOf: 2026-06-30\n"})
    os.chdir("shop")


def _check_out_again(repository: Repository) -> None:
    """What git would write into a new work tree."""
    for path in repository.git("ls-files", "-z", "*.yaml").split("\0"):
        if path:
            (repository.folder / path).unlink()
    repository.git("checkout", "-q", "--", ".")


BEFORE: Mapping[str, Oddity] = {
    "odd names": odd_names,
    "case": case,
    "links": links,
    "links as files": links_as_files,
    "line ends": line_ends,
    "filters": filters,
    "nested": nested,
    "submodule": submodule,
    "embedded": embedded,
    "ignored": ignored,
}
"""What is committed."""
AFTER: Mapping[str, Oddity] = {
    "configuration": configuration,
    "flags": flags,
    "packed": packed,
    "sparse": sparse,
}
"""How the repository is used."""
WHERE: Mapping[str, Oddity] = {"worktree": worktree, "part": part}
"""From where."""


def joined(random: Random) -> list[str]:
    """Up to three of the first, two of the others and one of the last, in an order that works."""
    chosen = random.sample([*BEFORE], random.randint(0, 3))
    if {"links", "links as files"} <= {*chosen}:
        chosen.remove("links")
    chosen += random.sample([*AFTER], random.randint(0, 2))
    if random.random() < 0.3:
        chosen.append(random.choice([*WHERE]))
    return chosen


ODDITIES: Mapping[str, Oddity] = {**BEFORE, **AFTER, **WHERE}
