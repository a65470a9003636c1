"""What becomes of every byte: the overlay rules of the OCI image specification, case by case."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))

import program
import tar_bytes as tar
from image_builder import Image, docker_archive


def image(*layers, **options):
    return docker_archive(Image([tar.archive(*entries) for entries in layers], **options))


A, B = b"a" * 100, b"b" * 100


def told(rows):
    """The part of each row that says what became of it."""
    return [{key: row[key] for key in ("layer", "path", "size", "type", "state")} for row in rows]


class Overlay(program.Scenario):
    def states(self, *layers):
        return self.files(image(*layers))

    def causes(self, *layers):
        """[(path, bytes, cause, layer, culprit layer)] in the report's order."""
        rows = self.report(image(*layers))["waste"]
        return [(row["path"], row["bytes"], row["cause"], row["layer"], row["culprit_layer"]) for row in rows]

    def test_last_layer_wins(self):
        self.assertEqual(self.causes([tar.file("x", A)], [tar.file("x", B)]), [("/x", 100, "overwritten", 0, 1)])

    def test_every_version_before_the_last_is_waste(self):
        self.assertEqual(self.causes([tar.file("x", A)], [tar.file("x", B)], [tar.file("x", A)]),
                         [("/x", 100, "overwritten", 0, 1), ("/x", 100, "overwritten", 1, 2)])

    def test_whiteout_of_file(self):
        self.assertEqual(self.causes([tar.folder("d"), tar.file("d/x", A)], [tar.whiteout("d/x")]),
                         [("/d/x", 100, "deleted", 0, 1)])
        self.assertEqual(self.states([tar.file("d/x", A)], [tar.whiteout("d/x")])[1, "/d/x"], ("whiteout", 0, "live"))

    def test_whiteout_of_folder_takes_what_is_below(self):
        lower = [tar.folder("d"), tar.file("d/x", A), tar.folder("d/e"), tar.file("d/e/y", B)]
        states = self.states(lower, [tar.whiteout("d")])
        for path, kind, size in (("/d", "dir", 0), ("/d/x", "file", 100), ("/d/e", "dir", 0), ("/d/e/y", "file", 100)):
            self.assertEqual(states[0, path], (kind, size, "deleted"))

    def test_whiteout_reaches_implicit_folders(self):
        self.assertEqual(self.causes([tar.file("d/e/x", A)], [tar.whiteout("d")]), [("/d/e/x", 100, "deleted", 0, 1)])

    def test_opaque_applies_wherever_it_stands(self):
        new = [tar.folder("d"), tar.file("d/y", B)]
        for upper in ([tar.opaque("d"), *new], [*new, tar.opaque("d")], [new[0], tar.opaque("d"), new[1]]):
            states = self.states([tar.file("d/x", A), tar.file("d/e/z", A)], upper)
            self.assertEqual(states[0, "/d/x"], ("file", 100, "deleted"))
            self.assertEqual(states[0, "/d/e/z"], ("file", 100, "deleted"))
            self.assertEqual(states[1, "/d/y"], ("file", 100, "live"))
            self.assertEqual(states[1, "/d"][2], "live")

    def test_opaque_has_its_folders_path(self):
        rows = told(self.report(image([tar.file("d/x", A)], [tar.opaque("d")]), "--files")["files"])
        self.assertIn({"layer": 1, "path": "/d", "size": 0, "type": "opaque", "state": "live"}, rows)

    def test_opaque_root(self):
        states = self.states([tar.file("x", A)], [tar.opaque(""), tar.file("y", B)])
        self.assertEqual(states[0, "/x"][2], "deleted")
        self.assertEqual(states[1, "/"], ("opaque", 0, "live"))

    def test_opaque_on_an_absent_folder(self):
        self.assertEqual(self.causes([tar.file("x", A)], [tar.opaque("no/such")]), [])

    def test_opaque_leaves_what_its_own_layer_and_later_ones_write(self):
        states = self.states([tar.file("d/x", A)], [tar.opaque("d"), tar.file("d/x", B)], [tar.file("d/z", A)])
        self.assertEqual(states[0, "/d/x"][2], "overwritten")
        self.assertEqual([states[1, "/d/x"][2], states[2, "/d/z"][2]], ["live", "live"])

    def test_removed_and_written_again_in_one_layer_is_what_the_new_entry_says(self):
        for again, cause in ((B, "overwritten"), (A, "metadata_only")):
            for upper in ([tar.whiteout("x"), tar.file("x", again)], [tar.file("x", again), tar.whiteout("x")]):
                self.assertEqual(self.causes([tar.file("x", A)], upper), [("/x", 100, cause, 0, 1)])

    def test_whiteout_never_hides_its_own_layer(self):
        states = self.states([tar.file("y", A)], [tar.file("d/x", A), tar.whiteout("d")])
        self.assertEqual(states[1, "/d/x"][2], "live")

    def test_dangling_whiteouts_change_nothing(self):
        report = self.report(image([tar.file("x", A)], [tar.whiteout("no"), tar.whiteout("x/below"), tar.whiteout("a/b/c")]))
        self.assertEqual(report["waste"], [])
        self.assertIn("3 whiteouts remove nothing", report["notes"])

    def test_whiteout_below_a_removed_folder(self):
        self.assertEqual(self.causes([tar.file("d/x", A)], [tar.whiteout("d/x"), tar.whiteout("d")]),
                         [("/d/x", 100, "deleted", 0, 1)])

    def test_whiteouts_in_the_first_layer(self):
        self.assertEqual(self.causes([tar.whiteout("x"), tar.file("x", A), tar.opaque("d"), tar.file("d/y", B)]), [])

    def test_file_where_a_folder_was(self):
        states = self.states([tar.folder("d"), tar.file("d/x", A)], [tar.file("d", B)])
        self.assertEqual(states[0, "/d/x"], ("file", 100, "deleted"))
        self.assertEqual(states[1, "/d"], ("file", 100, "live"))

    def test_link_where_a_folder_was(self):
        states = self.states([tar.folder("d"), tar.file("d/x", A), tar.folder("e")], [tar.symlink("d", "e")])
        self.assertEqual(states[0, "/d/x"], ("file", 100, "deleted"))
        self.assertEqual(states[1, "/d"], ("symlink", 0, "live"))

    def test_folder_where_a_file_was(self):
        for upper in ([tar.folder("d"), tar.file("d/x", B)], [tar.file("d/x", B)]):
            self.assertEqual(self.causes([tar.file("d", A)], upper), [("/d", 100, "overwritten", 0, 1)])

    def test_folder_over_folder_keeps_the_children(self):
        states = self.states([tar.folder("d"), tar.file("d/x", A)], [tar.folder("d", mode=0o700)])
        self.assertEqual(states[0, "/d/x"][2], "live")

    def test_types_change_back_and_forth(self):
        states = self.states([tar.file("d/x", A)], [tar.file("d", B)], [tar.folder("d"), tar.file("d/x", A)])
        self.assertEqual(states[0, "/d/x"][2], "deleted")
        self.assertEqual(states[1, "/d"][2], "overwritten")
        self.assertEqual(states[2, "/d/x"][2], "live")

    def test_repeated_in_one_layer(self):
        report = self.report(image([tar.file("x", A), tar.file("./x", B), tar.file("/x", A)]), "--files")
        self.assertEqual([row["state"] for row in report["files"]], ["repeated", "repeated", "live"])
        self.assertEqual(report["reclaimable"]["by_cause"]["repeated"], 200)
        self.assertEqual({row["culprit_layer"] for row in report["waste"]}, {0})

    def test_of_several_new_entries_the_last_is_compared(self):
        self.assertEqual(self.causes([tar.file("x", A)], [tar.file("x", B), tar.file("x", A)]),
                         [("/x", 100, "metadata_only", 0, 1), ("/x", 100, "repeated", 1, 1)])

    def test_the_first_later_layer_names_the_cause(self):
        self.assertEqual(self.causes([tar.file("x", A)], [tar.whiteout("x")], [tar.file("x", A)]),
                         [("/x", 100, "deleted", 0, 1)])
        self.assertEqual(self.causes([tar.file("x", A)], [tar.file("x", A, mode=0o755)], [tar.whiteout("x")]),
                         [("/x", 100, "metadata_only", 0, 1), ("/x", 100, "deleted", 1, 2)])

    def test_names_are_cleaned(self):
        states = self.states([tar.file("./a/../x", A), tar.file("//y//z", A), tar.file("/../../w", A)])
        self.assertEqual({path for _, path in states}, {"/x", "/y/z", "/w"})

    def test_missing_parents_are_no_rows(self):
        self.assertEqual(set(self.states([tar.file("a/b/c", A)])), {(0, "/a/b/c")})

    def test_every_type_has_its_word(self):
        states = self.states([tar.file("f", A), tar.folder("d"), tar.symlink("s", "f"), tar.hardlink("h", "f"),
                              tar.char_device("c", 1, 3), tar.block_device("b", 8, 0), tar.fifo("p"), tar.whiteout("w"),
                              tar.opaque("o"), tar.entry("seven", A, kind="7"), tar.header("old/", size=0, form="v7")])
        words = {path: row[0] for (_, path), row in states.items()}
        self.assertEqual(words, {"/f": "file", "/d": "dir", "/s": "symlink", "/h": "hardlink", "/c": "char", "/b": "block",
                                 "/p": "fifo", "/w": "whiteout", "/o": "opaque", "/seven": "file", "/old": "dir"})

    def test_aufs_bookkeeping_is_nobodys_file(self):
        states = self.states([tar.file("x", A)], [tar.folder(".wh..wh.plnk"), tar.file(".wh..wh.aufs"), tar.file("y", B)])
        self.assertEqual(states[0, "/x"][2], "live")


