"""The command line: one file for each verb.

Every command has `--json`, which prints exactly one line on stdout; progress and
warnings go to stderr. Exit codes: 0 done, 1 error, 2 wrong use,
3 rows quarantined or none read, 4 verification failed.
"""
