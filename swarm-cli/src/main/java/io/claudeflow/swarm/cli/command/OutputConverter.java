package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.resource.Output;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The words of {@code -o}. */
final class OutputConverter implements ITypeConverter<Output> {
    @Override
    public Output convert(String value) {
        return Arrays.stream(Output.values())
                .filter(output -> output.toString().equals(value))
                .findFirst()
                .orElseThrow(
                        () -> new TypeConversionException("'" + value + "' is not allowed: use " + Output.words()));
    }
}
