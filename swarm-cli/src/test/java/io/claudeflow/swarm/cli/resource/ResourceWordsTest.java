package io.claudeflow.swarm.cli.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.claudeflow.swarm.cli.resource.ResourceWords.Named;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceWordsTest {
    @Test
    void everyFormOfKubectlIsUnderstood() {
        assertEquals(List.of(new Named("swc", null)), ResourceWords.parse(List.of("swc")));
        assertEquals(List.of(new Named("swc", null), new Named("swa", null)), ResourceWords.parse(List.of("swc,swa")));
        assertEquals(List.of(new Named("swc", "a"), new Named("swc", "b")),
                ResourceWords.parse(List.of("swc", "a", "b")));
        assertEquals(List.of(new Named("swc", "a"), new Named("swt", "b")),
                ResourceWords.parse(List.of("swc/a", "swt/b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "swc,", "swc/", "/a", "swc/a/b", "swc/a b", "swc a/b", "swc,swa/a"})
    void whatCannotBeMeantIsRefused(String words) {
        assertThrows(SwarmException.class,
                () -> ResourceWords.parse(words.isEmpty() ? List.of() : List.of(words.split(" "))));
    }
}
