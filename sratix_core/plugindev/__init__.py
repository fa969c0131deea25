"""What an author of plugins works with: a scaffold to start from, a scratch installation for tests, and the check.

`World` is for a plugin's own tests; nothing of the running product imports from here.
"""

from sratix_core.plugindev.world import World

__all__ = ["World"]
