#!/usr/bin/env python3
"""Makes the synthetic supplier market: suppliers.csv, offices.csv and contracts.csv.

Only needed to make the tables anew (they are kept beside this file); nothing random, so equal input gives
equal tables. Calibrated to published totals: 224 suppliers, 925 contracts, and 16 of 290 municipalities
without an office, with 0.46 % of the country's registered unemployed (published: 1 665 of 360 335).

A contract is for one of the 72 areas of plan fa2005. How many an area has grows with its job seekers; a few
suppliers are everywhere, most are in one or a few areas around their home.
"""
import csv
import hashlib
import math

SUPPLIERS, CONTRACTS = 224, 925
SERVICE = "matching"
WITHOUT_OFFICE = """Arjeplog Bjurholm Boxholm Dals-Ed Dorotea Essunga Grästorp Malå Norsjö Ragunda
    Robertsfors Skinnskatteberg Storfors Ydre Öckerö Övertorneå""".split()
GROWTH = 0.62        # contracts per area grow as job seekers to this power
FEWEST = 2           # contracts in an area that has any
LARGEST = 2.5        # areas of the k-th largest supplier fall as 1 / (k + this)
FULL_COVER = 9000    # job seekers in a municipality that would draw an office of every supplier of the area


def rows(name):
    with open(name, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write(name, header, lines):
    with open(name, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(header)
        table.writerows(lines)


def share(weights, total, fewest):
    """Whole numbers of at least `fewest` that add up to total, as near to the weights as can be."""
    keys = sorted(weights, key=lambda k: (-weights[k], k))
    rest = total - fewest * len(keys)
    exact = {k: rest * weights[k] / sum(weights.values()) for k in keys}
    whole = {k: int(exact[k]) for k in keys}
    missing = rest - sum(whole.values())
    for k in sorted(keys, key=lambda k: (whole[k] - exact[k], k))[:missing]:
        whole[k] += 1
    return {k: whole[k] + fewest for k in keys}


def draw(*names):
    """A number in [0, 1) that depends on nothing but the names."""
    return int(hashlib.sha256("/".join(names).encode()).hexdigest()[:8], 16) / 2**32


def distance_km(a, b):
    x = math.radians(float(b["seat_lon"]) - float(a["seat_lon"])) * math.cos(
        math.radians((float(a["seat_lat"]) + float(b["seat_lat"])) / 2))
    y = math.radians(float(b["seat_lat"]) - float(a["seat_lat"]))
    return 6371 * math.hypot(x, y)


municipalities = {r["code"]: r for r in rows("municipalities.csv")}
job_seekers = {c: int(r["registered_unemployed_2022_12"]) for c, r in municipalities.items()}
open_codes = {c for c, r in municipalities.items() if r["name"] not in WITHOUT_OFFICE}

members = {}
for r in rows("fa2005.csv"):
    if r["municipality_code"] in open_codes:
        members.setdefault(r["region_name"], []).append(r["municipality_code"])
main = {a: max(cs, key=lambda c: (job_seekers[c], c)) for a, cs in members.items()}
room = share({a: sum(job_seekers[c] for c in cs) ** GROWTH for a, cs in members.items()}, CONTRACTS, FEWEST)

sizes = share({s: 1 / (s + LARGEST) for s in range(SUPPLIERS)}, CONTRACTS, 1)
suppliers = [f"S{s + 1:03d}" for s in range(SUPPLIERS)]
contracts = []
for s in range(SUPPLIERS):
    home = max(room, key=lambda a: (room[a], a))
    near = sorted((a for a in room if room[a] > 0),
                  key=lambda a: (distance_km(municipalities[main[home]], municipalities[main[a]]), a))
    for area in near[:sizes[s]]:
        room[area] -= 1
        contracts.append((suppliers[s], area))
assert len(contracts) == CONTRACTS and not any(room.values())

offices = set()
for supplier, area in contracts:
    offices.add((supplier, main[area]))
    for code in members[area]:
        if draw(supplier, code) < min(0.5, job_seekers[code] / FULL_COVER):
            offices.add((supplier, code))
for area, codes in members.items():
    present = sorted(s for s, a in contracts if a == area)
    for code in codes:
        if not any(c == code for _, c in offices):
            offices.add((present[int(draw(area, code) * len(present))], code))

write("suppliers.csv", ["id", "name"], [(s, f"Leverantör {s[1:]}") for s in suppliers])
write("offices.csv", ["supplier_id", "municipality_code"], sorted(offices))
write("contracts.csv", ["supplier_id", "plan", "area_name", "service", "from", "to", "status"],
      [(s, "fa2005", a, SERVICE, "2023-04-01", "", "active") for s, a in sorted(contracts)])
