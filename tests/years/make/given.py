"""The given year's books stand in `given/` as they are; its `truth.json` says what all of them bring together.

What each of them brings follows from the kind of its rows.
"""

SETUP = ["edition add id=1 name=第一期 opened=2023-03-16", "edition add id=2 name=第二期"]
TODAY = "2024-06-30"

BASICS = ["name", "industry", "town", "founded", "registered_capital", "contact", "phone", "note"]
LEFT = ("left", "outcome", "reason")


def entries(truth, list, which):
    """The entries of a list that a book brings, by enterprise."""
    chosen = {key: [it for it in map(which, one.get(list, [])) if it] for key, one in truth["enterprises"].items()}
    return {"enterprises": {key: {list: found} for key, found in chosen.items() if found}}


def figures(truth, period, which=lambda one: True):
    return {"enterprises": {
        key: {"indicators": {it: value for it, value in one["indicators"].items() if it in period}}
        for key, one in truth["enterprises"].items()
        if which(one) and any(it in period for it in one.get("indicators", {}))}}


def only(it, wanted):
    return it if wanted else None


def brings(truth):
    """What each book brings, by the number its name begins with."""
    firms, activities = truth["enterprises"], truth["activities"]
    basics = {key: {field: one[field] for field in BASICS if field in one} for key, one in firms.items()}
    formed = [key for key, one in firms.items() if "memberships" not in one and "candidacies" not in one]
    visits = [it for it in activities if it["title"] == "走访"]
    planned = [it for it in activities if it["title"] != "走访"]
    members = ("edition", "modules")
    return {
        "16": {"industries": sorted({one["industry"] for one in firms.values() if "industry" in one})},
        "01": {"enterprises": {key: it for key, it in basics.items() if key not in formed}},
        "18": {"enterprises": {key: basics[key] | {"indicators": firms[key]["indicators"]} for key in formed}},
        "02": entries(truth, "candidacies", lambda it: it),
        "03": entries(truth, "memberships", lambda it: only({key: it[key] for key in members}, it["edition"] == "1")),
        "04": {"activities": [it | {"present": {}} for it in planned]},
        "05": {"activities": [{key: it[key] for key in ("title", "date", "present")} for it in planned if it["present"]]},
        "06": {"activities": visits},
        "07": entries(truth, "needs", lambda it: it),
        "08": entries(truth, "projects", lambda it: it),
        "09": entries(truth, "recognitions", lambda it: only(it, it.keys() != {"title"})),
        "10": entries(truth, "recognitions", lambda it: only(it, it.keys() == {"title"})),
        "11": figures(truth, ["2021", "2022"], lambda one: "memberships" in one),
        "12": figures(truth, ["2023-H1"]),
        "13": entries(truth, "platforms", lambda it: it),
        "14": entries(truth, "memberships", lambda it: only(it, it["edition"] == "2")),
        "15": entries(truth, "memberships",
                      lambda it: only({key: value for key, value in it.items() if key in ("edition", *LEFT)}, "left" in it)),
        "17": figures(truth, ["2023"]),
    }
