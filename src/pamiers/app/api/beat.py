"""What is done on a beat: decisions are put on record, what is missing is filed."""

import threading
from dataclasses import dataclass, field
from typing import Final

import orjson

from pamiers.app.api.desk import Desk
from pamiers.app.api.envelope import log
from pamiers.app.api.writer import Writer
from pamiers.core.errors import PamiersError
from pamiers.mission.access.pulse import missing
from pamiers.mission.messages.filing import Sent
from pamiers.mission.messages.message import read_message

#: how often, unless it is told otherwise [s]
BEAT_S: Final = 30.0
BY: Final = "pamiers"


@dataclass(slots=True)
class Beat:
    """Runs until it is stopped; where a beat fails, the next one tries again."""

    desk: Desk
    writer: Writer
    every_s: float = BEAT_S
    _ended: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin."""
        self._thread = threading.Thread(target=self._run, name="beat", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Do it once more, then end."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        self.once()

    def _run(self) -> None:
        while not self._ended.wait(self.every_s):
            self.once()

    def once(self) -> None:
        """Write what was decided, and file what is missing."""
        try:
            self.log_decisions()
            self.file_missing()
            self.desk.views.freshness()
        except PamiersError as error:
            log("beat-failed", kind=type(error).__name__)

    def log_decisions(self) -> None:
        """Put on record what was decided since the last time."""
        decided = self.desk.decisions.taken()
        if decided:
            self.desk.append("access", {"decisions": decided})

    def file_missing(self) -> None:
        """Put on record which numbers and heartbeats did not come."""
        now, seen = self.desk.clock(), self.writer.seen
        for device in tuple(self.desk.door.access().devices.values()):
            came = seen.sequences(device.source, device.epoch)
            for text in missing(device, came, now):
                message = read_message(text)
                if message.known in seen.find([message.known]):
                    continue
                kept = orjson.dumps({"message": text.decode()})
                sent = Sent(kept=kept, by=BY, texts=(text,), messages=(message,))
                self.writer.submit(sent, lambda _: None)
