package io.claudeflow.swarm.agent.executor.shell;

import io.claudeflow.swarm.agent.executor.shell.MountPlan.Mount;
import io.claudeflow.swarm.agent.volume.Volumes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * By unshare, mount and pivot_root of util-linux: a small bash program makes the root and becomes the command, so that
 * no process is added. pivot_root rather than chroot, because under a chroot nobody may make a user namespace.
 *
 * @param programs where the programs lie, by name
 * @param root     an empty folder over which each run mounts its root, in its own namespace
 * @param user     how the agent's user may do that
 */
record Unshare(Volumes volumes, Map<String, Path> programs, Path root, User user) implements Isolation {
    static final List<String> PROGRAMS = List.of("bash", "unshare", "mount", "umount", "pivot_root", "mkdir", "ln");

    /** Who makes the namespace. */
    sealed interface User {
        /** Root needs nobody's leave. */
        record Root() implements User {}

        /** Anybody is root in a user namespace; in one within that, the user has the own number again. */
        record Kept(long uid, long gid) implements User {}

        /** The script believes to be root: util-linux before 2.36 can do no better. */
        record BecomesRoot() implements User {}
    }

    @Override
    public List<String> wrap(List<String> command, Path work, Path folder) throws IOException {
        var table = folder.resolve("mounts");
        var program = folder.resolve("mount.sh");
        var mounts = MountPlan.of(volumes, new HostFiles()).mounts();
        Files.writeString(table, table(mounts));
        Files.writeString(program, program(mounts, table, work));
        var all = new ArrayList<>(List.of(program("unshare")));
        all.addAll(user instanceof User.Root ? List.of("--mount") : List.of("--map-root-user", "--mount"));
        all.addAll(List.of(program("bash"), "-p", program.toString()));
        all.addAll(command);
        return all;
    }

    private String program(String name) {
        return String.valueOf(programs.get(name));
    }

    private String program(List<Mount> mounts, Path table, Path work) {
        var lines = new ArrayList<String>();
        lines.add("set -e");
        // Unbindable: it lies in one of the folders that are bound into it.
        lines.add(quoted(Stream.of(program("mount"), "-n", "--make-unbindable", "-t", "tmpfs", "-o",
                "mode=755,size=1m", "swarm", root.toString())));
        var folders = mounts.stream().flatMap(mount -> switch (mount) {
            case Mount.Folder(var path) -> Stream.of(in(path));
            case Mount.Bind(_, var path, var folder) when folder && !already(path, mounts) -> Stream.of(in(path));
            case Mount.Bind _,Mount.Link _ -> Stream.<String>empty();
        });
        lines.add(quoted(Stream.concat(Stream.of(program("mkdir"), "-p"), folders)));
        for (var mount : mounts) {
            if (mount instanceof Mount.Link(var path, var target)) {
                lines.add(quoted(Stream.of(program("ln"), "-s", target.toString(), in(path))));
            } else if (mount instanceof Mount.Bind(_, var path, var folder) && !folder) {
                lines.add(": > " + quote(in(path)));
            }
        }
        lines.add(quoted(Stream.of(program("mount"), "-n", "-a", "-T", table.toString())));
        lines.add("cd " + quote(root.toString()));
        lines.add(quoted(Stream.of(program("pivot_root"), ".", ".")));
        lines.add(quoted(Stream.of(program("umount"), "-n", "-l", ".")));
        lines.add("cd " + quote(work.toString()));
        lines.add(user instanceof User.Kept(var uid, var gid)
                ? "exec " + quoted(Stream.of(program("unshare"), "--map-user=" + uid, "--map-group=" + gid, "--"))
                        + " \"$@\""
                : "exec \"$@\"");
        return String.join("\n", lines) + "\n";
    }

    /** A mount point that a former bind brings along. */
    private static boolean already(Path path, List<Mount> mounts) {
        return mounts.stream()
                .anyMatch(mount -> mount instanceof Mount.Bind(_, var other, _) && !other.equals(path)
                        && path.startsWith(other));
    }

    /** An fstab: one process mounts all of it. */
    private String table(List<Mount> mounts) {
        return mounts.stream()
                .flatMap(mount -> mount instanceof Mount.Bind(var from, var path, _)
                        ? Stream.of(escaped(from.toString()) + " " + escaped(in(path)) + " none rbind 0 0\n")
                        : Stream.empty())
                .collect(Collectors.joining());
    }

    private String in(Path path) {
        return root + path.toString();
    }

    /** As fstab(5) and proc(5) have it. */
    private static String escaped(String text) {
        return text.replace("\\", "\\134")
                .replace(" ", "\\040")
                .replace("\t", "\\011")
                .replace("\n", "\\012")
                .replace("#", "\\043");
    }

    private static String quoted(Stream<String> words) {
        return words.map(Unshare::quote).collect(Collectors.joining(" "));
    }

    private static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
