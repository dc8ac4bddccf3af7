package io.claudeflow.swarm.cli.resource;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person's words name: {@code swc}, {@code swc a b}, {@code swc/a swt/b}, {@code swc,swa}. */
public final class ResourceWords {
    private ResourceWords() {}

    /**
     * A type, or one object of it.
     *
     * @param name null: all of that type
     */
    public record Named(String type, @Nullable String name) {}

    /** Reads the words; what cannot be meant is a sentence. */
    public static List<Named> parse(List<String> words) {
        if (words.isEmpty()) {
            throw wrong("name what you mean: a type (swarmclusters), types (swc,swa), or type/name");
        }
        var named = new ArrayList<Named>();
        if (words.getFirst().contains("/")) {
            for (var word : words) {
                named.add(pair(word));
            }
            return named;
        }
        var types = List.of(words.getFirst().split(",", -1));
        if (types.contains("")) {
            throw wrong("'" + words.getFirst() + "' has an empty type; separate types by one comma: swc,swa");
        }
        var names = words.subList(1, words.size());
        for (var type : types) {
            if (names.isEmpty()) {
                named.add(new Named(type, null));
            }
            for (var name : names) {
                if (name.contains("/")) {
                    throw wrong(
                            "'" + name + "' is type/name, but the type was named before; use one form or the other");
                }
                named.add(new Named(type, name));
            }
        }
        return named;
    }

    /** Reads one object: {@code type/name} or {@code type name}. */
    public static Named one(List<String> words) {
        var named = parse(words);
        if (named.size() != 1 || named.getFirst().name() == null) {
            throw wrong("name exactly one object, for example swarmcluster/research-swarm");
        }
        return named.getFirst();
    }

    private static Named pair(String word) {
        var parts = word.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty() || parts[0].contains(",")) {
            throw wrong("'" + word + "' is not type/name, for example swarmcluster/research-swarm");
        }
        return new Named(parts[0], parts[1]);
    }

    private static SwarmException wrong(String sentence) {
        return new SwarmException(ErrorCode.INVALID, sentence);
    }
}
