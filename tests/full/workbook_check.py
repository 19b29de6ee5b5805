"""Compares the sheets of a report's workbook, as LibreOffice reads them, with the result in JSON."""
import csv
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as xml
import zipfile

WORDS = {
    "en": {"sheet": "Municipalities", "code": "Code", "name": "Municipality", "job_seekers": "Job seekers",
           "nearest": "Minutes", "status": "Status", "choice": "choice", "limited": "limited", "none": "none"},
    "sv": {"sheet": "Kommuner", "code": "Kod", "name": "Kommun", "job_seekers": "Arbetssökande",
           "nearest": "Minuter", "status": "Status", "choice": "val", "limited": "begränsat", "none": "ingen"},
}


def sheet_names(workbook):
    with zipfile.ZipFile(workbook) as parts:
        root = xml.fromstring(parts.read("xl/workbook.xml"))
    return [element.get("name") for element in root.iter() if element.tag.endswith("}sheet")]


def rows_of(folder, workbook, sheet):
    path = folder / f"{workbook.stem}-{sheet}.csv"
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text):
    return float(text) if text else None


def nearest_minutes(municipality):
    nearest = municipality["nearest_inside"]
    return nearest["duration_s"] / 60 if nearest else None


def differences(row, expected, words):
    """What a row says otherwise than the result."""
    yield from (f"{row[words['code']]} {key}: {got} instead of {wanted}" for key, got, wanted in [
        ("name", row[words["name"]], expected["name"]),
        ("status", row[words["status"]], words[expected["status"]]),
        ("job seekers", number(row[words["job_seekers"]]), expected["job_seekers"]),
    ] if got != wanted)
    got, wanted = row[words["nearest"]], nearest_minutes(expected)
    is_time = got.replace(".", "", 1).isdigit()
    if is_time != (wanted is not None) or (is_time and not 0 <= float(got) - wanted < 0.1001):
        yield f"{row[words['code']]} minutes: {got} instead of {wanted}"


def main():
    workbook, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    with open(sys.argv[3], encoding="utf-8") as file:
        result = {m["code"]: m for m in json.load(file)["municipalities"]}
    words = WORDS[sys.argv[4]]
    missing = [name for name in sheet_names(workbook) if not (folder / f"{workbook.stem}-{name}.csv").exists()]
    assert not missing, f"LibreOffice has not opened the sheets {missing}"
    rows = rows_of(folder, workbook, words["sheet"])
    assert rows, "no municipalities"
    unknown = [row[words["code"]] for row in rows if row[words["code"]] not in result]
    assert not unknown, f"codes the result does not have: {unknown}"
    found = [text for row in rows for text in differences(row, result[row[words["code"]]], words)]
    assert not found, "\n".join(found)
    for path in folder.glob("*.csv"):
        errors = re.findall(r"#(?:N/A|NUM!|VALUE!|REF!|NAME\?|DIV/0!)|Err:\d+|\bnan\b", path.read_text(encoding="utf-8"))
        assert not errors, f"{path.name} has {errors}"
    print(f"{len(rows)} municipalities in {len(list(folder.glob('*.csv')))} sheets are as the result has them")


main()
