"""The service: what a mission says and takes in, over HTTP and MQTT.

Main verbs: `serve`, `answer`, `take`. May import: every room below `app`, and
`app.wiring`; no other surface. FastAPI and what it needs are imported here alone.

Invariants:
    * Nothing is acknowledged before it is on the disk.
    * What a reader may see is decided by the sharing lattice; unknown is refused.
    * No answer, log line or metric holds a secret or the position of an observer.
    * Listens on this machine alone unless told otherwise.
"""
