"""The hotline as a process of its own: calls by SIP over UDP, the web and SMS way out and its books by HTTP."""
