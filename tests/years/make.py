"""Writes the years of workbooks and their `truth.json`: python3 tests/years/make.py (openpyxl, xlwt, odfpy).

Everything in them is made up. A `truth.json` keeps its list of `pending` books: those that do not go in yet.
"""

import json
import pathlib
import sys

sys.dont_write_bytecode = True

from make import borough, chamber, coast, county, given, incubator, park, works, zone

HERE = pathlib.Path(__file__).parent


def merge(state, brings):
    """Adds what a book brings to what stood before it."""
    for name in brings.get("industries", []):
        if name not in state["industries"]:
            state["industries"].append(name)
    for key, new in brings.get("enterprises", {}).items():
        old = state["enterprises"].setdefault(key, {})
        for field, value in new.items():
            if field in ("candidacies", "memberships"):
                for entry in value:
                    same = [it for it in old.setdefault(field, []) if it["edition"] == entry["edition"]]
                    same[0].update(entry) if same else old[field].append(dict(entry))
            elif isinstance(value, list):
                old.setdefault(field, []).extend(value)
            elif field == "indicators":
                for period, figures in value.items():
                    old.setdefault(field, {}).setdefault(period, {}).update(figures)
            else:
                old[field] = value
    for new in brings.get("activities", []):
        same = [it for it in state["activities"] if (it["title"], it["date"]) == (new["title"], new["date"])]
        same[0].update(new) if same else state["activities"].append(dict(new))


def write(name, year):
    """The books of a year and its truth."""
    folder = HERE / name
    folder.mkdir(exist_ok=True)
    books = year.books()
    for book in books:
        book.write(folder)
    put(folder, year, {"books": [book.truth() for book in books]})


def divide():
    """Says of each of the given books what it brings; together that is what the truth says of the year."""
    folder = HERE / "given"
    truth = json.loads((folder / "truth.json").read_text())
    brings = given.brings(truth)
    state = {"industries": [], "enterprises": {}, "activities": []}
    for book in truth["books"]:
        book["brings"] = brings[book["file"][:2]]
        merge(state, book["brings"])
    for part in ("enterprises", "activities"):
        assert sorted(map(plain, items(state[part]))) == sorted(map(plain, items(truth[part]))), part
    put(folder, given, {key: truth[key] for key in ("books", "enterprises", "activities")})


def items(part):
    return part.items() if isinstance(part, dict) else part


def plain(it):
    """An item as a text, entries of a list in any order."""
    if isinstance(it, dict):
        return json.dumps({key: plain(value) for key, value in it.items()}, sort_keys=True)
    return json.dumps(sorted(map(plain, it)) if isinstance(it, (list, tuple)) else it)


def put(folder, year, truth):
    path = folder / "truth.json"
    old = json.loads(path.read_text()) if path.exists() else {}
    truth = {"today": year.TODAY, "setup": year.SETUP, "pending": old.get("pending", [])} | truth
    path.write_text(written(truth))


def written(truth):
    """As JSON, a book, an enterprise and an activity a line."""
    lines = []
    for key, value in truth.items():
        if value and isinstance(value, (list, dict)):
            named = value.items() if isinstance(value, dict) else [(None, it) for it in value]
            inner = [(f"{short(name)}: " if name else "") + short(it) for name, it in named]
            around = "{}" if isinstance(value, dict) else "[]"
            value = around[0] + "\n  " + ",\n  ".join(inner) + "\n " + around[1]
        else:
            value = short(value)
        lines.append(f" {short(key)}: {value}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def short(it):
    return json.dumps(it, ensure_ascii=False)


if __name__ == "__main__":
    divide()
    write("borough", borough)
    write("chamber", chamber)
    write("coast", coast)
    write("county", county)
    write("incubator", incubator)
    write("park", park)
    write("works", works)
    write("zone", zone)
