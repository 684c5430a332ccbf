"""Files that a command is to write: looked at before any work is done."""

from pathlib import Path

import click


def check_output(out: Path, option: str, *read: Path) -> None:
    """Refuse a file that could not be written in the end, or that is itself read.

    Args:
        out: the file that is to be written; it is left as it was.
        option: what it is named with.
        read: the files that the command reads.

    Raises:
        click.ClickException: it is one of those that are read, or cannot be written.
    """
    refuse_source(out, option, *read)
    target = out.resolve()
    try:
        is_new = not target.exists()
        target.open("a").close()
        if is_new:
            target.unlink()
    except OSError as error:
        text = f"{out} cannot be written: {error.strerror}. Name another file with {option}."
        raise click.ClickException(text) from error


def refuse_source(out: Path, option: str, *read: Path) -> None:
    """Refuse to write over a file that is read.

    Raises:
        click.ClickException: it is one of those that are read, maybe by another name.
    """
    for source in read:
        try:
            is_same = out.samefile(source)
        except OSError:
            continue  # one of the two is not there: that is told by who opens it
        if is_same:
            text = f"{out} is the file that is read; name another one with {option}."
            raise click.ClickException(text)
