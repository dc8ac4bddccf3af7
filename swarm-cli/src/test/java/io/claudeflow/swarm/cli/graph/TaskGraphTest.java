package io.claudeflow.swarm.cli.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class TaskGraphTest {
    private static KubeObject object(String yaml) {
        return new KubeObject(new ObjectMapper().valueToTree(new Yaml().load(yaml)));
    }

    private static TaskGraph graph() {
        return TaskGraph.of(object("""
                metadata: {name: release}
                spec:
                  task: echo all
                  subtasks:
                  - {name: build, task: x, items: [a, b, c]}
                  - {name: test, task: x, dependsOn: [build]}
                  - {name: repair, task: x, dependsOn: [test], when: "steps.test.phase == 'Failed' && 1 < 2"}
                  - {name: docs, task: x}
                status:
                  phase: Running
                  subtasks:
                  - {name: build, phase: Completed, done: 3/3}
                  - {name: test, phase: Running, done: 0/1}
                  - {name: repair, phase: Blocked, done: 0/1}
                  - {name: docs, phase: Skipped, done: 1/1}
                """));
    }

    @Test
    void mermaid() {
        assertTrue(MermaidGraph.draw(graph()).startsWith("""
                flowchart LR
                  n0["build<br/>Completed<br/>3/3 items"]:::completed
                  n1["test<br/>Running"]:::running
                  n2["repair<br/>Blocked<br/>when steps.test.phase == 'Failed' &amp;&amp; 1 &lt; 2"]:::blocked
                  n3["docs<br/>Skipped"]:::skipped
                  n4["release<br/>Blocked"]:::blocked
                  n0 --> n1
                  n1 --> n2
                  n2 --> n4
                  n3 --> n4
                """), MermaidGraph.draw(graph()));
    }

    @Test
    void svgIsWellFormedAndHasEachNodeAndEdge() throws Exception {
        var svg = SvgGraph.draw(graph());
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertEquals(5, document.getElementsByTagName("rect").getLength());
        assertEquals(4 + 1, document.getElementsByTagName("path").getLength(), "four edges and the arrow's head");
    }

    @Test
    void layersAreTheLongestWaysAndACycleDoesNotHang() {
        assertEquals(Map.of("build", 0, "test", 1, "repair", 2, "docs", 0, "release", 3), graph().layers());
        var cycle = TaskGraph.of(object("""
                metadata: {name: t}
                spec: {subtasks: [{name: a, task: x, dependsOn: [b]}, {name: b, task: x, dependsOn: [a]}]}
                """));
        assertEquals(2, cycle.layers().size());
        assertTrue(SvgGraph.draw(cycle).contains("<svg"));
    }
}