class MetadataOnly(program.Scenario):
    def changed(self, before, after):
        rows = self.report(image([tar.file("x", A, **before)], [tar.file("x", A, **after)]))["waste"]
        self.assertEqual([(row["cause"], row["bytes"]) for row in rows], [("metadata_only", 100)])
        return rows[0]["changed"]

    def test_each_attribute_is_named(self):
        self.assertEqual(self.changed({"mode": 0o644}, {"mode": 0o755}), ["mode"])
        self.assertEqual(self.changed({"mode": 0o755}, {"mode": 0o4755}), ["mode"])
        self.assertEqual(self.changed({}, {"uid": 7}), ["owner"])
        self.assertEqual(self.changed({}, {"gid": 7}), ["owner"])
        self.assertEqual(self.changed({}, {"uid": 3_000_000_000}), ["owner"])
        self.assertEqual(self.changed({}, {"mtime": 5}), ["time"])
        self.assertEqual(self.changed({}, {"records": {"mtime": f"{tar.MTIME}.5"}}), ["time"])
        self.assertEqual(self.changed({}, {"records": {"SCHILY.xattr.user.a": "1"}}), ["xattrs"])
        self.assertEqual(self.changed({"records": {"SCHILY.xattr.user.a": "1"}}, {"records": {"SCHILY.xattr.user.a": "2"}}), ["xattrs"])
        self.assertEqual(self.changed({}, {}), [])

    def test_all_at_once(self):
        self.assertEqual(self.changed({}, {"mode": 0o600, "uid": 1, "mtime": 1, "records": {"SCHILY.xattr.user.a": "1"}}),
                         ["mode", "owner", "time", "xattrs"])

    def test_content_that_differs_in_one_byte_is_overwritten(self):
        size = 3 << 20
        for at in (0, 5000, size // 2, size - 1):
            changed = bytearray(size)
            changed[at] = 1
            report = self.report(image([tar.file("x", bytes(size))], [tar.file("x", bytes(changed))]))
            self.assertEqual(report["reclaimable"]["by_cause"]["overwritten"], size)

    def test_large_equal_content(self):
        data = os.urandom(3 << 20)
        report = self.report(image([tar.file("x", data)], [tar.file("x", data, mode=0o755)]))
        self.assertEqual(report["reclaimable"]["by_cause"]["metadata_only"], len(data))

    def test_chmod_is_blamed_with_a_fix(self):
        content = image([tar.file("app", A)], [tar.file("app", A, mode=0o755)],
                        history=["COPY app /app # buildkit", "RUN /bin/sh -c chmod +x /app # buildkit"])
        row = self.report(content)["waste"][0]
        self.assertEqual((row["instruction"], row["culprit"]), ("COPY app /app # buildkit", "RUN /bin/sh -c chmod +x /app # buildkit"))
        self.assertIn("--chmod=0755", row["fix"])


class HardLinks(program.Scenario):
    def causes(self, *layers):
        report = self.report(image(*layers))
        return {(row["layer"], row["path"]): (row["bytes"], row["cause"], row["culprit_layer"]) for row in report["waste"]}

    def test_links_own_no_bytes(self):
        report = self.report(image([tar.file("x", A), tar.hardlink("y", "x"), tar.hardlink("z", "y")]))
        self.assertEqual((report["size"]["uncompressed"], report["reclaimable"]["bytes"]), (100, 0))

    def test_bytes_live_while_any_name_lives(self):
        pair = [tar.file("x", A), tar.hardlink("y", "x")]
        self.assertEqual(self.causes(pair, [tar.whiteout("x")]), {})
        self.assertEqual(self.causes(pair, [tar.whiteout("y")]), {})
        self.assertEqual(self.causes(pair, [tar.file("x", B)]), {})
        self.assertEqual(self.causes(pair, [tar.whiteout("x"), tar.whiteout("y")]), {(0, "/x"): (100, "deleted", 1)})

    def test_the_last_name_lost_names_the_cause(self):
        pair = [tar.file("x", A), tar.hardlink("y", "x")]
        self.assertEqual(self.causes(pair, [tar.whiteout("x")], [tar.file("y", B)]), {(0, "/x"): (100, "overwritten", 2)})
        self.assertEqual(self.causes(pair, [tar.file("x", B)], [tar.whiteout("y")]), {(0, "/x"): (100, "deleted", 2)})

    def test_replaced_by_a_hard_link_of_the_same_content(self):
        self.assertEqual(self.causes([tar.file("x", A)], [tar.file("y", A), tar.hardlink("x", "y")]),
                         {(0, "/x"): (100, "metadata_only", 1)})
        self.assertEqual(self.causes([tar.file("x", A)], [tar.file("y", B), tar.hardlink("x", "y")]),
                         {(0, "/x"): (100, "overwritten", 1)})

    def test_forward_link(self):
        layer = [tar.hardlink("y", "x"), tar.file("x", A)]
        self.assertEqual(self.causes(layer, [tar.whiteout("x")]), {})
        self.assertEqual(self.causes(layer, [tar.whiteout("x"), tar.whiteout("y")]), {(0, "/x"): (100, "deleted", 1)})

    def test_link_to_a_lower_layer_keeps_its_bytes(self):
        lower = [tar.file("x", A)]
        self.assertEqual(self.causes(lower, [tar.hardlink("y", "x")], [tar.whiteout("x")]), {})
        self.assertEqual(self.causes(lower, [tar.hardlink("y", "x")], [tar.whiteout("x")], [tar.whiteout("y")]),
                         {(0, "/x"): (100, "deleted", 3)})

    def test_link_without_a_target_is_noted(self):
        report = self.report(image([tar.hardlink("y", "no/such")]), "--files")
        self.assertIn("1 hard links lead to files that are not there", " ".join(report["notes"]))

    def test_chown_of_a_linked_pair(self):
        again = [tar.file("x", A, uid=5), tar.hardlink("y", "x", uid=5)]
        self.assertEqual(self.causes([tar.file("x", A), tar.hardlink("y", "x")], again), {(0, "/x"): (100, "metadata_only", 1)})

    def test_target_repeated_in_its_layer(self):
        self.assertEqual(self.causes([tar.file("x", A), tar.hardlink("y", "x"), tar.file("x", B)]), {})
        self.assertEqual(self.causes([tar.file("x", A), tar.hardlink("y", "x"), tar.file("x", B), tar.file("y", B)]),
                         {(0, "/x"): (100, "repeated", 0)})

    def test_link_to_a_symbolic_link_and_to_a_device(self):
        self.causes([tar.symlink("s", "x"), tar.hardlink("h", "s"), tar.char_device("c", 1, 3), tar.hardlink("k", "c")])

    def test_link_through_a_linked_folder(self):
        layer = [tar.folder("usr/lib"), tar.symlink("lib", "usr/lib"), tar.file("usr/lib/x", A), tar.hardlink("y", "lib/x")]
        self.assertEqual(self.causes(layer, [tar.whiteout("usr/lib/x")]), {})


class LinkedParents(program.Scenario):
    BASE = [tar.folder("usr"), tar.folder("usr/lib"), tar.symlink("lib", "usr/lib"), tar.file("usr/lib/x", A)]

    def test_a_write_through_the_link_hides_the_file_behind(self):
        report = self.report(image(self.BASE, [tar.file("lib/x", B)]), "--files")
        self.assertEqual(report["reclaimable"]["by_cause"]["overwritten"], 100)
        self.assertIn({"layer": 1, "path": "/usr/lib/x", "size": 100, "type": "file", "state": "live"}, told(report["files"]))
        self.assertTrue(any("symbolic links" in note for note in report["notes"]))

    def test_a_whiteout_through_the_link(self):
        states = self.files(image(self.BASE, [tar.whiteout("lib/x")]))
        self.assertEqual(states[0, "/usr/lib/x"][2], "deleted")
        self.assertEqual(states[1, "/usr/lib/x"], ("whiteout", 0, "live"))

    def test_an_opaque_through_the_link(self):
        states = self.files(image(self.BASE, [tar.opaque("lib")]))
        self.assertEqual(states[0, "/usr/lib/x"][2], "deleted")
        self.assertEqual(states[0, "/lib"][2], "live")

    def test_a_whiteout_of_the_link_itself(self):
        states = self.files(image(self.BASE, [tar.whiteout("lib")]))
        self.assertEqual((states[0, "/lib"][2], states[0, "/usr/lib/x"][2]), ("deleted", "live"))

    def test_a_folder_in_place_of_the_link(self):
        states = self.files(image(self.BASE, [tar.folder("lib"), tar.file("lib/x", B)]))
        self.assertEqual((states[0, "/usr/lib/x"][2], states[1, "/lib/x"][2]), ("live", "live"))

    def test_links_never_leave_the_root(self):
        for target in ("/usr/lib", "../../usr/lib", "../../../../../../usr/lib", "usr/./lib/../lib", "/usr//lib/"):
            base = [tar.folder("usr/lib"), tar.symlink("lib", target), tar.file("usr/lib/x", A)]
            self.assertEqual(self.report(image(base, [tar.file("lib/x", B)]))["reclaimable"]["bytes"], 100, target)

    def test_chains_of_links(self):
        base = [tar.folder("d"), tar.file("d/x", A), tar.symlink("a", "b"), tar.symlink("b", "/c"), tar.symlink("c", "d")]
        self.assertEqual(self.report(image(base, [tar.file("a/x", B)]))["reclaimable"]["bytes"], 100)

    def test_circles_end(self):
        base = [tar.symlink("a", "b"), tar.symlink("b", "a"), tar.symlink("self", "self/self")]
        self.report(image(base, [tar.file("a/x", A), tar.file("self/x", A), tar.whiteout("b/x"), tar.hardlink("h", "a/x")]))


if __name__ == "__main__":
    program.main()
