"""Opens an exported GeoPackage in QGIS as a user would, checks it, and renders it to a PNG.

usage: qgis_open.py LAYERS.gpkg OUT.png [en|sv] [LAYER …]

Every layer must be valid, in the expected CRS, and carry the default style: its renderer, its legend, its aliases
and, from the file's value domains, its value maps. Every other style must apply too, and have a class for every
feature. LAYERs to draw are named from top to bottom; without them, all but the reference regions and lines.
"""

import os
import sys

from qgis.core import (QgsApplication, QgsMapRendererParallelJob, QgsMapSettings, QgsRenderContext,
                       QgsVectorLayer)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtXml import QDomDocument

# layer: renderer, its attribute, labels, a column and its alias in English and Swedish
EXPECTED = {
    "offices": ("categorizedSymbol", "active", True, "supplier", "Supplier", "Leverantör"),
    "reach_lines": ("categorizedSymbol", "reach", True, "minutes", "Minutes", "Minuter"),
    "fa_regions": ("singleSymbol", None, False, "areas", "Delivery areas it lies in",
                   "Leveransområden den ligger i"),
    "areas": ("singleSymbol", None, True, "name", "Delivery area", "Leveransområde"),
    "gaps": ("categorizedSymbol", "need", True, "need", "In-house need", "Behov av egen regi"),
    "municipalities": ("categorizedSymbol", "status", True, "status", "Status", "Status"),
    "sites": ("singleSymbol", None, True, "longest_min", "Longest way to it", "Längsta vägen dit"),
    "site_lines": ("singleSymbol", None, True, "minutes", "Minutes", "Minuter"),
}
# layer: its styles in English and Swedish
STYLES = {
    "municipalities": ("Status", "Minutes", "Minutes to second", "Alignment", "In-house need",
                       "Status", "Minuter", "Minuter till andra", "Regionföljsamhet", "Egen regi"),
    "areas": ("Outline", "Verdict", "Offices", "Gräns", "Omdöme", "Kontor"),
}
# layer, column, value: its text in English and Swedish
CODED = {
    ("municipalities", "status", "choice"): ("Choice", "Val"),
    ("municipalities", "cause", "border"): ("The area's border", "Områdesgränsen"),
    ("areas", "reach_verdict", "fail"): ("Fails", "Bryter"),
    ("gaps", "need", "local"): ("Local", "Lokalt"),
}
DRAWN = ["areas", "offices", "gaps", "municipalities"]
WIDTH = 1000

failures = []


def check(condition, what):
    if not condition:
        failures.append(what)
        print("FAIL:", what)


def check_renderer(layer, what):
    """Every feature has a symbol, and every symbol a size or a colour."""
    renderer = layer.renderer().clone()
    context = QgsRenderContext()
    renderer.startRender(context, layer.fields())
    for feature in layer.getFeatures():
        context.expressionContext().setFeature(feature)
        check(renderer.willRenderFeature(feature, context), f"{what} has a class for {feature.attributes()[:4]}")
    renderer.stopRender(context)


def value_map(layer, column):
    setup = layer.editorWidgetSetup(layer.fields().lookupField(column))
    check(setup.type() == "ValueMap", f"{layer.name()}.{column} has a value map, not {setup.type()!r}")
    return {value: text for entry in setup.config().get("map", []) for text, value in entry.items()}


def check_values(layer, name, language):
    for (of, column, value), texts in CODED.items():
        if of == name:
            given = value_map(layer, column).get(value)
            expected = texts[language == "sv"]
            check(given == expected, f"{name}.{column}: {value} is {given!r}, not {expected!r}")


