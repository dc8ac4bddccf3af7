package io.claudeflow.swarm.local.api.cel;

import com.google.re2j.Pattern;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The functions that Kubernetes adds to CEL, as far as they are served: lists (sum, min, max, indexOf, lastIndexOf, isSorted), find and
 * findAll, quantities and isURL. https://kubernetes.io/docs/reference/using-api/cel/
 */
final class KubernetesFunctions {
    private static final CelType LIST = ListType.create(SimpleType.DYN);

    private KubernetesFunctions() {}

    static List<CelFunctionDecl> declarations() {
        return List.of(
                member("sum", SimpleType.DYN, LIST),
                member("min", SimpleType.DYN, LIST),
                member("max", SimpleType.DYN, LIST),
                member("isSorted", SimpleType.BOOL, LIST),
                CelFunctionDecl.newFunctionDeclaration("indexOf", CelOverloadDecl.newMemberOverload(
                        "kube_list_index_of", SimpleType.INT, LIST, SimpleType.DYN)),
                CelFunctionDecl.newFunctionDeclaration("lastIndexOf", CelOverloadDecl.newMemberOverload(
                        "kube_list_last_index_of", SimpleType.INT, LIST, SimpleType.DYN)),
                member("find", SimpleType.STRING, SimpleType.STRING, SimpleType.STRING),
                CelFunctionDecl.newFunctionDeclaration("findAll",
                        CelOverloadDecl.newMemberOverload("kube_findAll", ListType.create(SimpleType.STRING),
                                SimpleType.STRING, SimpleType.STRING),
                        CelOverloadDecl.newMemberOverload("kube_findAll_limit", ListType.create(SimpleType.STRING),
                                SimpleType.STRING, SimpleType.STRING, SimpleType.INT)),
                global("isURL", SimpleType.BOOL, SimpleType.STRING),
                global("isQuantity", SimpleType.BOOL, SimpleType.STRING),
                global("quantity", SimpleType.DYN, SimpleType.STRING),
                member("sign", SimpleType.INT, SimpleType.DYN),
                member("isInteger", SimpleType.BOOL, SimpleType.DYN),
                member("asInteger", SimpleType.INT, SimpleType.DYN),
                member("asApproximateFloat", SimpleType.DOUBLE, SimpleType.DYN),
                member("isGreaterThan", SimpleType.BOOL, SimpleType.DYN, SimpleType.DYN),
                member("isLessThan", SimpleType.BOOL, SimpleType.DYN, SimpleType.DYN),
                member("compareTo", SimpleType.INT, SimpleType.DYN, SimpleType.DYN));
    }

    private static CelFunctionDecl member(String name, CelType result, CelType... parameters) {
        return CelFunctionDecl.newFunctionDeclaration(name,
                CelOverloadDecl.newMemberOverload("kube_" + name, result, parameters));
    }

    private static CelFunctionDecl global(String name, CelType result, CelType... parameters) {
        return CelFunctionDecl.newFunctionDeclaration(name,
                CelOverloadDecl.newGlobalOverload("kube_" + name, result, parameters));
    }

    static List<CelFunctionBinding> bindings() {
        var out = new ArrayList<CelFunctionBinding>();
        out.add(CelFunctionBinding.from("kube_sum", List.class, KubernetesFunctions::sum));
        out.add(CelFunctionBinding.from("kube_min", List.class, list -> extreme(list, -1, "min")));
        out.add(CelFunctionBinding.from("kube_max", List.class, list -> extreme(list, 1, "max")));
        out.add(CelFunctionBinding.from("kube_isSorted", List.class, KubernetesFunctions::sorted));
        out.add(CelFunctionBinding.from("kube_list_index_of", List.class, Object.class,
                (list, item) -> (long) list.indexOf(item)));
        out.add(CelFunctionBinding.from("kube_list_last_index_of", List.class, Object.class,
                (list, item) -> (long) list.lastIndexOf(item)));
        out.add(CelFunctionBinding.from("kube_find", String.class, String.class, (text, pattern) -> {
            var matcher = Pattern.compile(pattern).matcher(text);
            return matcher.find() ? matcher.group() : "";
        }));
        out.add(CelFunctionBinding.from("kube_findAll", String.class, String.class,
                (text, pattern) -> findAll(text, pattern, Long.MAX_VALUE)));
        out.add(CelFunctionBinding.from("kube_findAll_limit", List.of(String.class, String.class, Long.class),
                args -> findAll((String) args[0], (String) args[1], (Long) args[2])));
        out.add(CelFunctionBinding.from("kube_isURL", String.class, KubernetesFunctions::isUrl));
        quantities(out);
        return out;
    }

    private static void quantities(List<CelFunctionBinding> out) {
        out.add(CelFunctionBinding.from("kube_isQuantity", String.class, text -> Quantity.parse(text).isPresent()));
        out.add(CelFunctionBinding.from("kube_quantity", String.class, text -> Quantity.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("quantities must match the regular expression"))));
        out.add(CelFunctionBinding.from("kube_sign", Quantity.class, q -> (long) q.value().signum()));
        out.add(CelFunctionBinding.from("kube_isInteger", Quantity.class, Quantity::integer));
        out.add(CelFunctionBinding.from("kube_asInteger", Quantity.class, q -> q.value().longValueExact()));
        out.add(CelFunctionBinding.from("kube_asApproximateFloat", Quantity.class, q -> q.value().doubleValue()));
        out.add(CelFunctionBinding.from("kube_isGreaterThan", Quantity.class, Quantity.class,
                (a, b) -> a.value().compareTo(b.value()) > 0));
        out.add(CelFunctionBinding.from("kube_isLessThan", Quantity.class, Quantity.class,
                (a, b) -> a.value().compareTo(b.value()) < 0));
        out.add(CelFunctionBinding.from("kube_compareTo", Quantity.class, Quantity.class,
                (a, b) -> (long) a.value().compareTo(b.value())));
    }

    private static Object sum(List<?> list) {
        Object total = 0L;
        for (var item : list) {
            total = plus(total, item);
        }
        return total;
    }

    private static Object plus(Object total, Object item) {
        return switch (item) {
            case Long n when total instanceof Long t -> Math.addExact(t, n);
            case Double n -> (total instanceof Double d ? d : 0.0) + n;
            case Duration n -> (total instanceof Duration d ? d : Duration.ZERO).plus(n);
            default -> throw new IllegalArgumentException("no such overload: sum of " + item);
        };
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object extreme(List<?> list, int wanted, String name) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException(name + " called on empty list");
        }
        Object best = list.getFirst();
        for (var item : list) {
            if (Integer.signum(((Comparable) item).compareTo(best)) == wanted) {
                best = item;
            }
        }
        return best;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object sorted(List<?> list) {
        for (int i = 1; i < list.size(); i++) {
            if (((Comparable) list.get(i - 1)).compareTo(list.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static List<String> findAll(String text, String pattern, long limit) {
        var out = new ArrayList<String>();
        var matcher = Pattern.compile(pattern).matcher(text);
        while ((limit < 0 || out.size() < limit) && matcher.find()) {
            out.add(matcher.group());
        }
        return out;
    }

    private static boolean isUrl(String text) {
        try {
            return URI.create(text).isAbsolute() || text.startsWith("/");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
