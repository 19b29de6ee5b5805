"""Opens the project in an exported GeoPackage in QGIS, checks it, and prints its layouts.

usage: qgis_project.py LAYERS.gpkg FOLDER [en|sv] [LAYOUT …]

Groups, layers, map themes, labels and styles must be there; every layout must export, to PDF and as PNG (LAYOUTs:
only those whose name holds one of the words), and show the colours of its theme.
"""

import os
import sys

from qgis.core import (QgsApplication, QgsLayoutExporter, QgsLayoutItemLabel, QgsLayoutItemLegend,
                       QgsLayoutItemMap, QgsLayoutItemScaleBar, QgsProject)
from qgis.PyQt.QtGui import QImage

GROUPS = {"en": ["Plan and suppliers", "Background", "Result", "Tables"],
          "sv": ["Plan och leverantörer", "Bakgrund", "Resultat", "Tabeller"]}
# Themes, the layer and the style they show
THEMES = {
    "en": {"Who has a choice of suppliers": ("municipalities", "Status"),
           "Minutes to the nearest supplier": ("municipalities", "Minutes"),
           "Minutes to the second supplier": ("municipalities", "Minutes to second"),
           "Where suppliers have established": ("areas", "Offices"),
           "Delivery areas against regions": ("municipalities", "Alignment"),
           "Where to deliver in-house": ("municipalities", "In-house need")},
    "sv": {"Var det går att välja leverantör": ("municipalities", "Status")},
}

failures = []


def check(condition, what):
    if not condition:
        failures.append(what)
        print("FAIL:", what)


def check_layers(project, package):
    layers = project.mapLayers()
    check(len(layers) >= 11, f"the project has {len(layers)} layers")
    for name, layer in layers.items():
        check(layer.isValid(), f"{name} is valid")
        check(os.path.realpath(layer.source().split("|")[0]) == os.path.realpath(package),
              f"{name} lies in the file itself, not {layer.source()}")
        check(bool(layer.attributeAlias(1)), f"{name} has aliases")
    municipalities = layers.get("omland_municipalities")
    check(municipalities is not None, "municipalities are in the project")
    check(municipalities.labelsEnabled(), "municipalities have labels")
    check(municipalities.renderer().type() == "categorizedSymbol", "municipalities are drawn by their status")
    setup = municipalities.editorWidgetSetup(municipalities.fields().lookupField("cause"))
    check(setup.type() == "ValueMap", f"causes have a value map, not {setup.type()!r}")
    return layers


def check_themes(project, layers, language):
    themes = project.mapThemeCollection()
    for theme, (layer, style) in THEMES[language].items():
        check(themes.hasMapTheme(theme), f"there is a theme {theme!r}: {themes.mapThemes()}")
        if not themes.hasMapTheme(theme):
            continue
        shown = {record.layer().id(): record.currentStyle for record in themes.mapThemeState(theme).layerRecords()
                 if record.layer()}
        check(shown.get(f"omland_{layer}") == style, f"{theme} shows {layer} in {style}: {shown}")
        styles = layers[f"omland_{layer}"].styleManager().styles()
        check(style in styles, f"{layer} has the style {style}: {styles}")
        check("omland_areas" in shown, f"{theme} shows the areas")


def check_items(layout):
    kinds = {kind: [item for item in layout.items() if isinstance(item, kind)]
             for kind in (QgsLayoutItemMap, QgsLayoutItemLegend, QgsLayoutItemScaleBar, QgsLayoutItemLabel)}
    for kind, items in kinds.items():
        check(items, f"{layout.name()} has a {kind.__name__}")
    page = layout.pageCollection().page(0).pageSize()
    for item in layout.items():
        if isinstance(item, tuple(kinds)):
            inside = item.pos().x() >= 0 and item.pos().y() >= 0 and \
                item.pos().x() + item.rect().width() <= page.width() + 0.1 and \
                item.pos().y() + item.rect().height() <= page.height() + 0.1
            check(inside, f"{layout.name()}: {type(item).__name__} stays on the page")
    texts = " ".join(label.text() for label in kinds[QgsLayoutItemLabel])
    check("synthetic" in texts or "påhittat" in texts, f"{layout.name()} has the notice: {texts}")
    for legend in kinds[QgsLayoutItemLegend]:
        check(legend.linkedMap() is not None, f"{layout.name()}: the legend belongs to the map")


def colours(path):
    image = QImage(path)
    return len({image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)})


def check_layouts(project, folder, words, n_themes):
    layouts = project.layoutManager().printLayouts()
    check(len(layouts) == 2 * n_themes, f"there are two layouts for each theme: {[l.name() for l in layouts]}")
    for number, layout in enumerate(sorted(layouts, key=lambda l: l.name())):
        check_items(layout)
        if words and not any(word in layout.name() for word in words):
            continue
        exporter = QgsLayoutExporter(layout)
        path = os.path.join(folder, f"layout{number}")
        image, pdf = QgsLayoutExporter.ImageExportSettings(), QgsLayoutExporter.PdfExportSettings()
        image.dpi = 100
        image.generateWorldFile = False
        check(exporter.exportToImage(path + ".png", image) == QgsLayoutExporter.Success, f"{layout.name()} as PNG")
        check(exporter.exportToPdf(path + ".pdf", pdf) == QgsLayoutExporter.Success, f"{layout.name()} as PDF")
        check(colours(path + ".png") > 8, f"{layout.name()} shows something")
        print(layout.name(), path)


def main():
    package, folder = sys.argv[1:3]
    language = sys.argv[3] if len(sys.argv) > 3 else "en"
    QgsApplication.setPrefixPath("/usr", True)
    application = QgsApplication([], False)
    application.initQgis()
    project = QgsProject.instance()
    check(project.read(f"geopackage:{package}?projectName=omland"), f"the project opens: {project.error()}")
    check(project.crs().authid() == "EPSG:3006", f"the project is in {project.crs().authid()}")
    groups = [group.name() for group in project.layerTreeRoot().children()]
    check(groups == GROUPS[language], f"groups: {groups}")
    layers = check_layers(project, package)
    check_themes(project, layers, language)
    check_layouts(project, folder, sys.argv[4:], len(project.mapThemeCollection().mapThemes()))
    check(bool(project.metadata().history()), "the project says what it was made of")
    print("failures:", len(failures))
    sys.stdout.flush()
    os._exit(1 if failures else 0)


if __name__ == "__main__":
    main()