def check_layer(layer, name, expected, language):
    renderer, attribute, labels, column, english, swedish = expected
    check(layer.isValid(), f"{name} is valid")
    check(layer.crs().authid() == "EPSG:3006", f"{name} is in EPSG:3006, not {layer.crs().authid()}")
    check(layer.renderer().type() == renderer, f"{name} is drawn by {layer.renderer().type()}, not {renderer}")
    check(layer.labelsEnabled() == labels, f"{name} has labels: {layer.labelsEnabled()}")
    if attribute and layer.renderer().type() == renderer:
        check(layer.renderer().classAttribute() == attribute, f"{name} is classed by {attribute}")
    check_renderer(layer, name)
    alias = swedish if language == "sv" else english
    position = layer.fields().lookupField(column)
    check(layer.attributeAlias(position) == alias,
          f"{name}.{column} is called {layer.attributeAlias(position)!r}, not {alias!r}")
    aliases = [layer.attributeAlias(i) for i in range(1, layer.fields().count())]
    check(all(aliases), f"{name}: every column has an alias: {aliases}")
    check(layer.displayExpression() not in ("", '"fid"'), f"{name} is told by {layer.displayExpression()!r}")
    check_values(layer, name, language)


def check_styles(layer, name):
    """Every style in the file applies, to the layer it was made for."""
    n, ids, names, _, error = layer.listStylesInDatabase()
    check(not error, f"{name}: {error}")
    expected = STYLES.get(name)
    if expected:
        half = len(expected) // 2
        wanted = {f"{s} (English)" for s in expected[:half]} | {f"{s} (svenska)" for s in expected[half:]}
        check(set(names[:n]) == wanted, f"{name} has the styles {sorted(wanted)}, not {sorted(names[:n])}")
    check(n >= 2, f"{name} has {n} styles")
    for style, style_name in zip(ids[:n], names[:n]):
        qml, error = layer.getStyleFromDatabase(style)
        document = QDomDocument()
        check(document.setContent(qml)[0], f"{name}, {style_name} is XML")
        done, error = layer.importNamedStyle(document)
        check(done, f"{name}, {style_name}: {error}")
        check_renderer(layer, f"{name}, {style_name}")
        alias = layer.attributeAlias(layer.fields().lookupField(EXPECTED[name][3]))
        language = "sv" if style_name.endswith("(svenska)") else "en"
        check(alias == EXPECTED[name][5 if language == "sv" else 4], f"{name}, {style_name}: alias {alias}")
        if "fieldConfiguration" in qml:
            check_values(layer, name, language)


def render(layers, path):
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(layers[-1].crs())
    extent = layers[-1].extent()
    extent.scale(1.04)
    settings.setExtent(extent)
    settings.setOutputSize(QSize(WIDTH, int(WIDTH * extent.height() / extent.width())))
    settings.setOutputDpi(120)
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    check(image.save(path, "PNG"), f"{path} is written")
    return image


def check_colours(image):
    """The statuses are seen: pixels of at least two of their colours."""
    colours = {(164, 213, 243), (240, 228, 66), (213, 94, 0)}
    seen = set()
    for x in range(0, image.width(), 3):
        for y in range(0, image.height(), 3):
            pixel = image.pixelColor(x, y)
            seen.add((pixel.red(), pixel.green(), pixel.blue()))
    check(len(seen & colours) >= 2, f"the map shows the colours of the statuses: {seen & colours}")


def main():
    package, png = sys.argv[1:3]
    language = sys.argv[3] if len(sys.argv) > 3 else "en"
    drawn = sys.argv[4:] or DRAWN
    QgsApplication.setPrefixPath("/usr", True)
    application = QgsApplication([], False)
    application.initQgis()
    layers = {}
    for name, expected in EXPECTED.items():
        layers[name] = QgsVectorLayer(f"{package}|layername={name}", name, "ogr")
        check_layer(layers[name], name, expected, language)
    for name in ("sources", "about"):
        table = QgsVectorLayer(f"{package}|layername={name}", name, "ogr")
        check(table.isValid() and table.featureCount() > 0, f"{name} is a table with rows")
    check_colours(render([layers[name] for name in drawn], png))
    for name, layer in layers.items():
        check_styles(layer, name)
    print("failures:", len(failures))
    sys.stdout.flush()
    # Python's own tear-down of QGIS objects crashes now and then; everything is written by now.
    os._exit(1 if failures else 0)


if __name__ == "__main__":
    main()
