package io.claudeflow.swarm.cli.adapter.yaml;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Which plain scalars are what, as kubectl's YAML reader has it: YAML 1.1's words for true and false, but neither timestamps
 * nor numbers in base 60, which stay text.
 */
final class KubeResolver extends Resolver {
    private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|0b[01_]+|0o?[0-7_]+)");
    private static final Pattern DECIMAL = Pattern
            .compile(
                    "[-+]?(([0-9][0-9_]*)?\\.[0-9_]+([eE][-+]?[0-9]+)?|[0-9][0-9_]*(\\.?[eE][-+]?[0-9]+|\\.)|\\.(inf|Inf|INF))|\\.(nan|NaN|NAN)");

    @Override
    protected void addImplicitResolvers() {
        addImplicitResolver(Tag.BOOL, BOOL, "yYnNtTfFoO");
        addImplicitResolver(Tag.INT, INTEGER, "-+0123456789");
        addImplicitResolver(Tag.FLOAT, DECIMAL, "-+0123456789.");
        addImplicitResolver(Tag.MERGE, MERGE, "<");
        addImplicitResolver(Tag.NULL, NULL, "~nN\0");
        addImplicitResolver(Tag.NULL, EMPTY, null);
    }
}
