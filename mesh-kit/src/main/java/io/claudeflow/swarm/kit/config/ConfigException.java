package io.claudeflow.swarm.kit.config;

import java.util.List;

/** Every problem of a configuration at once, each a sentence that names the variable and what is allowed. Exit code 2. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    public ConfigException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
