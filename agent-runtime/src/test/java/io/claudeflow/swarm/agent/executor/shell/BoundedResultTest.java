package io.claudeflow.swarm.agent.executor.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.mesh.agent.AgentVariables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedResultTest {
    @Test
    void aShortResultIsKeptWithoutItsLastLineEnd() {
        assertEquals(new BoundedResult.Text("one\ntwo", false), of("one\ntwo\n").text());
        assertEquals(new BoundedResult.Text("one\n", false), of("one\n\n").text());
        assertEquals(new BoundedResult.Text("", false), of("").text());
    }

    @Test
    void whatJustFitsIsWhole() {
        var text = "x".repeat(AgentVariables.MAX_RESULT_BYTES);

        assertEquals(new BoundedResult.Text(text, false), of(text).text());
    }

    @Test
    void aLongResultKeepsHeadAndTail() {
        var lines = IntStream.range(0, 100_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());

        var bounded = of(lines).text();

        assertTrue(bounded.truncated());
        assertTrue(bounded.value().startsWith("line 0\nline 1\n"));
        assertTrue(bounded.value().endsWith("line 99998\nline 99999"));
        assertTrue(bounded.value().contains("bytes left out ...]"));
        assertTrue(size(bounded.value()) <= AgentVariables.MAX_RESULT_BYTES);
        assertTrue(size(bounded.value()) > AgentVariables.MAX_RESULT_BYTES * 9 / 10);
    }

    @Test
    void aResultThatIsOneByteTooLongKeepsBothEnds() {
        var bounded = of("a".repeat(AgentVariables.MAX_RESULT_BYTES) + "b").text();

        assertTrue(bounded.truncated());
        assertTrue(bounded.value().startsWith("aaa"));
        assertTrue(bounded.value().endsWith("aab"));
    }

    @Test
    void charactersAreNotCutInTwo() {
        var bounded = of("€".repeat(AgentVariables.MAX_RESULT_BYTES)).text();

        assertTrue(bounded.truncated());
        assertFalse(bounded.value().contains("\uFFFD"));
    }

    @Test
    void bytesThatAreNoTextStayWithinTheBound() {
        var result = new BoundedResult();
        var bytes = new byte[AgentVariables.MAX_RESULT_BYTES];
        java.util.Arrays.fill(bytes, (byte) 0xFF);
        result.append(bytes);

        var bounded = result.text();

        assertTrue(bounded.truncated());
        assertTrue(size(bounded.value()) <= AgentVariables.MAX_RESULT_BYTES);
    }

    @Test
    void aFileIsBoundedInTheSameWay(@TempDir Path folder) throws IOException {
        var text = "begin" + "x".repeat(1_000_000) + "end\n";
        var file = Files.writeString(folder.resolve("result"), text);

        var bounded = BoundedResult.read(file);

        assertTrue(bounded.truncated());
        assertEquals(of(text).text().value(), bounded.value());
    }

    private static BoundedResult of(String text) {
        var result = new BoundedResult();
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += 1000) {
            result.append(java.util.Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 1000)));
        }
        return result;
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
