package io.claudeflow.swarm.agent.executor.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Finds out once per agent by what means scripts can see the volumes at their paths: bubblewrap, else unshare. Each is
 * tried with the agent's own volumes, since what is on the PATH may still be forbidden. Blocking, a fraction of a second.
 */
final class IsolationProbe {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    /** Where an ordinary user's PATH does not look, mount and pivot_root may be. */
    private static final String SYSTEM_PATH = ":/usr/bin:/bin:/usr/sbin:/sbin";
    private static final Path SELF = Path.of("/proc/self");

    private final ShellConfig config;
    private final Path folder;
    private final List<String> problems = new ArrayList<>();

    /** @param folder of the agent's own, below the workspace */
    IsolationProbe(ShellConfig config, Path folder) {
        this.config = config;
        this.folder = folder;
    }

    /**
     * What was found.
     *
     * @param note empty, or a sentence for the top of each step's log that says why not and what to do
     */
    record Found(Isolation isolation, String note) {}

    Found find() {
        if (!config.volumes().elsewhere()) {
            return new Found(Isolation.NONE, "");
        }
        if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
            problems.add("only Linux has mount namespaces");
        } else {
            var first = working().findFirst();
            if (first.isPresent()) {
                return new Found(first.get(), "");
            }
        }
        return new Found(Isolation.NONE, "volumes are below $SWARM_MOUNT_ROOT (" + config.volumes().root()
                + "), not at their own paths: install bubblewrap, or allow user namespaces ("
                + String.join("; ", problems) + ")");
    }

    /** All that work, the best one first; each is tried when it is asked for. */
    Stream<Isolation> working() {
        return candidates().stream().filter(this::works);
    }

    private List<Isolation> candidates() {
        var path = config.path() + SYSTEM_PATH;
        var candidates = new ArrayList<Isolation>();
        var bash = Executables.find("bash", path);
        var bwrap = Executables.find("bwrap", path);
        var env = Executables.find("env", path);
        long uid = id("unix:uid");
        if (bash.isPresent() && bwrap.isPresent() && env.isPresent()) {
            candidates.add(new Bubblewrap(config.volumes(), bwrap.get(), bash.get(), env.get(), uid == 0));
        }
        var missing = Unshare.PROGRAMS.stream().filter(name -> Executables.find(name, path).isEmpty()).toList();
        if (!missing.isEmpty()) {
            problems.add("missing on the PATH: " + String.join(", ", missing));
            return candidates;
        }
        var programs = new HashMap<String, Path>();
        Unshare.PROGRAMS.forEach(name -> Executables.find(name, path).ifPresent(found -> programs.put(name, found)));
        var users = uid == 0
                ? List.of(new Unshare.User.Root(), new Unshare.User.BecomesRoot())
                : List.of(new Unshare.User.Kept(uid, id("unix:gid")), new Unshare.User.BecomesRoot());
        users.forEach(user -> candidates
                .add(new Unshare(config.volumes(), Map.copyOf(programs), folder.resolve("root"), user)));
        return candidates;
    }

    private long id(String attribute) {
        try {
            return ((Number) Files.getAttribute(SELF, attribute)).longValue();
        } catch (IOException | UnsupportedOperationException e) {
            return -1;
        }
    }

    private boolean works(Isolation isolation) {
        var name = isolation instanceof Bubblewrap ? "bwrap" : "unshare";
        try {
            var test = new ArrayList<>(
                    List.of("bash", "-p", "-c", "for volume; do cd \"$volume\" || exit 1; done", "bash"));
            config.volumes().paths().forEach(volume -> test.add(volume.toString()));
            var builder = new ProcessBuilder(isolation.wrap(test, folder, folder)).redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().put("PATH", config.path() + SYSTEM_PATH);
            builder.environment().put("LC_ALL", "C");
            var process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                problems.add(name + " did not end within " + LIMIT.toSeconds() + " s");
                return false;
            }
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.exitValue() != 0) {
                problems.add(said.isEmpty() ? name + " failed" : said.lines().toList().getLast());
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            problems.add(name + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problems.add("interrupted");
        }
        return false;
    }
}
