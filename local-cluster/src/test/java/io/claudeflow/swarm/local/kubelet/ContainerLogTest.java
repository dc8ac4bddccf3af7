package io.claudeflow.swarm.local.kubelet;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerLogTest {
    @TempDir
    Path folder;

    @Test
    void linesCarryTheirTimeAndAreShownWithoutIt() throws Exception {
        try (var log = log(1 << 20)) {
            log.write("stdout", "one");
            log.write("stderr", "two\nthree");
        }

        assertTrue(Files.readString(file())
                .matches("(?s)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z stdout F one\n.*stderr F three\n"));
        assertEquals("one\ntwo\nthree\n", read(Map.of(), null));
        assertTrue(read(Map.of("timestamps", "true"), null).matches("(?s)(\\S+Z [a-z]+\n){3}"));
    }

    @Test
    void partsOfALogCanBeAskedFor() throws Exception {
        try (var log = log(1 << 20)) {
            log.write("stdout", "one\ntwo\nthree");
        }

        assertEquals("two\nthree\n", read(Map.of("tailLines", "2"), null));
        assertEquals("", read(Map.of("tailLines", "0"), null));
        assertEquals("one\ntw", read(Map.of("limitBytes", "6"), null));
        assertEquals("", read(Map.of("sinceTime", Instant.now().plusSeconds(60).toString()), null));
        assertEquals("one\ntwo\nthree\n", read(Map.of("sinceSeconds", "60"), null));
        var problem = assertThrows(IllegalArgumentException.class, () -> read(Map.of("tailLines", "-1"), null));
        assertEquals("tailLines: '-1' is negative", problem.getMessage());
    }

    @Test
    void aFullFileIsPutAsideAndBothAreRead() throws Exception {
        try (var log = log(400)) {
            for (int i = 10; i < 30; i++) {
                log.write("stdout", "line " + i);
            }
        }

        assertTrue(Files.exists(ContainerLog.rotated(file())));
        assertTrue(Files.size(file()) < 500);
        var text = read(Map.of("tailLines", "10"), null);
        assertTrue(text.startsWith("line 20\n") && text.endsWith("line 29\n"), text);
    }

    @Test
    void aVeryLongLineComesBackWhole() throws Exception {
        var line = "x".repeat(40_000);
        try (var log = log(1 << 20)) {
            log.write("stdout", line);
        }

        assertEquals(line + "\n", read(Map.of(), null));
    }

    @Test
    void whoFollowsSeesEveryLineAcrossRotationsUntilTheEnd() throws Exception {
        var log = log(400);
        log.write("stdout", "first");
        var seen = new StringBuffer();
        var follower = Thread.ofVirtual().start(() -> {
            try {
                follow(seen, log);
            } catch (Exception e) {
                seen.append(e);
            }
        });
        await().until(() -> seen.toString().equals("first\n"));

        for (int i = 0; i < 50; i++) {
            log.write("stdout", "line " + i);
            var last = "line " + i + "\n";
            await().pollInterval(Duration.ofMillis(1)).until(() -> seen.toString().endsWith(last));
        }
        log.close();

        assertTrue(follower.join(Duration.ofSeconds(5)));
        assertEquals(51, seen.toString().lines().count());
        assertFalse(seen.toString().contains("Exception"), seen.toString());
    }

    private void follow(StringBuffer seen, ContainerLog log) throws Exception {
        new LogReader(LogQuery.of(Map.of("follow", "true")::get, Instant.now()), bytes -> {
            seen.append(new String(bytes, StandardCharsets.UTF_8));
            return true;
        }).read(file(), log);
    }

    private String read(Map<String, String> parameters, @Nullable ContainerLog live) throws Exception {
        var text = new StringBuilder();
        new LogReader(LogQuery.of(new HashMap<>(parameters)::get, Instant.now()), bytes -> {
            text.append(new String(bytes, StandardCharsets.UTF_8));
            return true;
        }).read(file(), live);
        return text.toString();
    }

    private ContainerLog log(long rotateAt) {
        return new ContainerLog(file(), rotateAt);
    }

    private Path file() {
        return folder.resolve("0.log");
    }
}
