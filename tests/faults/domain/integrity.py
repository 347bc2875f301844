"""Mistakes against the model itself, beside those that the schemas generate."""

from __future__ import annotations

from tests.faults.edits import add, drop, put, rewrite
from tests.faults.fault import Fault

_BENCHES = "Dispensation:test-benches-until-renewal"
_COUNTS_AGAIN = {
    "BAS103": "what the dispensation excused counts again",
}
_ERP = "technology/applications/erp.yaml"
_LICENCES = "technology/licences.yaml"
_CORPORATE = "business/capabilities/corporate-management.yaml"

FAULTS: tuple[Fault, ...] = (
    Fault(
        "a bracket is never closed",
        "MOD101",
        rewrite(_ERP, "components: [s4hana-2025]", "components: [s4hana-2025"),
    ),
    Fault(
        "a value begins with an asterisk",
        "MOD101",
        rewrite(_CORPORATE, "title: Strategic planning", "title: *strategic* planning"),
    ),
    Fault(
        "a line is indented too far",
        "MOD101",
        rewrite(_CORPORATE, "  manual: true", "    manual: true"),
    ),
    Fault(
        "a merge leaves both owners of an application",
        "MOD102",
        rewrite(
            _ERP,
            "  title: SAP S/4HANA\n",
            "  title: SAP S/4HANA\n  owner: finance\n",
        ),
    ),
    Fault(
        "a country code is the word no",
        "MOD103",
        rewrite("subsidiaries/norge/organization.yaml", 'country: "NO"', "country: NO"),
    ),
    Fault(
        "a version is written like a time of day",
        "MOD103",
        rewrite("technology/components/databases.yaml", "version: 19c", "version: 19:30"),
    ),
    Fault(
        "two capabilities are each other's parent",
        "MOD111",
        put("Capability:lifecycle-service", "parent", "connected-assets"),
    ),
    Fault(
        "the company reports to one of its teams",
        "MOD111",
        put("OrganizationUnit:meridian", "parent", "it-operations"),
    ),
    Fault(
        "an objective is its own parent",
        "MOD111",
        put("Objective:one-company", "parent", "one-company"),
    ),
    Fault(
        "a capability is put on a level too low",
        "MOD112",
        put("Capability:technician-qualification", "level", 3),
    ),
    Fault(
        "a strategy is given its parent's level",
        "MOD112",
        put("Strategy:connected-service-platform", "level", 2),
    ),
    Fault(
        "an initiative ends before it starts",
        "MOD113",
        put("Initiative:measured-emissions", "start", "2027-02-01"),
    ),
    Fault(
        "an application is phased out before it is active",
        "MOD113",
        put("Application:guardian", "lifecycle/phaseOut", "2008-01-01"),
    ),
    Fault(
        "a contract with a provider ends before it begins",
        "MOD113",
        put("Provider:zuora", "contract/end", "2025-02-28"),
    ),
    Fault(
        "a decision chose what nobody had proposed",
        "MOD114",
        put("Decision:0002-configure-price-quote", "chosen", "salesforce-cpq"),
    ),
    Fault(
        "the option that was chosen is renamed",
        "MOD114",
        put("Decision:0003-new-erp-core", "options/greenfield/name", "new-implementation"),
    ),
    Fault(
        "a comment suppresses what is in order",
        "MOD115",
        rewrite(
            _LICENCES,
            "  usage: 1382\n",
            "  usage: 1382   # bizalign: ignore[BAS119] -- counted again in autumn\n",
        ),
    ),
    Fault(
        "a suppression has run out",
        "MOD116",
        rewrite(
            _LICENCES,
            "  usage: 1382\n",
            "  usage: 1500   # bizalign: ignore[BAS119] until=2026-03-31 -- leavers are counted\n",
        ),
        allowed={"BAS119": "what the comment excused counts again"},
    ),
    Fault(
        "a suppression gives no reason",
        "MOD117",
        rewrite(
            _LICENCES,
            "  usage: 1382\n",
            "  usage: 1500   # bizalign: ignore[BAS119]\n",
        ),
    ),
    Fault(
        "two capabilities have the same title",
        "MOD118",
        put("Capability:talent-management", "metadata/title", "Payroll and time recording"),
    ),
    Fault(
        "two departments have the same title",
        "MOD118",
        put("OrganizationUnit:parts-business", "metadata/title", "Field Service"),
    ),
    Fault(
        "two objectives have the same title",
        "MOD118",
        put(
            "Objective:right-part-next-day",
            "metadata/title",
            "Customers buy air as they buy water",
        ),
    ),
    Fault(
        "nobody owns an application",
        "MOD119",
        drop("Application:kompass", "metadata/owner"),
    ),
    Fault(
        "nobody owns a capability at the top",
        "MOD119",
        drop("Capability:workforce-management", "metadata/owner"),
    ),
    Fault(
        "nobody owns a risk",
        "MOD119",
        drop("Risk:ransomware", "metadata/owner"),
    ),
    Fault(
        "nobody owns an initiative",
        "MOD119",
        drop("Initiative:s4hana-core", "metadata/owner"),
    ),
    Fault(
        "a capability is called like an activity",
        "MOD120",
        put("Capability:procurement", "metadata/title", "Manage suppliers"),
    ),
    Fault(
        "a capability is called like a team",
        "MOD121",
        put("Capability:technician-dispatch", "metadata/title", "Dispatch team"),
    ),
    Fault(
        "a capability is called like a system",
        "MOD122",
        put("Capability:parts-order-fulfilment", "metadata/title", "Parts portal"),
    ),
    Fault(
        "a capability is not described",
        "MOD123",
        drop("Capability:remote-diagnostics", "metadata/description"),
    ),
    Fault(
        "a description repeats the title",
        "MOD123",
        put("Capability:product-compliance", "metadata/description", "Product compliance"),
    ),
    Fault(
        "a dispensation does not say what it is from",
        "MOD124",
        add(
            "Dispensation:own-forms",
            "Forms of our own in Bergen",
            targets=["Application:norge/visma-business"],
            reason="Customs asks for them until Bergen is on the new core.",
            approver="Architecture board",
            grantedOn="2026-03-10",
            expiresOn="2027-12-31",
        ),
    ),
    Fault(
        "a dispensation has run out",
        "MOD125",
        put(_BENCHES, "expiresOn", "2026-05-31"),
        allowed=_COUNTS_AGAIN,
    ),
    Fault(
        "a dispensation never ends",
        "MOD126",
        drop(_BENCHES, "expiresOn"),
        allowed=_COUNTS_AGAIN,
    ),
    Fault("a dispensation gives no reason", "MOD127", drop(_BENCHES, "reason")),
    Fault("nobody approved a dispensation", "MOD128", drop(_BENCHES, "approver")),
    Fault(
        "a new dispensation is granted for ever",
        "MOD126",
        add(
            "Dispensation:own-software",
            "Software of our own in the test field",
            targets=["Application:testbench-manager"],
            policy="standard-before-own",
            reason="Bought software knows other benches only.",
            approver="Architecture board",
            grantedOn="2026-03-10",
        ),
    ),
    Fault(
        "a provider is entered twice",
        "MOD140",
        add("Provider:microsoft-corp", "MICROSOFT", type="vendor"),
    ),
    Fault(
        "the quotes around a number of machines are lost",
        "MOD141",
        rewrite(
            "change/decisions/0007-signed-updates.yaml",
            '["Reaches 16,000 machines without a visit"]',
            "[Reaches 16,000 machines without a visit]",
        ),
    ),
)
