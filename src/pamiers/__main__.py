"""Run the program as `python -m pamiers`."""

from pamiers.app.cli.main import run

if __name__ == "__main__":
    run()
