package io.dhcpfailover.api.v1alpha1;

/** What all kinds of the API have in common. */
public final class ApiGroup {

    /** The API group. */
    public static final String NAME = "dhcpfailover.io";

    /** The version of the kinds in this package. */
    public static final String VERSION = "v1alpha1";

    /** The category by which {@code kubectl get dhcp} lists every kind. */
    public static final String CATEGORY = "dhcp";

    /**
     * On a DhcpFailoverRelationship with the value "true": allows a maxClientLeadTime below five minutes, which
     * is for rehearsals and laboratories only.
     */
    public static final String LAB_ANNOTATION = NAME + "/lab";

    private ApiGroup() {}
}
