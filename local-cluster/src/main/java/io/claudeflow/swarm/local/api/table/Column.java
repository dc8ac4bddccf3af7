package io.claudeflow.swarm.local.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * One column of a table.
 *
 * @param type     string, integer, number, boolean or date
 * @param priority 0 is always shown, more only with {@code -o wide}
 * @param cell     the value for an object
 */
record Column(String name, String type, int priority, Function<ObjectNode, JsonNode> cell) {
    static Column text(String name, Function<ObjectNode, String> cell) {
        return new Column(name, "string", 0, o -> TextNode.valueOf(cell.apply(o)));
    }

    static Column wide(String name, Function<ObjectNode, String> cell) {
        return new Column(name, "string", 1, o -> TextNode.valueOf(cell.apply(o)));
    }

    static Column number(String name, ToIntFunction<ObjectNode> cell) {
        return new Column(name, "integer", 0, o -> IntNode.valueOf(cell.applyAsInt(o)));
    }
}
