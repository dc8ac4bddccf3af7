package io.claudeflow.swarm.cli.adapter.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void cellsAreWhatKubectlPrints() throws JsonProcessingException {
        var table = Table.read(KubeApi.JSON.readTree(
                """
                        {"kind":"Table","metadata":{"resourceVersion":"7"},
                         "columnDefinitions":[{"name":"Name","priority":0},{"name":"Agents","priority":0},{"name":"Reason","priority":1}],
                         "rows":[{"cells":["a",3,null],"object":{"metadata":{"name":"a","namespace":"n","resourceVersion":"5"}}},
                                 {"cells":["b",null,"two\\nlines"],"object":{"metadata":{"name":"b","namespace":"n"}}}]}"""));
        assertEquals("7", table.resourceVersion());
        assertEquals(List.of("NAME", "AGENTS"), Table.header(table.columns(), false));
        assertEquals(List.of("NAME", "AGENTS", "REASON"), Table.header(table.columns(), true));
        assertEquals(List.of("a", "3"), Table.shown(table.columns(), table.rows().getFirst(), false));
        assertEquals(List.of("b", "", "two..."), Table.shown(table.columns(), table.rows().getLast(), true));
        assertEquals("5", table.rows().getFirst().resourceVersion());
    }
}
