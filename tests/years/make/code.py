"""Registry codes that belong to nobody: `DEM` begins their organisation part."""

DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
INNER_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]


def code(division, number):
    """The code with the organisation number `DEM` and five digits (GB 11714, GB 32100-2015)."""
    inner = f"DEM{number:05}"
    total = sum(int(char, 36) * weight for char, weight in zip(inner, INNER_WEIGHTS))
    inner += {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))
    whole = f"91{division}{inner}"
    total = sum(DIGITS.index(char) * weight for char, weight in zip(whole, WEIGHTS))
    return whole + DIGITS[-total % 31]
