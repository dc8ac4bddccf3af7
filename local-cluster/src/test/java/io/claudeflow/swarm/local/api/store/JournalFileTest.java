package io.claudeflow.swarm.local.api.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.resource.BuiltInKinds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private static Change put(long revision, String name) {
        var object = (ObjectNode) KubeJson.parse("{\"metadata\": {\"name\": \"" + name + "\", \"namespace\": \"n\"}}");
        return new Change(revision, Change.Type.ADDED, ObjectKey.of(BuiltInKinds.PODS, object), object, null);
    }

    private static Change removed(long revision, String name) {
        var change = put(revision, name);
        return new Change(revision, Change.Type.DELETED, change.key(), change.object(), change.object());
    }

    private static Set<String> names(Journal.Content content) {
        return Set.copyOf(content.objects().keySet().stream().map(ObjectKey::name).toList());
    }

    private Journal.Content reopened() throws IOException {
        try (var file = JournalFile.lock(directory)) {
            return file.read();
        }
    }

    private void write(Change... changes) throws IOException {
        try (var file = JournalFile.lock(directory)) {
            file.rewrite(file.read());
            file.append(List.of(changes));
        }
    }

    @Test
    void findsEverythingAgain() throws IOException {
        write(put(2, "a"), put(3, "b"), removed(4, "a"));
        var content = reopened();
        assertEquals(4, content.revision());
        assertEquals(Set.of("b"), names(content));
    }

    @Test
    void theRevisionSurvivesARewriteThatHasNoTraceOfIt() throws IOException {
        write(put(2, "a"), removed(9, "a"));
        write(put(10, "b"));
        assertEquals(10, reopened().revision());
        write(removed(11, "b"));
        write();
        assertEquals(11, reopened().revision());
    }

    @Test
    void dropsARecordThatWasCutOff() throws IOException {
        write(put(2, "a"), put(3, "b"));
        var file = directory.resolve("journal");
        var whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 7));
        assertEquals(Set.of("a"), names(reopened()));

        write(put(4, "c"));
        assertEquals(Set.of("a", "c"), names(reopened()));
    }

    @Test
    void refusesDamageBeforeTheEnd() throws IOException {
        write(put(2, "a"), put(3, "b"));
        var file = directory.resolve("journal");
        var text = Files.readString(file);
        Files.writeString(file, text.replace("\"a\"", "\"x\""));
        var refused = assertThrows(SwarmException.class, this::reopened);
        assertTrue(String.valueOf(refused.getMessage()).contains("is damaged"), refused.getMessage());
    }

    @Test
    void overwritesWhatAFailedAppendLeft() throws IOException {
        try (var file = JournalFile.lock(directory)) {
            file.rewrite(file.read());
            file.append(List.of(put(2, "a")));
            Files.write(directory.resolve("journal"), "half a rec".getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.APPEND);
            file.append(List.of(put(3, "b")));
        }
        assertEquals(Set.of("a", "b"), names(reopened()));
    }

    @Test
    void aDirectoryHasOneUser() throws IOException {
        try (var first = JournalFile.lock(directory)) {
            assertEquals(0, first.length());
            var refused = assertThrows(SwarmException.class, () -> JournalFile.lock(directory));
            assertTrue(String.valueOf(refused.getMessage()).contains("is in use by another local cluster"));
        }
    }
}
