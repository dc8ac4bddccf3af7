package io.claudeflow.swarm.cli.local;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The process that serves a local swarm. A record of a process that has ended, or whose number another one has now, is as good as
 * none.
 *
 * @param pid     its number
 * @param started when it started, to the precision that the system tells; the epoch where it does not
 * @param terms   Raft term of each SwarmCluster ({@code namespace/name}) when its API server began to serve
 */
public record RunRecord(long pid, Instant started, Map<String, Long> terms) {
    private static final String TERM = "term.";

    public RunRecord {
        terms = Map.copyOf(terms);
    }

    /** A record of this very process. */
    public static RunRecord ofThisProcess(Map<String, Long> terms) {
        var self = ProcessHandle.current();
        return new RunRecord(self.pid(), self.info().startInstant().orElse(Instant.EPOCH), terms);
    }

    /** The record in that file, if its process still runs. */
    public static Optional<RunRecord> running(Path file) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
        } catch (IOException e) {
            // Not there, or not to be read: whoever starts a swarm there is told why by the first write.
            return Optional.empty();
        }
        try {
            return Optional.of(read(properties)).filter(record -> record.process().isPresent());
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            // Not ours, or cut short by a full disk: nobody can be found by it.
            return Optional.empty();
        }
    }

    private static RunRecord read(Properties properties) {
        var terms = new HashMap<String, Long>();
        for (var name : properties.stringPropertyNames()) {
            if (name.startsWith(TERM)) {
                terms.put(name.substring(TERM.length()), Long.parseLong(properties.getProperty(name)));
            }
        }
        return new RunRecord(Long.parseLong(properties.getProperty("pid", "")),
                Instant.parse(properties.getProperty("started", "")), terms);
    }

    /** The process, while it is alive and the same. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info().startInstant().orElse(Instant.EPOCH).equals(started));
    }

    /** Writes it in one step: a reader sees the old record or the new one. */
    public void write(Path file) throws IOException {
        var properties = new Properties();
        properties.setProperty("pid", Long.toString(pid));
        properties.setProperty("started", started.toString());
        terms.forEach((cluster, term) -> properties.setProperty(TERM + cluster, Long.toString(term)));
        var text = new StringWriter();
        properties.store(text, null);
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text.toString());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
