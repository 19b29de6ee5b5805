"""Makes templates with QGIS itself, as an agency would, and checks what is exported with them.

usage: qgis_template.py make CASE.gpkg FOLDER           writes FOLDER/mall.qgz and FOLDER/mall/municipalities.qml
       qgis_template.py check PROJECT.gpkg STYLED.gpkg  exported with the one and the other
"""

import os
import sys

from qgis.core import QgsApplication, QgsProject, QgsSingleSymbolRenderer, QgsSymbol, QgsVectorLayer
from qgis.PyQt.QtGui import QColor

failures = []


def check(condition, what):
    if not condition:
        failures.append(what)
        print("FAIL:", what)


def make(case, folder):
    project = QgsProject.instance()
    check(project.read(f"geopackage:{case}?projectName=omland"), "the project opens")
    project.layerTreeRoot().children()[0].setName("Our agency")
    check(project.write(os.path.join(folder, "mall.qgz")), "the template is saved")
    layer = QgsVectorLayer(f"{case}|layername=municipalities", "municipalities", "ogr")
    symbol = QgsSymbol.defaultSymbol(layer.geometryType())
    symbol.setColor(QColor(1, 2, 3))
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    os.makedirs(os.path.join(folder, "mall"), exist_ok=True)
    message, done = layer.saveNamedStyle(os.path.join(folder, "mall", "municipalities.qml"))
    check(done, f"the style is saved: {message}")


def has_colour(layer):
    return layer.renderer().type() == "singleSymbol" and layer.renderer().symbol().color() == QColor(1, 2, 3)


def verify(with_project, with_styles):
    project = QgsProject.instance()
    check(project.read(f"geopackage:{with_project}?projectName=omland"), "the template's project opens")
    check(project.layerTreeRoot().children()[0].name() == "Our agency", "the project is the template's")
    for name, layer in project.mapLayers().items():
        check(layer.isValid() and os.path.realpath(layer.source().split("|")[0]) == os.path.realpath(with_project),
              f"{name} is valid and lies in the new file: {layer.source()}")
    check(len(project.layoutManager().printLayouts()) > 0, "the layouts are there")
    layer = QgsVectorLayer(f"{with_styles}|layername=municipalities", "municipalities", "ogr")
    check(has_colour(layer), "the layer opens in the template's style")
    check(project.read(f"geopackage:{with_styles}?projectName=omland"), "our project with the template's style opens")
    check(has_colour(project.mapLayer("omland_municipalities")), "our project shows the template's style")


def main():
    QgsApplication.setPrefixPath("/usr", True)
    application = QgsApplication([], False)
    application.initQgis()
    {"make": make, "check": verify}[sys.argv[1]](*sys.argv[2:])
    print("failures:", len(failures))
    sys.stdout.flush()
    os._exit(1 if failures else 0)


if __name__ == "__main__":
    main()
