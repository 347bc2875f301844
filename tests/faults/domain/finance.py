"""Money goes astray."""

from __future__ import annotations

from tests.faults.edits import add, drop, put, together
from tests.faults.fault import Fault

FAULTS: tuple[Fault, ...] = (
    Fault(
        "more than everything is handed on",
        "FIN101",
        put("Application:teamcenter", "allocations/compressor-design/share", 65),
    ),
    Fault(
        "a tenth is handed on to nobody",
        "FIN101",
        put("Application:loga", "allocations/payroll-and-time/share", 90),
    ),
    Fault(
        "a tower loses one of its takers",
        "FIN101",
        drop("Tower:licensing", "allocations/Application:workiva"),
    ),
    Fault(
        "a pool is called by a word of the house",
        "FIN102",
        put("CostPool:staffing", "term", "Personnel"),
    ),
    Fault(
        "a tower is called by a term of an older taxonomy",
        "FIN102",
        put("Tower:servers", "term", "Mainframes"),
    ),
    Fault(
        "a tower names a taxonomy that nobody knows",
        "FIN102",
        put("Tower:servers", "taxonomy", "tbm-9.9"),
    ),
    Fault(
        "an account is in no pool",
        "FIN103",
        drop("Account:lines-and-sim-cards", "costPool"),
    ),
    Fault(
        "a new account is in no pool",
        "FIN103",
        add("Account:training", "Training of IT", code="642000", expenditure="opex"),
    ),
    Fault(
        "the cost of the data centre ends in its pool",
        "FIN104",
        drop("CostPool:data-centre-facilities", "allocations"),
    ),
    Fault(
        "the network hands its cost on to nobody",
        "FIN104",
        drop("Tower:network", "allocations"),
    ),
    Fault(
        "security hands its cost on to nobody",
        "FIN104",
        put("Tower:security", "allocations", []),
    ),
    Fault(
        "nobody knows what an application costs",
        "FIN105",
        add(
            "Application:dealer-portal",
            "Dealer portal",
            supports=["customer-relationship-management"],
            lifecycle={"active": "2026-02-02"},
            timeClassification="invest",
            functionalFit=4,
            technicalFit=4,
            criticality="administrativeService",
            reviewedOn="2026-05-12",
        ),
    ),
    Fault(
        "the workplace hands on less than it costs",
        "FIN106",
        put(
            "ITService:digital-workplace",
            "allocations/Capability:workplace-and-hosting/amount",
            1515025,
        ),
    ),
    Fault(
        "payroll hands on more than it costs",
        "FIN106",
        put("Application:loga", "allocations/payroll-and-time/amount", 151080),
    ),
    Fault(
        "staff hands on more to development than it has",
        "FIN106",
        put("CostPool:staffing", "allocations/development/amount", 3320000),
    ),
    Fault(
        "the cost of a tower is typed wrongly",
        "FIN106",
        put("Cost:licensing-tower-2026", "amount", 3386000),
    ),
    Fault(
        "the cost of a pool is typed wrongly",
        "FIN106",
        put("Cost:staffing-2026", "amount", 9700000),
    ),
    Fault(
        "the cost of an application is typed wrongly",
        "FIN106",
        put("Cost:teamcenter-2026", "amount", 1919030),
    ),
    Fault(
        "the cost of a capability is typed wrongly",
        "FIN107",
        put("Cost:remote-diagnostics-2026", "amount", 1535729),
    ),
    Fault(
        "field service is charged what belongs to the installed base",
        "FIN107",
        together(
            put("Application:ifs-cloud", "allocations/technician-dispatch/amount", 570029),
            put("Application:ifs-cloud", "allocations/installed-base-management/amount", 135014),
        ),
    ),
    Fault(
        "salaries are typed wrongly",
        "FIN108",
        put("Cost:it-salaries-2026", "amount", 7500000),
    ),
    Fault(
        "a cost is booked for what was gone by then",
        "FIN109",
        put("Application:guardian", "lifecycle/endOfLife", "2025-12-31"),
        allowed={"BAS131": "it is retired only afterwards"},
    ),
    Fault(
        "the old service database was to be gone before the year began",
        "FIN109",
        put("Application:serma", "lifecycle/endOfLife", "2025-11-30"),
        allowed={
            "BAS131": "it is retired only afterwards",
            "BAS202": "its interface is to run for longer",
        },
    ),
    Fault(
        "the strategy means to spend half on growth",
        "FIN110",
        put("Strategy:meridian-2030", "investmentMix", {"run": 45, "grow": 47, "transform": 8}),
        findings=2,  # one for each of the two shares
    ),
    Fault(
        "the new core is booked as transform",
        "FIN110",
        put("Cost:sap-s4hana-2026-grow", "spendType", "transform"),
    ),
    Fault(
        "nothing is spent on making air audits better",
        "FIN111",
        together(
            put("Cost:airaudit-2026-grow", "spendType", "run"),
            put("Initiative:airaudit-5", "spendType", "run"),
        ),
    ),
    Fault(
        "a capability becomes strategic, and is only kept running",
        "FIN111",
        together(
            put("Capability:technician-qualification", "tier", "strategic"),
            put("Initiative:technician-academy", "spendType", "run"),
        ),
    ),
    Fault(
        "money to grow goes into what is to be eliminated",
        "FIN112",
        put("Cost:serma-2026", "spendType", "grow"),
    ),
    Fault(
        "money to transform goes into what is to be retired",
        "FIN112",
        put("Cost:kompass-2026", "spendType", "transform"),
    ),
    Fault(
        "a project improves what is to be eliminated",
        "FIN113",
        put("Initiative:one-service-platform", "changes/serma/state", "changed"),
    ),
    Fault(
        "a project improves Bergen's old parts lists",
        "FIN113",
        put("Initiative:one-parts-catalogue", "changes/seaparts/state", "changed"),
    ),
    Fault(
        "a project has no budget",
        "FIN114",
        drop("Initiative:test-field-renewal", "budget"),
    ),
    Fault(
        "a programme has no budget",
        "FIN114",
        drop("Initiative:signed-updates", "budget"),
    ),
    Fault(
        "Bergen's ERP is charged in crowns",
        "FIN115",
        put("Cost:visma-business-2026", "currency", "NOK"),
        findings=2,  # a tower and a service pass euros on to it
    ),
    Fault(
        "part of a cost is in dollars",
        "FIN115",
        put("Cost:tacton-cpq-2026-grow", "currency", "USD"),
    ),
    Fault(
        "the cost of a pool is in francs",
        "FIN115",
        put("Cost:telecom-2026", "currency", "CHF"),
        findings=2,  # an account passes euros on to it, and a tower is charged in euros
    ),
    Fault(
        "the cost of a pool is for half a year",
        "FIN116",
        put("Cost:telecom-2026", "period/end", "2026-06-30"),
        findings=2,  # an account passes a year on to it, and a tower is charged for a year
    ),
    Fault(
        "the cost of a capability is for another year",
        "FIN116",
        put(
            "Cost:usage-based-billing-2026", "period", {"start": "2025-01-01", "end": "2025-12-31"}
        ),
        findings=2,  # it begins and ends on another day
    ),
    Fault(
        "a quarter of the cost is miscellaneous",
        "FIN117",
        put("CostPool:outside-services", "term", "Misc Costs"),
    ),
    Fault(
        "a cost is for nothing",
        "FIN118",
        drop("Cost:loga-2026", "costObject"),
    ),
    Fault(
        "a new cost is for nothing",
        "FIN118",
        add(
            "Cost:audit-2026",
            "Audit, 2026",
            amount=40000,
            currency="EUR",
            period={"start": "2026-01-01", "end": "2026-12-31"},
        ),
    ),
)
