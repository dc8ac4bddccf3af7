package io.claudeflow.swarm.agent.executor.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Lets a command see the volumes at their absolute paths, in a mount namespace of its own. */
interface Isolation {
    /** Where nothing is to be done, or nothing can be. */
    Isolation NONE = (command, _, _) -> command;

    /**
     * The command that runs {@code command} so. It ends as that ends, and is in the same process group. Blocking.
     *
     * @param work   the working directory
     * @param folder for files that the command needs as long as it runs
     */
    List<String> wrap(List<String> command, Path work, Path folder) throws IOException;
}
