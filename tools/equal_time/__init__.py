"""Measures whether requests that are answered alike also take the same time, whoever they are for (S12, S21).

`python -m tools.equal_time` prints an effect size for each kind of person.
"""
