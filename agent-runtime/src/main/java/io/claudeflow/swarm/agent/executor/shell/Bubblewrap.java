package io.claudeflow.swarm.agent.executor.shell;

import io.claudeflow.swarm.agent.executor.shell.MountPlan.Mount;
import io.claudeflow.swarm.agent.volume.Volumes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * By bubblewrap, which stays as the parent of the command. Two things follow. It ignores SIGTERM, else a group that is
 * asked to end would lose its leader before the script has tidied up; the script itself gets the signal's default back.
 * And it is not told to die with its parent: that is the thread that started it, which may end long before the step.
 *
 * @param root keeps the privileges of root, which bubblewrap takes away by default
 */
record Bubblewrap(Volumes volumes, Path bwrap, Path bash, Path env, boolean root) implements Isolation {
    @Override
    public List<String> wrap(List<String> command, Path work, Path folder) {
        var all = new ArrayList<String>(List.of(bash.toString(), "-p", "-c", "trap '' TERM; exec \"$@\"", "bash",
                bwrap.toString()));
        for (var mount : MountPlan.of(volumes, new HostFiles()).mounts()) {
            all.addAll(switch (mount) {
                case Mount.Folder(var path) -> List.of("--dir", path.toString());
                case Mount.Link(var path, var target) -> List.of("--symlink", target.toString(), path.toString());
                // "try": what vanishes between the listing and now is not missed.
                case Mount.Bind(var from, var path, _) ->
                    List.of("--dev-bind-try", from.toString(), path.toString());
            });
        }
        if (root) {
            all.addAll(List.of("--cap-add", "ALL"));
        }
        all.addAll(List.of("--chdir", work.toString(), "--", env.toString(), "--default-signal=TERM"));
        all.addAll(command);
        return all;
    }
}
