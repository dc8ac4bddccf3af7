package io.claudeflow.swarm.agent.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The copies of one folder's regular files, in {@value #FOLDER} within it: {@code <owner>/<number>}, the newest and the one
 * before. A copy is written under another name, forced to the disk and then renamed, so that there is a whole one at any
 * moment. Links and other special files have no copy.
 *
 * <p>Scripts write in place ({@code echo 5 > state} empties the file first), which has three consequences. A copy shares no
 * blocks with the file itself; what has not changed since the former copy is a hard link to that copy, where the file system
 * has links. A file that is empty while its former copy is not keeps the former copy. A file that is written during its copy
 * is copied again, {@value #TRIES} times at most, then taken as it is.
 *
 * <p>Bounds: a folder of more than {@value #MAX_FILES} files or {@value #MAX_MEBIBYTES} MiB has no copy. At most two whole
 * copies and one that is being written take space at a time; where that does not suffice, the copy fails and the former ones
 * stay. Copies of other owners are removed a week after their last change. Blocking; one thread at a time.
 */
final class FolderCopies {
    static final String FOLDER = ".swarm-checkpoint";
    static final int MAX_FILES = 2_000;
    static final int MAX_MEBIBYTES = 256;
    private static final int TRIES = 3;
    private static final int KEPT = 2;
    private static final String NEW = "new-";
    private static final Duration FORGOTTEN = Duration.ofDays(7);

    private final Path path;
    private final Path all;
    private final Path copies;

    FolderCopies(Path path, String owner) {
        this.path = path;
        this.all = path.resolve(FOLDER);
        this.copies = all.resolve(owner.replaceAll("[^A-Za-z0-9.-]", "_"));
    }

    Path path() {
        return path;
    }

    Copied copy() throws IOException {
        if (!Files.exists(path)) {
            return new Copied.Unchanged(0);
        } else if (!Files.isDirectory(path)) {
            return new Copied.Refused(path + " is no folder; name the folder that it lies in");
        }
        var source = FileTree.of(path, MAX_FILES, (long) MAX_MEBIBYTES << 20);
        if (source.isEmpty()) {
            return new Copied.Refused(path + " has more than " + MAX_FILES + " files or " + MAX_MEBIBYTES
                    + " MiB; name a folder that has the state alone");
        }
        var files = source.get();
        var numbers = numbers();
        var former = numbers.isEmpty() ? null : new Former(copies.resolve(numbers.last().toString()));
        boolean changed = former == null ? !files.isEmpty() : !former.says(files, path);
        if (!changed) {
            return new Copied.Unchanged(files.size());
        }
        publish(files, former, numbers.isEmpty() ? 1 : numbers.last() + 1);
        return new Copied.Taken();
    }

    private void publish(FileTree files, @Nullable Former former, long number) throws IOException {
        Files.createDirectories(copies);
        var fresh = copies.resolve(NEW + UUID.randomUUID());
        try {
            Files.createDirectory(fresh);
            for (var file : files.names()) {
                var kept = former == null ? null : former.unchanged(file, files, path);
                write(path.resolve(file), fresh.resolve(file), kept, former == null ? null : former.file(file));
            }
            Durable.folders(fresh);
            Files.move(fresh, copies.resolve(Long.toString(number)), StandardCopyOption.ATOMIC_MOVE);
            Durable.folder(copies);
            Durable.folder(all);
            Durable.folder(path);
        } catch (IOException e) {
            Durable.removeIfPossible(fresh);
            throw e;
        }
        prune();
    }

    private static void write(Path from, Path to, @Nullable Path unchanged, @Nullable Path former) throws IOException {
        Files.createDirectories(to.getParent());
        if (unchanged != null) {
            link(unchanged, to);
            return;
        }
        try {
            for (int attempt = 1; attempt <= TRIES; attempt++) {
                var before = FileTree.State.of(from);
                Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                if (before.equals(FileTree.State.of(from))) {
                    break;
                }
            }
        } catch (NoSuchFileException gone) {
            // Moved or removed since it was listed; what it said before is better than nothing.
            Files.deleteIfExists(to);
            if (former != null) {
                link(former, to);
            }
            return;
        }
        if (former != null && Files.size(to) == 0 && Files.size(former) > 0) {
            Files.delete(to);
            link(former, to);
        } else {
            Durable.file(to);
        }
    }

    /** Copies are never written in place, so two may share a file. */
    private static void link(Path former, Path to) throws IOException {
        try {
            Files.createLink(to, former);
        } catch (UnsupportedOperationException | IOException noLinks) {
            Files.copy(former, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            Durable.file(to);
        }
    }

    int restore() throws IOException {
        var numbers = numbers();
        if (numbers.isEmpty()) {
            return 0;
        }
        var former = copies.resolve(numbers.last().toString());
        int restored = 0;
        for (var file : FileTree.of(former, Integer.MAX_VALUE, Long.MAX_VALUE).orElseThrow().names()) {
            var target = path.resolve(file);
            var copy = former.resolve(file);
            boolean missing = !Files.exists(target);
            if (missing || Files.isRegularFile(target) && Files.size(target) == 0 && Files.size(copy) > 0) {
                Files.createDirectories(target.getParent());
                var fresh = copies.resolve(NEW + UUID.randomUUID());
                Files.copy(copy, fresh, StandardCopyOption.COPY_ATTRIBUTES);
                Durable.file(fresh);
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
                restored++;
            }
        }
        return restored;
    }

    /** The numbers of the whole copies. */
    private TreeSet<Long> numbers() throws IOException {
        var numbers = new TreeSet<Long>();
        for (var copy : Durable.list(copies)) {
            var name = copy.getFileName().toString();
            if (name.matches("[0-9]{1,18}")) {
                numbers.add(Long.parseLong(name));
            }
        }
        return numbers;
    }

    /** What cannot be removed now is tried again after the next copy. */
    private void prune() throws IOException {
        var kept = numbers().descendingSet().stream().limit(KEPT).map(String::valueOf).toList();
        for (var copy : Durable.list(copies)) {
            if (!kept.contains(copy.getFileName().toString())) {
                Durable.removeIfPossible(copy);
            }
        }
        var longAgo = Instant.now().minus(FORGOTTEN);
        for (var other : Durable.list(all)) {
            if (!other.equals(copies) && Files.getLastModifiedTime(other).toInstant().isBefore(longAgo)) {
                Durable.removeIfPossible(other);
            }
        }
    }
}
