package io.dhcpfailover.api.schema;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.generator.annotation.Default;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds to a generated schema what the generator does not say: fields and enum constants in the order of the Java
 * types, formats of numbers, the schema of value types, the topology of lists, and defaults of objects.
 */
final class SchemaRefiner {

    /** As Kubernetes' own schemas have it, without the sign: there is no negative amount of a resource. */
    private static final String QUANTITY = "^([0-9]+([.][0-9]*)?|[.][0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$";

    private SchemaRefiner() {}

    /** Refines the schema of an object, in place, by the record that it was generated from. */
    static void refineObject(JSONSchemaProps object, Class<?> record) {
        dropRepeatedRules(object);
        describe(object, record);
        Map<String, JSONSchemaProps> ordered = new LinkedHashMap<>();
        for (RecordComponent component : record.getRecordComponents()) {
            JSONSchemaProps property = object.getProperties().get(component.getName());
            if (property == null) {
                throw new IllegalStateException(record + " has no generated schema for " + component.getName());
            }
            ordered.put(component.getName(), property);
            refineType(property, component.getGenericType());
            refineField(property, field(record, component.getName()));
        }
        if (ordered.size() != object.getProperties().size()) {
            throw new IllegalStateException(
                    record + " does not have all of " + object.getProperties().keySet());
        }
        object.setProperties(ordered);
    }

    /** The generator takes descriptions from fields only. */
    static void describe(JSONSchemaProps schema, Class<?> type) {
        dropRepeatedRules(schema);
        JsonClassDescription description = type.getAnnotation(JsonClassDescription.class);
        if (description != null && schema.getDescription() == null) {
            schema.setDescription(description.value());
        }
    }

    private static Field field(Class<?> record, String name) {
        try {
            return record.getDeclaredField(name);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void refineField(JSONSchemaProps property, Field field) {
        ListMap listMap = field.getAnnotation(ListMap.class);
        if (listMap != null) {
            property.setXKubernetesListType("map");
            property.setXKubernetesListMapKeys(List.of(listMap.value()));
        } else if (field.isAnnotationPresent(ListSet.class)) {
            property.setXKubernetesListType("set");
        } else if ("array".equals(property.getType())) {
            property.setXKubernetesListType("atomic");
        }
        for (Annotation annotation : field.getAnnotations()) {
            TextSchema text = annotation.annotationType().getAnnotation(TextSchema.class);
            if (text != null && property.getXKubernetesValidations().isEmpty()) {
                apply(text, property);
            }
        }
        Default defaultValue = field.getAnnotation(Default.class);
        if (defaultValue != null && "object".equals(property.getType())) {
            // The generator would fill in what a Java object has without values: enabled: false, among others.
            property.setDefault(JsonNodeFactory.instance.objectNode());
        }
    }

    private static void refineType(JSONSchemaProps schema, Type type) {
        dropRepeatedRules(schema);
        if (type instanceof ParameterizedType parameterized && parameterized.getRawType() == List.class) {
            refineType(schema.getItems().getSchema(), parameterized.getActualTypeArguments()[0]);
        } else if (type instanceof ParameterizedType parameterized
                && parameterized.getActualTypeArguments()[parameterized.getActualTypeArguments().length - 1]
                        == Quantity.class) {
            schema.getAdditionalProperties().getSchema().setPattern(QUANTITY);
        } else if (type == int.class || type == Integer.class) {
            schema.setFormat("int32");
        } else if (type == long.class || type == Long.class) {
            schema.setFormat("int64");
        } else if (type instanceof Class<?> c) {
            refineClass(schema, c);
        }
    }

    private static void refineClass(JSONSchemaProps schema, Class<?> type) {
        @Nullable TextSchema text = type.getAnnotation(TextSchema.class);
        if (text != null) {
            apply(text, schema);
        } else if (type.isEnum()) {
            schema.setEnum(Arrays.stream(type.getEnumConstants())
                    .<JsonNode>map(constant -> TextNode.valueOf(constant.toString()))
                    .toList());
        } else if (type.isRecord() && "object".equals(schema.getType())) {
            refineObject(schema, type);
        }
    }

    /** The rule of the value comes before those of the field, if it has any. */
    private static void apply(TextSchema text, JSONSchemaProps schema) {
        schema.setMinLength((long) text.minLength());
        schema.setMaxLength((long) text.maxLength());
        ValidationRule rule = new ValidationRule();
        rule.setRule(text.rule());
        rule.setMessage(text.message());
        List<ValidationRule> rules = new ArrayList<>(List.of(rule));
        rules.addAll(schema.getXKubernetesValidations());
        schema.setXKubernetesValidations(rules);
    }

    /** The generator reads an annotation of a record's component twice, on the field and on the accessor. */
    private static void dropRepeatedRules(JSONSchemaProps schema) {
        schema.setXKubernetesValidations(List.copyOf(new LinkedHashSet<>(schema.getXKubernetesValidations())));
    }
}
