package io.dhcpfailover.node.configuration.cel;

import org.jspecify.annotations.Nullable;

/** The variables that an expression sees, the innermost first. */
record Variables(@Nullable Variables outer, String name, Object value) {

    Variables with(String innerName, Object innerValue) {
        return new Variables(this, innerName, innerValue);
    }

    Object get(String wanted) {
        for (Variables variables = this; variables != null; variables = variables.outer) {
            if (variables.name.equals(wanted)) {
                return variables.value;
            }
        }
        throw new EvaluationException("undeclared reference to '" + wanted + "'");
    }
}
