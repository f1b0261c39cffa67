"""Three answers to one plan side by side: theory, simulation, and load on the sandbox's hotline; do they agree?"""
