package io.claudeflow.swarm.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Tasks that write down, in a file of each, who began and who ended which attempt. */
record Runs(Path folder) {
    /** Later than that after a fault there may be no task left to begin. */
    private static final Duration AFTERMATH = Duration.ofMillis(500);

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

    /** The longest time in which no task was begun for the first time, of those that begin at a fault or soon after it. */
    Duration pause(Instant fault) {
        var begins = names().stream().map(this::begin).filter(fault::isBefore).sorted().toList();
        var longest = Duration.ZERO;
        var last = fault;
        for (var begin : begins) {
            if (last.isAfter(fault.plus(AFTERMATH))) {
                break;
            }
            var pause = Duration.between(last, begin);
            longest = pause.compareTo(longest) > 0 ? pause : longest;
            last = begin;
        }
        return longest;
    }

    private Instant begin(String task) {
        try {
            return Files.readAttributes(folder.resolve(task), BasicFileAttributes.class).creationTime().toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
