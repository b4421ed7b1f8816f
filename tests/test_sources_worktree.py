"""The work tree: what git tracks or would track, with what is on disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import GitRepository
from test_sources_folder import ODD_NAMES, fill

from mofconf.sources import Repository, Unavailable, changed_paths
from mofconf.sources.disk import on_disk

LINK = "is a symbolic link, which mofconf does not follow"


def work_tree(folder: Path) -> dict[str, bytes | str]:
    """Path to content, or to the refusal."""
    with opened(folder) as repository:
        tree = repository.worktree()
        read = tree.read(tree.paths())
        assert list(read) == sorted(read)
        return {path: file.refusal or file.content for path, file in read.items()}


def opened(folder: Path) -> Repository:
    repository = Repository.open(folder)
    assert repository is not None
    return repository


def test_tracked_changed_deleted_untracked_ignored_and_intended(repository: GitRepository) -> None:
    repository.commit({".gitignore": "*.log\n", "kept.yaml": "1", "changed.yaml": "1", "gone.yaml": "1"})
    repository.write("changed.yaml", "2")
    repository.write("untracked/deep/new.yaml", "new")
    repository.write("noise.log", "noise")
    repository.write("intended.yaml", "intended")
    repository.git("add", "--intent-to-add", "intended.yaml")
    repository.write("staged.yaml", "staged, then edited")
    repository.git("add", "staged.yaml")
    repository.write("staged.yaml", "edited")
    (repository.folder / "gone.yaml").unlink()
    repository.git("rm", "--quiet", "--cached", "kept.yaml")  # removed from the index only: untracked now
    assert work_tree(repository.folder) == {
        ".gitignore": b"*.log\n",
        "changed.yaml": b"2",
        "intended.yaml": b"intended",
        "kept.yaml": b"1",
        "staged.yaml": b"edited",
        "untracked/deep/new.yaml": b"new",
    }


def test_a_part_of_the_work_tree_has_its_own_paths(repository: GitRepository) -> None:
    repository.commit({"a/b/x.yaml": "x", "a/y.yaml": "y", "z.yaml": "z", "ab/w.yaml": "w"})
    assert work_tree(repository.folder / "a") == {"b/x.yaml": b"x", "y.yaml": b"y"}
    with opened(repository.folder / "a" / "b") as there:
        assert (there.prefix, there.top, there.bare) == ("a/b", repository.folder, False)
        assert there.commit("HEAD").paths() == ("x.yaml",)
        assert there.commit("HEAD", "").paths() == ("a/b/x.yaml", "a/y.yaml", "ab/w.yaml", "z.yaml")


def test_odd_names(repository: GitRepository) -> None:
    fill(repository.folder, ODD_NAMES)
    half = ODD_NAMES[::2]
    for name in half:
        repository.git("add", "--", on_disk(repository.folder, name).decode("utf-8", "surrogateescape"))
    expected = {name: name.encode("utf-8", "surrogateescape") for name in sorted(ODD_NAMES)}
    assert work_tree(repository.folder) == expected
    repository.commit()
    with opened(repository.folder) as there:
        commit = there.commit("HEAD")
        assert {path: file.content for path, file in commit.read(commit.paths()).items()} == expected
    for name in ("folder with space", "folder with space/-x"):
        with opened(repository.folder / name) as there:
            assert there.commit("HEAD").paths() == there.worktree().paths() != ()


@pytest.mark.parametrize("folder", ["*", ":(top)", "-x", "\n", "\udcff", " "])
def test_a_folder_with_an_odd_name_is_just_that_folder(repository: GitRepository, folder: str) -> None:
    fill(repository.folder, [f"{folder}/in.yaml", "out.yaml"])
    repository.commit()
    with opened(repository.folder / folder) as there:
        assert there.prefix == folder
        assert there.worktree().paths() == there.commit("HEAD").paths() == ("in.yaml",)


def test_links_are_listed_and_never_followed(repository: GitRepository, tmp_path: Path) -> None:
    fill(tmp_path, ["outside/secret.yaml"])
    repository.commit({"real/a.yaml": "a", "moved/b.yaml": "b", "was-file.yaml": "c"})
    links = {
        "up": "../outside",
        "to-file.yaml": "real/a.yaml",
        "loop": "loop",
        "dir": "real",
        "gone": "nowhere",
    }
    for name, target in links.items():
        (repository.folder / name).symlink_to(target)
    repository.commit()
    committed = {"real/a.yaml": b"a", "moved/b.yaml": b"b", "was-file.yaml": b"c"} | dict.fromkeys(links, LINK)
    with opened(repository.folder) as there:
        commit = there.commit("HEAD")
        read = commit.read(commit.paths())
        assert {path: file.refusal or file.content for path, file in read.items()} == committed
        assert read == there.worktree().read(there.worktree().paths())
    # A folder becomes a link to one with files of the same names: they are not the tracked ones any more.
    (repository.folder / "moved").rename(tmp_path / "elsewhere")
    (repository.folder / "moved").symlink_to(tmp_path / "elsewhere")
    (repository.folder / "was-file.yaml").unlink()
    (repository.folder / "was-file.yaml").symlink_to("real/a.yaml")
    (repository.folder / "to-file.yaml").unlink()
    repository.write("to-file.yaml", "a file now")
    found = work_tree(repository.folder)
    del committed["moved/b.yaml"]
    assert found == committed | {"moved": LINK, "was-file.yaml": LINK, "to-file.yaml": b"a file now"}


def test_a_link_that_was_checked_out_as_a_file_is_a_link(repository: GitRepository) -> None:
    (repository.folder / "link.yaml").symlink_to("target.yaml")
    repository.commit({"target.yaml": "t"})
    (repository.folder / "link.yaml").unlink()
    repository.git("config", "core.symlinks", "false")
    repository.git("checkout", "--", "link.yaml")
    assert not (repository.folder / "link.yaml").is_symlink()
    assert work_tree(repository.folder)["link.yaml"] == LINK


def test_special_files(repository: GitRepository) -> None:
    repository.commit({"pipe.yaml": "was a file", "folder.yaml": "was a file"})
    for name in ("pipe.yaml", "folder.yaml"):
        (repository.folder / name).unlink()
    os.mkfifo(repository.folder / "pipe.yaml")
    os.mkfifo(repository.folder / "untracked-pipe.yaml")
    repository.write("folder.yaml/inside.yaml", "x")
    assert work_tree(repository.folder) == {
        "folder.yaml/inside.yaml": b"x",
        "pipe.yaml": "is a named pipe, not a file",
    }


def test_a_sparse_checkout_does_not_delete(repository: GitRepository) -> None:
    repository.commit({"in/a.yaml": "a", "out/b.yaml": "b", "out/c.yaml": "c"})
    (repository.folder / "out" / "link.yaml").symlink_to("b.yaml")
    repository.commit()
    repository.git("sparse-checkout", "set", "in")
    assert not (repository.folder / "out").exists()
    expected = {"in/a.yaml": b"a", "out/b.yaml": b"b", "out/c.yaml": b"c", "out/link.yaml": LINK}
    assert work_tree(repository.folder) == expected
    repository.git("sparse-checkout", "set", "--cone", "--sparse-index", "in")
    assert work_tree(repository.folder) == expected
    repository.write("out/c.yaml", "put there by hand")
    assert work_tree(repository.folder) == expected | {"out/c.yaml": b"put there by hand"}


def test_a_sparse_file_and_its_commit_share_one_content(repository: GitRepository) -> None:
    repository.commit({"a.yaml": "a"})
    repository.git("update-index", "--skip-worktree", "a.yaml")
    (repository.folder / "a.yaml").unlink()
    with opened(repository.folder) as there:
        left = there.worktree().read(["a.yaml"])["a.yaml"].content
        assert left is there.commit("HEAD").read(["a.yaml"])["a.yaml"].content == b"a"


def test_assume_unchanged_hides_no_change(repository: GitRepository) -> None:
    repository.commit({"a.yaml": "1"})
    repository.git("update-index", "--assume-unchanged", "a.yaml")
    repository.write("a.yaml", "2")
    assert work_tree(repository.folder) == {"a.yaml": b"2"}


def test_a_conflict_is_one_file_with_what_is_on_disk(repository: GitRepository) -> None:
    repository.commit({"both.yaml": "0\n", "deleted.yaml": "0\n"})
    repository.git("checkout", "--quiet", "-b", "other")
    repository.commit({"both.yaml": "1\n", "deleted.yaml": "1\n"})
    repository.git("checkout", "--quiet", "main")
    repository.commit({"both.yaml": "2\n", "deleted.yaml": None})
    with pytest.raises(Exception, match="merge"):
        repository.git("merge", "other")
    assert repository.git("ls-files", "--unmerged").count("\n") == 4
    found = work_tree(repository.folder)
    assert list(found) == ["both.yaml", "deleted.yaml"]
    assert b"<<<<<<<" in bytes(found["both.yaml"])  # type: ignore[arg-type]  # no refusal, so bytes
    assert found["deleted.yaml"] == b"1\n"


def test_submodules_and_nested_repositories_stay_out(repository: GitRepository, tmp_path: Path) -> None:
    inner = GitRepository(tmp_path / "inner")
    inner.commit({"inner.yaml": "inner"})
    repository.commit({"outer.yaml": "outer"})
    repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.folder), "sub")
    repository.commit()
    nested = GitRepository(repository.folder / "nested")
    nested.commit({"nested.yaml": "nested"})
    assert set(work_tree(repository.folder)) == {".gitmodules", "outer.yaml"}
    with opened(repository.folder) as there:
        assert there.commit("HEAD").paths() == (".gitmodules", "outer.yaml")
        assert there.commit("HEAD", "sub").paths() == ()
    for folder, file in (("sub", "inner.yaml"), ("nested", "nested.yaml")):
        with opened(repository.folder / folder) as there:
            assert (there.top, there.prefix) == (repository.folder / folder, "")
            assert there.worktree().paths() == there.commit("HEAD").paths() == (file,)


def test_a_linked_work_tree_and_gits_own_folders(repository: GitRepository, tmp_path: Path) -> None:
    repository.commit({"a.yaml": "1"})
    linked = tmp_path / "linked"
    repository.git("worktree", "add", "--quiet", "-b", "side", str(linked))
    (linked / "a.yaml").write_text("2")
    assert work_tree(linked) == {"a.yaml": b"2"}
    assert work_tree(repository.folder) == work_tree(repository.folder / ".git") == {"a.yaml": b"1"}
    for place in ("hooks", "worktrees/linked", "refs/heads"):
        with opened(repository.folder / ".git" / place) as there:
            assert there.bare
            assert there.commit("side").paths() == ("a.yaml",)


def test_a_linked_work_tree_whose_repository_is_gone(repository: GitRepository, tmp_path: Path) -> None:
    repository.commit({"a.yaml": "1"})
    repository.git("worktree", "add", "--quiet", "-b", "side", str(tmp_path / "linked"))
    repository.folder.rename(tmp_path / "moved")
    with pytest.raises(Unavailable, match="where there is no repository"):
        Repository.open(tmp_path / "linked")


def test_a_repository_without_commits(repository: GitRepository) -> None:
    repository.write("a.yaml", "a")
    with opened(repository.folder) as there:
        assert not there.has_commits()
        assert there.worktree().paths() == ("a.yaml",)
        assert (there.empty().paths(), there.empty().read(["a.yaml"])) == ((), {})
        assert changed_paths(there.empty(), there.worktree()) == ("a.yaml",)
        with pytest.raises(Unavailable, match="no commits yet"):
            there.resolve("HEAD")


def test_a_bare_repository_has_no_work_tree(repository: GitRepository, tmp_path: Path) -> None:
    repository.commit({"a.yaml": "a"})
    repository.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    with opened(tmp_path / "bare.git") as there:
        assert (there.bare, there.top, there.prefix) == (True, None, "")
        assert there.commit("main").paths() == ("a.yaml",)
        with pytest.raises(Unavailable, match="no work tree"):
            there.worktree()


def test_what_did_not_change_is_the_very_same_content(repository: GitRepository) -> None:
    repository.commit({f"{n}.yaml": f"content {n}" for n in range(500)})
    repository.write("7.yaml", "edited")
    with opened(repository.folder) as there:
        commit, tree = there.commit("HEAD"), there.worktree()
        before, after = commit.read(commit.paths()), tree.read(tree.paths())
        assert [p for p in commit.paths() if before[p].content is not after[p].content] == ["7.yaml"]
        assert changed_paths(commit, tree) == ("7.yaml",)


def test_line_ends_are_not_converted(repository: GitRepository) -> None:
    repository.commit({"a.yaml": b"a\r\nb\n", ".gitattributes": "* text=auto eol=crlf ident\n"})
    repository.git("config", "core.autocrlf", "true")
    repository.write("a.yaml", b"a\r\n$Id$\r\n")
    assert work_tree(repository.folder)["a.yaml"] == b"a\r\n$Id$\r\n"


@pytest.mark.parametrize("setting", ["quotePath=true", "precomposeUnicode=true", "ignoreCase=true", "symlinks=true"])
def test_settings_about_names_change_nothing(repository: GitRepository, setting: str) -> None:
    names = ["caf\u00e9.yaml", "cafe\u0301.yaml", "UPPER.yaml", "upper.yaml"]
    fill(repository.folder, names)
    repository.commit()
    repository.git("config", *f"core.{setting}".split("="))
    assert list(work_tree(repository.folder)) == sorted(names)
