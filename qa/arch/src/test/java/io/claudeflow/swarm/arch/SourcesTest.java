package io.claudeflow.swarm.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What class files do not show. */
class SourcesTest {
    private static final Path ROOT = Path.of(System.getProperty("repository.root"));
    private static final int LONGEST = 400;
    private static final List<Path> FILES = new ArrayList<>();

    @BeforeAll
    static void find() throws IOException {
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                var name = folder.getFileName().toString();
                boolean skipped = name.equals("target") || name.startsWith(".") && !folder.equals(ROOT);
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")) {
                    FILES.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        assertTrue(FILES.size() > 500, "only " + FILES.size() + " files were found below " + ROOT);
    }

    @Test
    void noFileIsLongerThanAPersonReads() {
        assertEquals(List.of(), breaking((_, text) -> text.lines().count() > LONGEST));
    }

    @Test
    void nothingIsLeftForLater() {
        var marks = List.of("TO" + "DO", "FIX" + "ME");
        assertEquals(List.of(), breaking((_, text) -> marks.stream().anyMatch(text::contains)));
    }

    @Test
    void testsWaitForWhatTheyWaitFor() {
        assertEquals(List.of(), breaking((file, text) -> file.toString().contains("/src/test/")
                && text.contains("Thread." + "sleep(")));
    }

    @Test
    void everyPackageSaysWhatItIs() {
        assertEquals(List.of(), breaking((file, _) -> !Files.exists(file.resolveSibling("package-info.java"))));
    }

    private static List<Path> breaking(BiPredicate<Path, String> rule) {
        return FILES.stream().filter(file -> rule.test(file, text(file))).map(ROOT::relativize).sorted().toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
