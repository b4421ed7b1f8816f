"""Where files come from: a folder, a work tree, a commit. The only room that reads them."""

from mofconf.sources.changed import changed_paths
from mofconf.sources.commit import Commit
from mofconf.sources.folder import Folder, files_now, open_folder, plain_folder
from mofconf.sources.repository import Repository
from mofconf.sources.tree import LARGEST_FILE, Empty, Tree, Unavailable
from mofconf.sources.worktree import WorkTree

__all__ = [
    "LARGEST_FILE",
    "Commit",
    "Empty",
    "Folder",
    "Repository",
    "Tree",
    "Unavailable",
    "WorkTree",
    "changed_paths",
    "files_now",
    "open_folder",
    "plain_folder",
]
