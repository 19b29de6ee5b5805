r"""Draws the map of statuses with a title, a legend and the notice: docs/picture.png.

usage: qgis_picture.py LAYERS.gpkg OUT.png TITLE [WIDTH]

From the demonstration: omland demo FOLDER, then
QT_QPA_PLATFORM=offscreen /usr/bin/python3 tests/full/qgis_picture.py FOLDER/fa2015.gpkg docs/picture.png \
    "60 delivery areas (fa2015)" 600
"""

import os
import sys

from qgis.core import QgsApplication, QgsMapRendererParallelJob, QgsMapSettings, QgsVectorLayer
from qgis.PyQt.QtCore import QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFont, QImage, QPainter

LEGEND = ["municipalities", "gaps", "offices", "areas"]
DRAWN = ["areas", "offices", "gaps", "municipalities"]


def draw_map(layers, size):
    settings = QgsMapSettings()
    settings.setLayers([layers[name] for name in DRAWN])
    settings.setDestinationCrs(layers["areas"].crs())
    extent = layers["areas"].extent()
    extent.scale(1.03)
    settings.setExtent(extent)
    settings.setOutputSize(size)
    settings.setOutputDpi(72)
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage()


def legend_items(layers):
    for name in LEGEND:
        renderer = layers[name].renderer()
        if renderer.type() == "singleSymbol":
            yield layers[name].name(), renderer.symbol(), None
            continue
        values = [str(f[renderer.classAttribute()]).lower() for f in layers[name].getFeatures()]
        for category in renderer.categories():
            count = values.count(str(category.value()))
            if count:
                yield f"{layers[name].name()}: {category.label().lower()}", category.symbol(), count


def draw_legend(image, layers, title, notice):
    painter = QPainter(image)
    painter.setRenderHint(QPainter.Antialiasing)
    painter.setFont(QFont("DejaVu Sans", 17, QFont.Bold))
    left, top = 16, 14
    painter.drawText(QRectF(left, top, image.width() - 2 * left, 28), Qt.AlignLeft, title)
    painter.setFont(QFont("DejaVu Sans", 11))
    top += 36
    for label, symbol, count in legend_items(layers):
        painter.drawImage(left, top, symbol.asImage(QSize(26, 16)))
        text = label if count is None else f"{label} ({count})"
        painter.drawText(QRectF(left + 34, top - 1, image.width(), 20), Qt.AlignLeft, text)
        top += 23
    painter.setFont(QFont("DejaVu Sans", 9))
    painter.setPen(QColor(90, 90, 90))
    painter.drawText(QRectF(image.width() * 0.52, image.height() - 84, image.width() * 0.46, 80),
                     Qt.AlignRight | Qt.AlignBottom | Qt.TextWordWrap, notice)
    painter.end()


def main():
    package, png, title = sys.argv[1:4]
    width = int(sys.argv[4]) if len(sys.argv) > 4 else 640
    QgsApplication.setPrefixPath("/usr", True)
    application = QgsApplication([], False)
    application.initQgis()
    titles = {"municipalities": "Municipality", "gaps": "In-house need", "offices": "Supplier",
              "areas": "Delivery area"}
    layers = {name: QgsVectorLayer(f"{package}|layername={name}", shown, "ogr") for name, shown in titles.items()}
    about = QgsVectorLayer(f"{package}|layername=about", "about", "ogr")
    told = {f["key"]: f["value"] for f in about.getFeatures()}
    extent = layers["areas"].extent()
    image = draw_map(layers, QSize(width, int(width * extent.height() / extent.width())))
    draw_legend(image, layers, title, str(told["notice"] or ""))
    sys.stdout.flush()
    opaque = image.convertToFormat(QImage.Format_RGB888)
    os._exit(0 if opaque.save(png, "PNG", 0) else 1)


if __name__ == "__main__":
    main()
