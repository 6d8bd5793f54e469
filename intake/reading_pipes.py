"""What goes over the pipes between the intake and the process that reads for it.

Alone in its file, so that the intake does not load what reads.
"""

import struct

# A length, the seconds allowed and a message in; a letter, a length and an answer out.
LENGTH = struct.Struct(">Q")
READY, READ, FAILED = b"H", b"R", b"E"
