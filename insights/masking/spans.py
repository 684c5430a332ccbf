"""Places in a text: where something starts and ends."""

HIDDEN = "•"
"""What stands for one sign that was found; no rule looks for it or past it."""


def joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Put places in order, those that overlap or touch made one.

    Args:
        spans: where each starts and ends.

    Returns:
        The same places; none overlaps another.

    References:
        The union of intervals, by sweeping their sorted starts.

    Example:
        >>> joined([(8, 9), (0, 3), (2, 5)])
        [(0, 5), (8, 9)]
    """
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def replaced(text: str, spans: list[tuple[int, int]], mask: str = "") -> str:
    """Put a mask in each place, or blot it out sign by sign so that the text stays as long.

    Args:
        text: what somebody wrote.
        spans: where each place starts and ends, in order; none overlaps another.
        mask: what to put there; none blots out.

    Returns:
        The text with those places hidden.

    References:
        Unicode, U+2022: the bullet.

    Example:
        >>> replaced("Dag Wilma!", [(4, 9)], "..."), replaced("Dag Wilma!", [(4, 9)])
        ('Dag ...!', 'Dag •••••!')
    """
    parts, place = [], 0
    for start, end in spans:
        parts += [text[place:start], mask or HIDDEN * (end - start)]
        place = end
    return "".join([*parts, text[place:]])
