"""The synthetic province: workers, enterprises and training institutions in one month.

``from model.population.province import population``
"""
