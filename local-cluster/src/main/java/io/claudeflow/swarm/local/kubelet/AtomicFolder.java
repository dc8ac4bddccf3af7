package io.claudeflow.swarm.local.kubelet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A volume whose files change all at once, as Kubernetes does it: they lie in a hidden folder to which the link {@code ..data}
 * points, and the visible names are links through it; a new version is a new folder and one rename of that link. Not thread-safe.
 */
final class AtomicFolder {
    private static final String DATA = "..data";

    private final Path folder;
    private Map<String, Content> current = Map.of();
    private boolean written;

    /** A file's bytes and permission bits. */
    record Content(byte[] bytes, int mode) {
        boolean same(@Nullable Content other) {
            return other != null && mode == other.mode && Arrays.equals(bytes, other.bytes);
        }
    }

    AtomicFolder(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder;
    }

    /** Makes the folder hold exactly those files, by relative path; does nothing when it does already. */
    void write(Map<String, Content> files) throws IOException {
        if (written && same(files)) {
            return;
        }
        Files.createDirectories(folder);
        var version = Files.createDirectory(folder.resolve(".." + UUID.randomUUID()));
        for (var file : files.entrySet()) {
            var target = version.resolve(file.getKey()).normalize();
            if (!target.startsWith(version)) {
                throw new IOException("path " + file.getKey() + " leaves its volume");
            }
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue().bytes());
            Folders.mode(target, file.getValue().mode());
        }
        var data = folder.resolve(DATA);
        var before = Files.isSymbolicLink(data) ? Files.readSymbolicLink(data) : null;
        var next = folder.resolve("..data_tmp");
        Files.deleteIfExists(next);
        Files.createSymbolicLink(next, version.getFileName());
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        show(files.keySet());
        if (before != null) {
            Folders.delete(folder.resolve(before));
        }
        current = Map.copyOf(files);
        written = true;
    }

    private void show(Set<String> files) throws IOException {
        var names = new HashSet<String>();
        for (var file : files) {
            names.add(Path.of(file).getName(0).toString());
        }
        for (var name : names) {
            var link = folder.resolve(name);
            if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(link, Path.of(DATA, name));
            }
        }
        try (var entries = Files.newDirectoryStream(folder, path -> Files.isSymbolicLink(path))) {
            for (var entry : entries) {
                boolean ours = Files.readSymbolicLink(entry).startsWith(DATA);
                if (ours && !names.contains(entry.getFileName().toString())) {
                    Files.delete(entry);
                }
            }
        }
    }

    private boolean same(Map<String, Content> files) {
        return current.keySet().equals(files.keySet())
                && files.entrySet().stream().allMatch(file -> file.getValue().same(current.get(file.getKey())));
    }
}
