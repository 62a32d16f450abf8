"""The web application's pages over HTTP: built files, page values, daily reports.

Everything is of the edition that the reader may have; nothing is set in the browser,
no host is asked but this one.
"""
