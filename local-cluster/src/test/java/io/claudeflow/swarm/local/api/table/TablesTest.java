package io.claudeflow.swarm.local.api.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.resource.BuiltInKinds;
import io.claudeflow.swarm.local.api.resource.CustomKinds;
import io.claudeflow.swarm.local.api.resource.ResourceType;
import io.claudeflow.swarm.local.api.schema.Schemas;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablesTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T01:00:00Z"), ZoneOffset.UTC);
    private static final Tables TABLES = new Tables(CLOCK);

    private static ObjectNode json(String text) {
        return (ObjectNode) KubeJson.parse(text.replace('\'', '"'));
    }

    private static ResourceType type(String kind) {
        return BuiltInKinds.types(new Schemas()).stream().filter(t -> t.kind().equals(kind)).findFirst().orElseThrow();
    }

    private static String cells(ResourceType type, String object) {
        var table = TABLES.table(type, List.of(json(object)), Tables.Carried.NONE, true);
        return table.path("rows").path(0).path("cells").toString().replace('"', '\'');
    }

    @ParameterizedTest
    @CsvSource({"0,0s", "119,119s", "120,2m", "125,2m5s", "600,10m", "10799,179m", "10800,3h", "11000,3h3m",
        "172799,47h",
        "172800,2d", "180000,2d2h", "63072000,2y", "-5,<invalid>"})
    void agesAreShort(long seconds, String shown) {
        assertEquals(shown, Cells.shortly(Duration.ofSeconds(seconds)));
    }

    @Test
    void podsShowWhatKeepsThem() {
        assertEquals("['p','1/2','CrashLoopBackOff','3 (10m ago)','60m','10.0.0.1','n','<none>','<none>']",
                cells(type("Pod"), """
                        {'metadata': {'name': 'p', 'creationTimestamp': '2026-01-01T00:00:00Z'},
                         'spec': {'nodeName': 'n', 'containers': [{}, {}]},
                         'status': {'phase': 'Running', 'podIP': '10.0.0.1', 'containerStatuses': [
                           {'ready': true, 'state': {'running': {}}},
                           {'restartCount': 3, 'state': {'waiting': {'reason': 'CrashLoopBackOff'}},
                            'lastState': {'terminated': {'finishedAt': '2026-01-01T00:50:00Z'}}}]}}"""));
        assertEquals("['p','0/1','Terminating','0','60m','<none>','<none>','<none>','<none>']", cells(type("Pod"),
                """
                        {'metadata': {'name': 'p', 'creationTimestamp': '2026-01-01T00:00:00Z',
                         'deletionTimestamp': '2026-01-01T01:00:00Z'}, 'spec': {'containers': [{}]}, 'status': {'phase': 'Running'}}"""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'completions': 2                   | 'succeeded': 1                                          | 'Running','1/2'",
        "'parallelism': 3                   | 'startTime': '2026-01-01T00:59:30Z'                     | 'Running','0/1 of 3'",
        "'completions': 1                   | 'conditions': [{'type': 'Suspended', 'status': 'True'}] | 'Suspended','0/1'",
        "'completions': 1                   | 'conditions': [{'type': 'FailureTarget', 'status': 'True'}] | 'FailureTarget','0/1'",
        "'completions': 1, 'parallelism': 1 | 'succeeded': 1, 'conditions': [{'type': 'Complete', 'status': 'True'}] | 'Complete','1/1'"})
    void jobsShowHowFarTheyAre(String spec, String status, String shown) {
        var cells = cells(type("Job"), "{'metadata': {'name': 'j', 'creationTimestamp': '2026-01-01T00:00:00Z'},"
                + "'spec': {" + spec + "}, 'status': {" + status + "}}");
        assertTrue(cells.startsWith("['j'," + shown + ","), cells);
    }

    @Test
    void customKindsShowTheirPrinterColumns() {
        var type = CustomKinds
                .types(json(
                        """
                                {'spec': {'group': 'example.io', 'scope': 'Namespaced', 'names': {'kind': 'Widget', 'plural': 'widgets'},
                                 'versions': [{'name': 'v1', 'served': true, 'storage': true, 'additionalPrinterColumns': [
                                   {'name': 'Ready', 'type': 'string', 'jsonPath': '.status.conditions[?(@.type=="Ready")].status'},
                                   {'name': 'Count', 'type': 'integer', 'jsonPath': '.spec.count'},
                                   {'name': 'Names', 'type': 'string', 'jsonPath': '.spec.items[*].name', 'priority': 1},
                                   {'name': 'Age', 'type': 'date', 'jsonPath': '.metadata.creationTimestamp'}]}]}}"""
                                .replace("\"Ready\"",
                                        "\\\"Ready\\\"")),
                        new Schemas())
                .getFirst();
        assertEquals("['w','True',3,'a,b','60m']", cells(type,
                """
                        {'metadata': {'name': 'w', 'creationTimestamp': '2026-01-01T00:00:00Z'},
                         'spec': {'count': 3, 'items': [{'name': 'a'}, {'name': 'b'}]},
                         'status': {'conditions': [{'type': 'Other', 'status': 'False'}, {'type': 'Ready', 'status': 'True'}]}}"""));
        assertEquals("['w',null,null,null,'60m']",
                cells(type, "{'metadata': {'name': 'w', 'creationTimestamp': '2026-01-01T00:00:00Z'}}"));
    }
}
