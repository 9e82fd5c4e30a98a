"""The coordinator's pages: everything that the command line does, in a browser on the same computer.

What is done is done by the command line itself, as a process of its own, so that there is one wording of each fault and
nothing depends on a browser that stays open. The pages only ask, show what was told, and read what there is.
"""
