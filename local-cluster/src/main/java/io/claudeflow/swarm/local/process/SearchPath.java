package io.claudeflow.swarm.local.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The folders in which programs are looked for, in order.
 *
 * @param folders absolute folders
 */
public record SearchPath(List<Path> folders) {
    public SearchPath {
        folders = List.copyOf(folders);
    }

    /** From the value of the variable PATH. */
    public static SearchPath parse(String path) {
        return new SearchPath(Arrays.stream(path.split(File.pathSeparator))
                .filter(part -> !part.isBlank())
                .map(Path::of)
                .toList());
    }

    /** The first executable of that name. */
    public Optional<Path> find(String program) {
        return folders.stream().map(folder -> folder.resolve(program)).filter(Files::isExecutable).findFirst();
    }

    /** As the variable PATH. */
    @Override
    public String toString() {
        return String.join(File.pathSeparator, folders.stream().map(Path::toString).toList());
    }
}
