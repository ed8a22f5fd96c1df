"""A made-up register of any size with plausible histories, for measuring and for trying out.

``plans`` decides what becomes of each initiative, ``kommun``, ``v6`` and ``work`` let it happen step by step in a
``History``, and ``storing`` writes the outcome. The rows are those of the register workbook, with the codes of the
database for words. Everything follows from a seed and a date. ``followup.generator`` is the way in.
"""
