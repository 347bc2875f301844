"""Choices that are the same in every run and on every Python: made of the text they are for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from zlib import crc32

T = TypeVar("T")


def number(key: str, below: int) -> int:
    """A number from 0 on."""
    return crc32(key.encode()) % below


def pick(key: str, options: Sequence[T]) -> T:
    """One of some options."""
    return options[number(key, len(options))]


def picks(key: str, options: Sequence[T], count: int) -> list[T]:
    """Some of the options, in their order."""
    ranked = sorted(range(len(options)), key=lambda i: (crc32(f"{key}#{i}".encode()), i))
    return [options[i] for i in sorted(ranked[:count])]


def split(total: int, weights: Sequence[int]) -> list[int]:
    """A total in parts that add up to it again."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    parts[0] += total - sum(parts)
    return parts
