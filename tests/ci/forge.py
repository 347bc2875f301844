"""A repository on a server, and the ways in which a job checks it out."""

from __future__ import annotations

from pathlib import Path

from tests.revisions.repository import Repository

CAPABILITY = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {name: pricing, owner: sales}
spec: {}
"""
TEAM = """\
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: sales, owner: sales}
spec: {}
"""
CONFIG = "select: [MOD109]\nasOf: 2026-06-30\n"
"""One rule: that what is referred to is there."""

BROKEN = TEAM.replace("sales", "marketing")
"""The team's file after a change that breaks the capability's."""

OLD = CAPABILITY.replace("pricing", "billing").replace("owner: sales", "owner: nobody")
"""A capability that was wrong before anybody's change."""


def old(name: str) -> str:
    """One like it, wrong by a cause of its own, so that no finding is an occurrence of another."""
    return OLD.replace("billing", name).replace("nobody", f"nobody-of-{name}")


class Forge:
    """A server's repository with a branch main, and one pull request."""

    def __init__(self, folder: Path, files: dict[str, str]) -> None:
        self.folder = folder
        self.server = Repository(folder / "server")
        self.base = self.server.commit(files)

    def propose(self, files: dict[str, str], after: dict[str, str] | None = None) -> str:
        """Open a pull request from a branch, main going on with other files; returns its head."""
        self.server.git("checkout", "-q", "-b", "change")
        head = self.server.commit(files)
        self.server.git("checkout", "-q", "main")
        if after:
            self.server.commit(after)
        self.server.git("checkout", "-q", "--detach", "main")
        self.server.git("merge", "-q", "--no-ff", "-m", "Merge", "change")
        self.server.git("update-ref", "refs/pull/1/merge", "HEAD")
        self.server.git("checkout", "-q", "main")
        return head

    def check_out(self, ref: str, depth: int) -> Path:
        """A work tree of a ref, made as actions/checkout does; depth 0 is everything."""
        work = Repository(self.folder / f"work-{depth}")
        (work.folder / ".bizalign.yaml").unlink()
        # A path would be copied whole, whatever the depth.
        work.git("remote", "add", "origin", f"file://{self.server.folder}")
        every = () if depth else ("+refs/heads/*:refs/remotes/origin/*",)
        limit = (f"--depth={depth}",) if depth else ()
        work.git("fetch", "-q", *limit, "origin", *every, f"+{ref}:refs/remotes/job")
        work.git("checkout", "-q", "--detach", "refs/remotes/job")
        return work.folder
