"""The foundations crumble."""

from __future__ import annotations

from tests.faults.edits import add, drop, extend, put, remove, shorten, together
from tests.faults.fault import Fault
from tests.faults.meridian import Model

_LEGACY = frozenset({"migrate", "eliminate"})


def _forget_legacy(model: Model) -> None:
    """No objective addresses an application to be replaced, no budget pays for replacing one."""
    legacy = {
        application["metadata"]["name"]
        for application in model.each("Application")
        if application["spec"].get("timeClassification") in _LEGACY
    }
    for objective in model.each("Objective"):
        objective["spec"]["addresses"] = [
            reference
            for reference in objective["spec"].get("addresses", ())
            if not reference.startswith("Application:")
        ]
    for initiative in model.each("Initiative"):
        if "changes" in initiative["spec"]:
            initiative["spec"]["changes"] = [
                change
                for change in initiative["spec"]["changes"]
                if change.get("application", "").rpartition("/")[2] not in legacy
            ]


FAULTS: tuple[Fault, ...] = (
    Fault(
        "air audits lose their only application and get no other",
        "BAS101",
        together(
            put("Application:airaudit", "lifecycle/phaseOut", "2026-05-01"),
            put("Application:airaudit", "timeClassification", "tolerate"),
        ),
    ),
    Fault(
        "billing by usage is switched off before it starts",
        "BAS101",
        together(
            put(
                "Application:zuora-billing",
                "lifecycle",
                {"active": "2024-03-01", "phaseOut": "2026-06-01"},
            ),
            put("Application:zuora-billing", "timeClassification", "tolerate"),
        ),
    ),
    Fault(
        "Bergen's parts lists were to be gone, and nobody is at it",
        "BAS102",
        together(
            put("Application:seaparts", "lifecycle/endOfLife", "2026-05-31"),
            drop("Initiative:one-parts-catalogue", "changes/seaparts"),
        ),
    ),
    Fault(
        "an application is dead on paper only",
        "BAS102",
        add(
            "Application:mailing-tool",
            "Mailing tool",
            supports=["demand-generation"],
            lifecycle={"active": "2012-01-01", "endOfLife": "2025-12-31"},
            timeClassification="eliminate",
            functionalFit=1,
            technicalFit=1,
        ),
    ),
    Fault(
        "support for .NET 8 has ended",
        "BAS103",
        put("ITComponent:dotnet-8", "vendorSupport/endOfSupport", "2026-05-31"),
    ),
    Fault(
        "an application moves to an old Java",
        "BAS103",
        together(
            add(
                "ITComponent:java-8",
                "Java 8",
                category="software",
                vendorSupport={"endOfSupport": "2025-12-31"},
                standard="contained",
            ),
            extend("Application:parts-shop", "components", "java-8"),
        ),
    ),
    Fault(
        "Oracle ends its support in autumn",
        "BAS104",
        put(
            "ITComponent:oracle-database-19c",
            "vendorSupport",
            {"generalAvailability": "2019-04-25", "endOfSupport": "2026-10-31"},
        ),
    ),
    Fault(
        "the renewal of AirAudit is only proposed",
        "BAS104",
        put("Initiative:airaudit-5", "status", "proposed"),
    ),
    Fault(
        "the renewal of AirAudit forgets what it runs on",
        "BAS104",
        drop("Initiative:airaudit-5", "changes/dotnet-8", "changes/dotnet-10"),
        elsewhere="technology/components/runtimes.yaml",
    ),
    Fault(
        "BizTalk is to live longer than the server that it runs on",
        "BAS105",
        put("Application:biztalk", "lifecycle/endOfLife", "2027-06-30"),
    ),
    Fault(
        "the BizTalk server goes first",
        "BAS105",
        put("ITComponent:biztalk-server-2020", "lifecycle/endOfLife", "2026-10-31"),
    ),
    Fault(
        "nobody knows until when Java 21 is supported",
        "BAS106",
        drop("ITComponent:java-21", "vendorSupport"),
    ),
    Fault(
        "nobody knows when support of the gateway ends",
        "BAS106",
        drop("ITComponent:airlink-box", "vendorSupport/endOfSupport"),
    ),
    Fault(
        "the dress rehearsal of the core is only planned, and the risk has grown",
        "BAS107",
        together(
            put("Risk:erp-cutover-slips", "likelihood", 4),
            put("Control:erp-dress-rehearsal", "status", "planned"),
        ),
    ),
    Fault(
        "a new risk has no control",
        "BAS107",
        add(
            "Risk:dispatch-outage",
            "Dispatch fails for a day",
            threatens=["Application:ifs-cloud"],
            likelihood=4,
            impact=5,
            treatment="reduce",
            status="open",
        ),
    ),
    Fault(
        "payroll is to go, nobody says when",
        "BAS108",
        put("Application:loga", "timeClassification", "eliminate"),
    ),
    Fault(
        "Visma loses its dates and its project",
        "BAS108",
        together(
            drop("Application:visma-business", "lifecycle/phaseOut", "lifecycle/endOfLife"),
            drop("Initiative:bergen-joins-the-core", "changes/visma-business"),
        ),
    ),
    Fault(
        "payroll is phased out and nothing follows",
        "BAS109",
        put("Application:loga", "lifecycle/phaseOut", "2026-04-01"),
    ),
    Fault(
        "the old test bench control loses its successor",
        "BAS109",
        together(
            put("Application:testbench-manager", "lifecycle/phaseOut", "2026-06-01"),
            drop("Application:testbench-manager", "successor"),
            drop("Application:testbench-suite", "supports"),
        ),
    ),
    Fault(
        "the new core comes after the end of the old one",
        "BAS110",
        put("Application:sap-s4hana", "lifecycle/active", "2027-11-01"),
    ),
    Fault(
        "the old core is to end before the new one starts",
        "BAS110",
        put("Application:sap-ecc", "lifecycle/endOfLife", "2027-03-31"),
        allowed={"BAS131": "the project goes by the old date"},
    ),
    Fault(
        "the new manufacturing system slips into the next year",
        "BAS110",
        put("Application:hydra-x", "lifecycle/active", "2027-02-01"),
    ),
    Fault(
        "an application to invest in does little of what is needed",
        "BAS111",
        put("Application:workiva", "functionalFit", 2),
    ),
    Fault(
        "an application to invest in is badly built",
        "BAS111",
        put("Application:parts-shop", "technicalFit", 2),
    ),
    Fault(
        "an application to tolerate is badly built",
        "BAS111",
        put("Application:loga", "technicalFit", 2),
    ),
    Fault(
        "an application to migrate is well built",
        "BAS111",
        put("Application:sap-ecc", "technicalFit", 4),
    ),
    Fault(
        "an application to eliminate is good in every way",
        "BAS111",
        together(
            put("Application:kompass", "functionalFit", 3),
            put("Application:kompass", "technicalFit", 3),
        ),
    ),
    Fault(
        "money goes into an application that is being phased out",
        "BAS112",
        put("Application:databricks", "lifecycle/phaseOut", "2026-06-01"),
    ),
    Fault(
        "the code store is phased out, and still one to invest in",
        "BAS112",
        put("Application:github-enterprise", "lifecycle/phaseOut", "2026-03-01"),
    ),
    Fault(
        "an application was last reviewed a year ago",
        "BAS113",
        put("Application:workiva", "reviewedOn", "2025-06-18"),
    ),
    Fault(
        "an application was never reviewed",
        "BAS113",
        drop("Application:workiva", "reviewedOn"),
    ),
    Fault(
        "a database comes to carry field service too, and nobody speaks of it",
        "BAS114",
        extend("Application:ifs-cloud", "components", "postgresql-16"),
        elsewhere="technology/components/databases.yaml",
    ),
    Fault(
        "nobody speaks of what rests on the hypervisor any more",
        "BAS114",
        shorten("Risk:ransomware", "threatens", "ITComponent:vsphere-8"),
        elsewhere="technology/components/servers.yaml",
    ),
    Fault(
        "the risk of having everything at Microsoft is struck off",
        "BAS115",
        remove("Risk:everything-at-microsoft"),
        elsewhere="technology/providers.yaml",
    ),
    Fault(
        "the hoster is no longer named in its risk",
        "BAS115",
        shorten("Risk:hoster-loses-interest", "threatens", "Provider:lech-rechenzentrum"),
        elsewhere="technology/providers.yaml",
    ),
    Fault(
        "everything does a bit of demand generation",
        "BAS116",
        together(
            extend("Application:microsoft-365", "supports", "demand-generation"),
            extend("Application:databricks", "supports", "demand-generation"),
            extend("Application:airaudit", "supports", "demand-generation"),
        ),
    ),
    Fault(
        "nobody speaks of legacy any more",
        "BAS117",
        _forget_legacy,
        elsewhere="subsidiaries/norge/applications.yaml",
    ),
    Fault(
        "a subscription runs out in August",
        "BAS118",
        put("License:ifs-cloud-subscription", "expiresOn", "2026-08-31"),
    ),
    Fault(
        "a subscription ran out in spring",
        "BAS118",
        put("License:salesforce-subscription", "expiresOn", "2026-03-31"),
    ),
    Fault(
        "the agreement with Microsoft runs out",
        "BAS118",
        put("License:microsoft-enterprise-agreement", "expiresOn", "2026-07-31"),
    ),
    Fault(
        "more people use the core than are paid for",
        "BAS119",
        put("License:sap-ecc-maintenance", "usage", 1500),
    ),
    Fault(
        "seats are given back too early",
        "BAS119",
        put("License:teamcenter-nx-licences", "entitlement", 120),
    ),
    Fault(
        "the new manufacturing system runs on a forbidden database",
        "BAS120",
        extend("Application:hydra-x", "components", "sql-server-2016"),
    ),
    Fault(
        "the gateway is forbidden",
        "BAS120",
        put("ITComponent:airlink-box", "standard", "prohibited"),
    ),
    Fault(
        "the new manufacturing system starts on old Java",
        "BAS121",
        extend("Application:hydra-x", "components", "java-17"),
    ),
    Fault(
        "the new core is closed to new use before it is there",
        "BAS121",
        put("ITComponent:s4hana-2025", "standard", "contained"),
    ),
    Fault(
        "a critical application is to be gone in autumn, and nobody is at it",
        "BAS130",
        together(
            put("Application:github-enterprise", "lifecycle/endOfLife", "2026-09-30"),
            put("Application:github-enterprise", "timeClassification", "tolerate"),
        ),
    ),
    Fault(
        "the project switches BizTalk off after its end of life",
        "BAS131",
        put("Initiative:integration-renewal", "changes/biztalk/date", "2027-01-29"),
    ),
    Fault(
        "a contract runs out, and what it was for stays",
        "BAS132",
        together(
            add(
                "Provider:kabelwerk",
                "Kabelwerk",
                type="vendor",
                contract={"start": "2020-01-01", "end": "2026-03-31"},
            ),
            add("ITService:leased-lines", "Leased lines", provider="kabelwerk"),
        ),
    ),
    Fault(
        "a service has been planned for years",
        "BAS133",
        add("ITService:printing", "Printing", lifecycle={"plan": "2023-01-01"}),
    ),
    Fault(
        "a standard is withdrawn, and a service keeps to it",
        "BAS134",
        together(
            add("ITService:archiving", "Archiving", lifecycle={"active": "2020-01-01"}),
            add(
                "Policy:archive-on-tape",
                "Archive on tape",
                type="standard",
                status="retired",
                appliesTo=["ITService:archiving"],
            ),
        ),
    ),
    Fault(
        "a grave risk is open, and no control is in place",
        "BAS135",
        add("Risk:flood", "Flood in Augsburg", status="open", likelihood=4, impact=5),
    ),
)
