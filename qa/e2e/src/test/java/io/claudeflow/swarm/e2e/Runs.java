package io.claudeflow.swarm.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Tasks that write down, in a file of each, who began and who ended which attempt. */
record Runs(Path folder) {
    /** Documents of tasks {@code task-FIRST} to the one before {@code task-LAST}; each result says which attempt it is of. */
    String tasks(int first, int last, String seconds) {
        return IntStream.range(first, last).mapToObj(i -> """
                ---
                apiVersion: swarm.claudeflow.io/v1alpha1
                kind: SwarmTask
                metadata: {name: task-%1$d}
                spec:
                  task: |
                    echo "begin $SWARM_AGENT $SWARM_ATTEMPT" >> %2$s/task-%1$d
                    sleep %3$s
                    echo "end $SWARM_AGENT $SWARM_ATTEMPT" >> %2$s/task-%1$d
                    echo done-%1$d-$SWARM_ATTEMPT
                """.formatted(i, folder, seconds)).reduce("", String::concat);
    }

    /** How many have begun. */
    int begun() {
        return names().size();
    }

    /** The tasks whose last attempt that agent has begun and not ended. */
    List<String> heldBy(String agent) {
        return names().stream().filter(name -> {
            var lines = lines(name);
            return !lines.isEmpty() && lines.getLast().startsWith("begin " + agent + " ");
        }).toList();
    }

    /** How often it was begun. */
    long attempts(String task) {
        return lines(task).stream().filter(line -> line.startsWith("begin ")).count();
    }

    List<String> lines(String task) {
        try {
            return Files.readAllLines(folder.resolve(task));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> names() {
        var names = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(folder)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
