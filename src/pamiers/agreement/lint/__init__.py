"""What a lawyer would ask of an agreement; one module per kind of question."""
