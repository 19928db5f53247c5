"""The rows of the file that a Job names: those below its header in batches, its header, and what stands above."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from importers import sheet as sheets
from importers.sheet import Batch
from merchant_cli.intake import unpack
from merchant_cli.intake.job import Job


def first_rows(job: Job) -> list[list[str]]:
    """The first rows of a workbook's sheet, header and all above it; empty for a text file."""
    return [] if job.form is not None else next(unpack.batches(Path(job.path), None))[1]


def batches(job: Job, marked: set[int]) -> Iterator[Batch]:
    """The rows below the header, in batches; a workbook's cells without a value are marked in these columns."""
    for batch in sheets.text_batches(Path(job.path), job.form) if job.form is not None else _of_sheet(job, marked):
        if batch.lines and batch.lines[0] <= job.header_line:
            skip = sum(1 for line in batch.lines if line <= job.header_line)
            batch = Batch(batch.lines[skip:], batch.rows[skip:], batch.broken)
        yield batch


def _of_sheet(job: Job, marked: set[int]) -> Iterator[Batch]:
    for number, rows in unpack.batches(Path(job.path), job.odd, marked):
        yield Batch(list(range(number, number + len(rows))), rows, [])


def whole_rows(job: Job, marked: set[int], width: int) -> Iterator[list[str]]:
    """The rows below the header once more, those that have at least `width` cells."""
    for batch in batches(job, marked):
        yield from (row for row in batch.rows if len(row) >= width)


def header_of(job: Job, rows: list[list[str]]) -> list[str]:
    """The cells of the header row."""
    if job.form is None:
        return rows[job.header_line - 1]
    for batch in sheets.text_batches(Path(job.path), job.form, batch=64):
        if job.header_line in batch.lines:
            return batch.rows[batch.lines.index(job.header_line)]
    raise sheets.Unreadable("no-header")


def above_header(job: Job, rows: list[list[str]]) -> tuple[str, ...]:
    """The texts of the rows above the header, such as a report's name and period."""
    if job.form is not None:
        first = next(sheets.text_batches(Path(job.path), job.form, batch=job.header_line))
        rows = first.rows[: sum(line < job.header_line for line in first.lines)]
    return tuple(" ".join(filter(str.strip, row)) for row in rows[: job.header_line - 1])


def alone(row: list[str]) -> bool:
    """Whether a row has one filled cell: `#导出信息：共 20 条` below the rows of a table."""
    return sum(1 for cell in row if cell.strip()) == 1
