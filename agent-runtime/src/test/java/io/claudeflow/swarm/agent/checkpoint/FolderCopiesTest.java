package io.claudeflow.swarm.agent.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderCopiesTest {
    @TempDir
    Path folder;

    private CheckpointFolders folders;

    @BeforeEach
    void make() {
        folders = new CheckpointFolders(List.of(folder), "uid.");
    }

    @Test
    void filesThatAreMissingOrEmptyAreRestoredAndOthersAreNot() throws IOException {
        write("count", "40");
        write("deep/er/log", "a line\n");
        write("kept", "old");
        assertEquals(new Copied.Taken(), folders.copy());
        write("count", "");
        Files.delete(folder.resolve("deep/er/log"));
        Files.delete(folder.resolve("deep/er"));
        write("kept", "newer");

        assertEquals(2, folders.restore());

        assertEquals("40", read("count"));
        assertEquals("a line\n", read("deep/er/log"));
        assertEquals("newer", read("kept"));
    }

    @Test
    void aFileThatIsBeingWrittenAnewKeepsItsFormerCopy() throws IOException {
        write("count", "40");
        write("other", "1");
        folders.copy();
        write("count", "");
        write("other", "2");

        assertEquals(new Copied.Taken(), folders.copy());
        Files.delete(folder.resolve("count"));
        Files.delete(folder.resolve("other"));
        folders.restore();

        assertEquals("40", read("count"));
        assertEquals("2", read("other"));
    }

    @Test
    void withoutAChangeThereIsNoNewCopy() throws IOException {
        assertEquals(new Copied.Unchanged(0), folders.copy());
        write("count", "40");
        assertEquals(new Copied.Taken(), folders.copy());

        assertEquals(new Copied.Unchanged(1), folders.copy());
        write("count", "40");
        assertEquals(new Copied.Unchanged(1), folders.copy());
        write("count", "");
        assertEquals(new Copied.Unchanged(1), folders.copy());

        write("count", "41");
        assertEquals(new Copied.Taken(), folders.copy());
        Files.delete(folder.resolve("count"));
        assertEquals(new Copied.Taken(), folders.copy());
    }

    @Test
    void aChangeOfTheSameLengthWithinATickOfTheClockIsSeen() throws IOException {
        write("count", "40");
        var time = Files.getLastModifiedTime(folder.resolve("count"));
        folders.copy();

        write("count", "41");
        Files.setLastModifiedTime(folder.resolve("count"), time);

        assertEquals(new Copied.Taken(), folders.copy());
    }

    @Test
    void twoCopiesAreKeptAndWhatDidNotChangeIsThereOnce() throws IOException {
        write("big", "x".repeat(10_000));
        for (int i = 1; i <= 4; i++) {
            write("count", Integer.toString(i));
            assertEquals(new Copied.Taken(), folders.copy());
        }
        write(FolderCopies.FOLDER + "/uid./new-left/over", "by an agent that was killed");
        write("count", "5");
        folders.copy();

        assertEquals(List.of("4", "5"), names(FolderCopies.FOLDER + "/uid."));
        assertEquals("4", read(FolderCopies.FOLDER + "/uid./4/count"));
        assertTrue(Files.isSameFile(copy("4/big"), copy("5/big")));
        assertFalse(Files.isSameFile(folder.resolve("big"), copy("5/big")));
    }

    @Test
    void copiesOfOtherTasksAreForgottenAfterAWeek() throws IOException {
        for (var owner : List.of("old.", "young.")) {
            write(FolderCopies.FOLDER + "/" + owner + "/1/count", "99");
        }
        Files.setLastModifiedTime(folder.resolve(FolderCopies.FOLDER + "/old."),
                FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        assertEquals(0, folders.restore());
        write("count", "1");

        folders.copy();

        assertEquals(List.of("uid.", "young."), names(FolderCopies.FOLDER));
    }

    @Test
    void linksAndFilesOfOtherKindsAreLeftOut() throws IOException {
        write("count", "1");
        Files.createSymbolicLink(folder.resolve("system"), Path.of("/"));

        assertEquals(new Copied.Taken(), folders.copy());

        assertEquals(List.of("count"), names(FolderCopies.FOLDER + "/uid./1"));
    }

    @Test
    void aFolderWithTooMuchIsRefusedAndNamed() throws IOException {
        for (int i = 0; i <= FolderCopies.MAX_FILES; i++) {
            Files.createFile(folder.resolve("f" + i));
        }

        var refused = assertInstanceOf(Copied.Refused.class, folders.copy());

        assertTrue(refused.reason().startsWith(folder + " has more than 2000 files or 256 MiB"), refused::reason);
    }

    @Test
    void aCopyThatCannotBeWrittenIsRefusedWithItsReason() throws IOException {
        write("count", "1");
        folders.copy();
        write("count", "2");
        Files.delete(folder.resolve(FolderCopies.FOLDER + "/uid./1/count"));
        Files.delete(folder.resolve(FolderCopies.FOLDER + "/uid./1"));
        Files.delete(folder.resolve(FolderCopies.FOLDER + "/uid."));
        write(FolderCopies.FOLDER + "/uid.", "a file where a folder should be");

        var refused = assertInstanceOf(Copied.Refused.class, folders.copy());

        assertTrue(refused.reason().startsWith(folder + " could not be copied beside itself"), refused::reason);
        assertEquals("2", read("count"));
    }

    @Test
    void aFolderThatIsNotThereYetHasNothingAndAFileIsNoFolder() throws IOException {
        write("file", "x");

        assertEquals(new Copied.Unchanged(0), of(folder.resolve("not-yet-there")).copy());
        assertInstanceOf(Copied.Refused.class, of(folder.resolve("file")).copy());
    }

    private static CheckpointFolders of(Path path) {
        return new CheckpointFolders(List.of(path), "uid.");
    }

    private void write(String file, String text) throws IOException {
        var path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private Path copy(String file) {
        return folder.resolve(FolderCopies.FOLDER).resolve("uid.").resolve(file);
    }

    private List<String> names(String below) throws IOException {
        try (var found = Files.list(folder.resolve(below))) {
            return found.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
