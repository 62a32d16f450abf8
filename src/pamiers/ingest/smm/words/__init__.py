"""The vocabulary of the reports: closed lists, no grammar and no guessing.

Purpose: one place where a word of the Mission's prose gets its meaning.
Refuses: stemming, similarity and learned weights; a word is listed or unknown.
"""
