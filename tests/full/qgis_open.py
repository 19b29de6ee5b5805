"""Opens an exported GeoPackage in QGIS as a user would, checks it, and renders it to a PNG.

usage: qgis_open.py LAYERS.gpkg OUT.png [en|sv] [LAYER …]

Every layer must be valid, in the expected CRS, and carry the default style: its renderer, its legend and its
aliases. LAYERs to draw are named from top to bottom; without them, all but the reference regions and lines.
"""

import os
import sys

from qgis.core import (QgsApplication, QgsMapRendererParallelJob, QgsMapSettings, QgsRenderContext,
                       QgsVectorLayer)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

# layer: renderer, its attribute, labels, a column and its alias in English and Swedish
EXPECTED = {
    "offices": ("categorizedSymbol", "active", True, "supplier", "Supplier", "Leverantör"),
    "reach_lines": ("categorizedSymbol", "reach", True, "minutes", "Minutes", "Minuter"),
    "fa_regions": ("singleSymbol", None, False, "areas", "Delivery areas it lies in",
                   "Leveransområden den ligger i"),
    "areas": ("singleSymbol", None, True, "name", "Delivery area", "Leveransområde"),
    "gaps": ("categorizedSymbol", "need", True, "need", "In-house need", "Behov av egen regi"),
    "municipalities": ("categorizedSymbol", "status", True, "status", "Status", "Status"),
}
DRAWN = ["areas", "offices", "gaps", "municipalities"]
WIDTH = 1000

failures = []


def check(condition, what):
    if not condition:
        failures.append(what)
        print("FAIL:", what)


def check_layer(layer, name, expected, language):
    renderer, attribute, labels, column, english, swedish = expected
    check(layer.isValid(), f"{name} is valid")
    check(layer.crs().authid() == "EPSG:3006", f"{name} is in EPSG:3006, not {layer.crs().authid()}")
    check(layer.renderer().type() == renderer, f"{name} is drawn by {layer.renderer().type()}, not {renderer}")
    check(layer.labelsEnabled() == labels, f"{name} has labels: {layer.labelsEnabled()}")
    if attribute and layer.renderer().type() == renderer:
        check(layer.renderer().classAttribute() == attribute, f"{name} is classed by {attribute}")
        context = QgsRenderContext()
        layer.renderer().startRender(context, layer.fields())
        for feature in layer.getFeatures():
            check(layer.renderer().symbolForFeature(feature, context) is not None,
                  f"{name} has a class for {feature[attribute]!r}")
        layer.renderer().stopRender(context)
    alias = swedish if language == "sv" else english
    position = layer.fields().lookupField(column)
    check(layer.attributeAlias(position) == alias,
          f"{name}.{column} is called {layer.attributeAlias(position)!r}, not {alias!r}")
    aliases = [layer.attributeAlias(i) for i in range(1, layer.fields().count())]
    check(all(aliases), f"{name}: every column has an alias: {aliases}")


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
    colours = {(86, 180, 233), (240, 228, 66), (213, 94, 0)}
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
    print("failures:", len(failures))
    sys.stdout.flush()
    # Python's own tear-down of QGIS objects crashes now and then; everything is written by now.
    os._exit(1 if failures else 0)


if __name__ == "__main__":
    main()
