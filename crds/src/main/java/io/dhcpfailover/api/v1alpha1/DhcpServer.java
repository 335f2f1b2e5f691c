package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One DHCP server: a process on one host, which owns that host's port 67. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Plural("dhcpservers")
@ShortNames("dsrv")
@Categories(ApiGroup.CATEGORY)
@ValidationRule(
        value = "self.metadata.name.size() <= 52",
        message = "metadata.name must have at most 52 characters, so that its pod and that pod's labels can carry it")
@JsonClassDescription(
        "DhcpServer is one DHCP server: a process on one host, whose port 67 it owns. It may be primary in some relationships and secondary in others.")
@AdditionalPrinterColumn(name = "NODE", jsonPath = ".spec.nodeName")
@AdditionalPrinterColumn(name = "ADDRESS", jsonPath = ".status.address")
@AdditionalPrinterColumn(
        name = "AUTHORIZED",
        jsonPath = ".spec.authorized",
        type = AdditionalPrinterColumn.Type.BOOLEAN)
@AdditionalPrinterColumn(name = "SCOPES", jsonPath = ".status.scopes", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "LEASES", jsonPath = ".status.leases", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "VERSION", jsonPath = ".status.version", priority = 1)
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@AdditionalSelectableField(jsonPath = ".spec.nodeName")
public final class DhcpServer extends DhcpResource<DhcpServerSpec, DhcpServerStatus> {
    private static final long serialVersionUID = 1;
}
