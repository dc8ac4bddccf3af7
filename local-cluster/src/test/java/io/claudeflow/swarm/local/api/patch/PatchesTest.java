package io.claudeflow.swarm.local.api.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.schema.Schema;
import io.claudeflow.swarm.local.api.schema.Schemas;
import org.junit.jupiter.api.Test;

class PatchesTest {
    private static final Schema POD = new Schemas().builtIn("io.k8s.api.core.v1.Pod");

    private static ObjectNode json(String text) {
        return (ObjectNode) KubeJson.parse(text.replace('\'', '"'));
    }

    @Test
    void mergePatchRemovesByNullAndReplacesLists() {
        var target = json("{'a': {'b': 1, 'c': [1, 2]}, 'd': 1}");
        assertEquals(json("{'a': {'c': [3], 'e': {'f': 1}}, 'd': 1}"),
                MergePatch.apply(target, json("{'a': {'b': null, 'c': [3], 'e': {'f': 1, 'g': null}}}")));
        assertEquals(json("{'a': {'b': 1, 'c': [1, 2]}, 'd': 1}"), target);
    }

    @Test
    void jsonPatchRefusesWhatDoesNotFit() {
        var target = json("{'a': 1}");
        assertEquals(json("{'a': 2}"),
                JsonPatches.apply(target, KubeJson.parse("[{\"op\":\"replace\",\"path\":\"/a\",\"value\":2}]")));
        var refused = assertThrows(ApiException.class, () -> JsonPatches.apply(target,
                KubeJson.parse("[{\"op\":\"test\",\"path\":\"/a\",\"value\":2}]")));
        assertEquals(422, refused.code());
        assertEquals(400, assertThrows(ApiException.class, () -> JsonPatches.apply(target, json("{}"))).code());
    }

    @Test
    void strategicMergeMergesListsByKey() {
        var pod = json("{'spec': {'containers': [{'name': 'a', 'image': 'x', 'env': [{'name': 'A', 'value': '1'}]},"
                + " {'name': 'b', 'image': 'y'}]}}");
        assertEquals(json("{'spec': {'containers': [{'name': 'a', 'image': 'z', 'env': [{'name': 'B', 'value': '2'},"
                + " {'name': 'A', 'value': '1'}]}, {'name': 'b', 'image': 'y'}]}}"),
                StrategicMergePatch.apply(POD, pod, json("{'spec': {'containers': [{'name': 'a', 'image': 'z',"
                        + " 'env': [{'name': 'B', 'value': '2'}]}]}}")));
    }

    @Test
    void strategicMergeFollowsItsDirectives() {
        var pod = json("{'metadata': {'finalizers': ['x', 'y']}, 'spec': {'containers': [{'name': 'a'}, {'name': 'b'}],"
                + " 'volumes': [{'name': 'v', 'emptyDir': {}}]}}");
        var patched = StrategicMergePatch.apply(POD, pod, json("{'metadata': {"
                + "'$deleteFromPrimitiveList/finalizers': ['x']}, 'spec': {'containers': [{'name': 'b', '$patch': 'delete'},"
                + " {'name': 'c'}], '$setElementOrder/containers': [{'name': 'c'}, {'name': 'a'}],"
                + " 'volumes': [{'$retainKeys': ['name', 'configMap'], 'name': 'v', 'configMap': {'name': 'm'}}]}}"));
        assertEquals(json("{'metadata': {'finalizers': ['y']}, 'spec': {'containers': [{'name': 'c'}, {'name': 'a'}],"
                + " 'volumes': [{'name': 'v', 'configMap': {'name': 'm'}}]}}"), patched);
    }

    @Test
    void strategicMergeReplacesAtomicListsAndWantsItsKey() {
        var pod = json("{'spec': {'containers': [{'name': 'a', 'args': ['1', '2']}]}}");
        assertEquals(json("{'spec': {'containers': [{'name': 'a', 'args': ['3']}]}}"),
                StrategicMergePatch.apply(POD, pod,
                        json("{'spec': {'containers': [{'name': 'a', 'args': ['3']}]}}")));
        assertEquals(400, assertThrows(ApiException.class, () -> StrategicMergePatch.apply(POD, pod,
                json("{'spec': {'containers': [{'image': 'a'}]}}"))).code());
    }
}
