"""What each page of the web application shows, as plain values for JSON.

One page, one function of (mission, edition): the server answers with it, and the
static site writes it to a file, so that both show the same. Nothing here decides
anything, and nothing is finer than the edition allows.
"""
