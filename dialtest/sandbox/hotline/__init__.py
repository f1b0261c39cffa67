"""The hotline 10086 (H1–H3): menu, a queue for each brand, agents, emergency flow, call-backs; no sockets, no clock."""
