package io.claudeflow.swarm.kit.bus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON of contracts: records by component, sealed interfaces by a property {@code type} that holds the record's simple name,
 * ISO-8601 times. Unknown properties are ignored: contracts are additive for one release back.
 */
public final class Json {
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .annotationIntrospector(new SealedTypes())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private Json() {}

    private static final class SealedTypes extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable TypeResolverBuilder<?> findTypeResolver(MapperConfig<?> config, AnnotatedClass annotated,
                JavaType base) {
            if (!annotated.getRawType().isSealed()) {
                return super.findTypeResolver(config, annotated, base);
            }
            return new StdTypeResolverBuilder().init(JsonTypeInfo.Id.NAME, null)
                    .inclusion(JsonTypeInfo.As.PROPERTY)
                    .typeProperty("type");
        }

        @Override
        public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
            if (!annotated.getRawType().isSealed()) {
                return super.findSubtypes(annotated);
            }
            var leaves = new ArrayList<NamedType>();
            collect(annotated.getRawType(), leaves);
            return leaves;
        }

        private static void collect(Class<?> sealed, List<NamedType> into) {
            for (var permitted : sealed.getPermittedSubclasses()) {
                if (permitted.isSealed()) {
                    collect(permitted, into);
                } else {
                    into.add(new NamedType(permitted, permitted.getSimpleName()));
                }
            }
        }
    }
}
