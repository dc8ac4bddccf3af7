package io.claudeflow.swarm.agent.executor.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.claudeflow.swarm.agent.executor.shell.MountPlan.Mount;
import io.claudeflow.swarm.agent.executor.shell.MountPlan.Mount.Bind;
import io.claudeflow.swarm.agent.executor.shell.MountPlan.Mount.Folder;
import io.claudeflow.swarm.agent.executor.shell.MountPlan.Mount.Link;
import io.claudeflow.swarm.agent.volume.Volumes;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MountPlanTest {
    private static final Map<String, List<String>> FOLDERS = new TreeMap<>(Map.of("/",
            List.of("bin", "data", "file", "usr",
                    "var"),
            "/var", List.of("lib", "run"), "/var/lib", List.of(), "/usr", List.of(), "/data", List.of(), "/run",
            List.of()));

    @Test
    void volumesComeAfterTheMachinesOwnFiles() {
        assertEquals(
                List.of(link("/bin", "usr/bin"), bind("/data"), new Bind(Path.of("/file"), Path.of("/file"), false),
                        bind("/usr"), bind("/var"), volume("/checkpoint"), volume("/data/in")),
                plan("/data/in", "/checkpoint"),
                "a volume in a folder that has its mount point is mounted over it");
    }

    @Test
    void aFolderWithoutTheMountPointIsMadeAnew() {
        assertEquals(
                List.of(link("/bin", "usr/bin"), bind("/data"), new Bind(Path.of("/file"), Path.of("/file"), false),
                        bind("/usr"), new Folder(Path.of("/var")), bind("/var/lib"), link("/var/run", "/run"),
                        volume("/var/state/deep")),
                plan("/var/state/deep"));
    }

    @Test
    void aVolumeReplacesTheMachinesFolderAndBringsWhatLiesBelowIt() {
        assertEquals(List.of(link("/bin", "usr/bin"), new Bind(Path.of("/file"), Path.of("/file"), false), bind("/usr"),
                bind("/var"), volume("/data")), plan("/data", "/data/in/it"));
    }

    @Test
    void aVolumeBehindALinkIsMountedWhereTheLinkLeads() {
        var mounts = plan("/var/run/swarm");

        assertEquals(new Bind(Path.of("/pod/var/run/swarm"), Path.of("/run/swarm"), true), mounts.getLast());
    }

    private static List<Mount> plan(String... volumes) {
        return MountPlan.of(new Volumes(Path.of("/pod"), Arrays.stream(volumes).map(Path::of).toList()),
                new Machine()).mounts();
    }

    private static Bind bind(String path) {
        return new Bind(Path.of(path), Path.of(path), true);
    }

    private static Link link(String path, String target) {
        return new Link(Path.of(path), Path.of(target));
    }

    private static Bind volume(String path) {
        return new Bind(Path.of("/pod" + path), Path.of(path), true);
    }

    private static final class Machine implements MountPlan.Machine {
        @Override
        public List<Path> list(Path folder) {
            return FOLDERS.getOrDefault(folder.toString(), List.of()).stream().map(folder::resolve).toList();
        }

        @Override
        public boolean isFolder(Path path) {
            return FOLDERS.containsKey(path.toString()) || path.equals(Path.of("/data/in"));
        }

        @Override
        public Optional<Path> link(Path path) {
            return switch (path.toString()) {
                case "/bin" -> Optional.of(Path.of("usr/bin"));
                case "/var/run" -> Optional.of(Path.of("/run"));
                default -> Optional.empty();
            };
        }

        @Override
        public Path real(Path path) {
            var run = Path.of("/var/run");
            return path.startsWith(run) ? Path.of("/run").resolve(run.relativize(path)) : path;
        }
    }
}
