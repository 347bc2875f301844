"""Business and technology drift apart."""

from __future__ import annotations

from tests.faults.edits import add, drop, extend, put, shorten, together
from tests.faults.fault import Fault

_TECHNOLOGY = "Strategy:technology-2028"
_PLATFORM = "Strategy:connected-service-platform"
_CORPORATE = "Strategy:meridian-2030"

FAULTS: tuple[Fault, ...] = (
    Fault(
        "the technology strategy forgets what it is for",
        "SCO101",
        drop(_TECHNOLOGY, "parent"),
    ),
    Fault(
        "the platform strategy forgets what it is for",
        "SCO101",
        drop(_PLATFORM, "parent"),
    ),
    Fault(
        "no technology strategy looks after technician dispatch",
        "SCO102",
        shorten(_TECHNOLOGY, "capabilities", "technician-dispatch"),
        elsewhere="business/capabilities/lifecycle-service.yaml",
    ),
    Fault(
        "the platform strategy drops billing",
        "SCO102",
        shorten(_PLATFORM, "capabilities", "usage-based-billing"),
        elsewhere="business/capabilities/lifecycle-service.yaml",
    ),
    Fault(
        "the business starts on a capability that no technology strategy knows",
        "SCO102",
        together(
            add(
                "Capability:leasing",
                "Leasing of stations",
                level=1,
                tier="core",
                maturity={"current": 2, "target": 2},
                manual=True,
            ),
            extend("Strategy:service-for-life", "capabilities", "leasing"),
        ),
    ),
    Fault(
        "the technology strategy changes what the business never asked for",
        "SCO103",
        together(
            add(
                "Capability:facility-management",
                "Facility management",
                level=1,
                tier="supporting",
                manual=True,
            ),
            extend(_TECHNOLOGY, "capabilities", "facility-management"),
        ),
    ),
    Fault(
        "only a policy drives the new core",
        "SCO104",
        put("Decision:0003-new-erp-core", "drivers", ["Policy:standard-before-own"]),
    ),
    Fault(
        "nobody says what drives the renewal of the test field",
        "SCO104",
        drop("Decision:0011-renew-the-test-field", "drivers"),
    ),
    Fault(
        "the target landscape drops all that a decision affects",
        "SCO105",
        drop(
            "TargetArchitecture:landscape-2026",
            "elements/Application:tacton-cpq",
            "elements/Application:kompass",
        ),
        elsewhere="change/decisions/0002-configure-price-quote.yaml",
    ),
    Fault(
        "a decision is taken that no target landscape shows",
        "SCO105",
        add(
            "Decision:0014-workiva",
            "Workiva for the sustainability report",
            drivers=["Strategy:meridian-2030"],
            options=[{"name": "workiva"}, {"name": "spreadsheet"}],
            chosen="workiva",
            rationale="Auditors ask where each figure comes from.",
            status="accepted",
            decidedOn="2026-05-19",
            affects=["Application:workiva"],
        ),
    ),
    Fault(
        "the landscape shows a change that nobody decided",
        "SCO106",
        extend(
            "TargetArchitecture:landscape-2028",
            "elements",
            {"element": "Application:loga", "state": "eliminated"},
        ),
    ),
    Fault(
        "the decision forgets the application that it introduces",
        "SCO106",
        shorten("Decision:0008-billing-by-usage", "affects", "Application:zuora-billing"),
        elsewhere="change/architecture/landscape-2026.yaml",
    ),
    Fault(
        "the landscape names another service than the decision",
        "SCO106",
        put(
            "TargetArchitecture:landscape-2028",
            "elements/ITService:cloud-platform/element",
            "ITService:digital-workplace",
        ),
    ),
    Fault(
        "the corporate strategy is silent on the market",
        "SCO107",
        shorten(_CORPORATE, "lenses", "market"),
    ),
    Fault(
        "the corporate strategy is silent on everything",
        "SCO107",
        drop(_CORPORATE, "lenses"),
    ),
    Fault(
        "the integration platform was the only option",
        "SCO108",
        drop("Decision:0005-integration-platform", "options/azure-integration"),
    ),
    Fault(
        "nobody wrote down the options",
        "SCO108",
        drop("Decision:0011-renew-the-test-field", "options", "chosen"),
    ),
    Fault(
        "nobody says why the configurator was chosen",
        "SCO109",
        drop("Decision:0002-configure-price-quote", "rationale"),
    ),
    Fault(
        "the rationale is still to be written",
        "SCO109",
        put("Decision:0010-leave-the-data-centre", "rationale", "tbd"),
    ),
    Fault(
        "the technology strategy looks further than the corporate one",
        "SCO110",
        put(_TECHNOLOGY, "horizon/end", "2032-12-31"),
    ),
    Fault(
        "the service strategy began before the corporate one",
        "SCO110",
        put("Strategy:service-for-life", "horizon/start", "2024-07-01"),
    ),
    Fault(
        "the service strategy is cut short, the platform strategy is not",
        "SCO110",
        put("Strategy:service-for-life", "horizon/end", "2027-09-30"),
    ),
    Fault(
        "an application is in use for nothing",
        "SCO111",
        drop("Application:leanix", "supports"),
    ),
    Fault(
        "an old system is said to support nothing any more",
        "SCO111",
        put("Application:guardian", "supports", []),
    ),
    Fault(
        "a capability done by hand is not said to be",
        "SCO112",
        drop("Capability:market-insight", "manual"),
    ),
    Fault(
        "the only application of a capability turns to other things",
        "SCO112",
        shorten("Application:salesforce-sales-cloud", "supports", "demand-generation"),
        elsewhere="business/capabilities/customer-acquisition.yaml",
    ),
    Fault(
        "a new capability has no application yet",
        "SCO112",
        add(
            "Capability:partner-management",
            "Partner management",
            level=2,
            parent="customer-acquisition",
            tier="supporting",
        ),
    ),
    Fault(
        "an initiative relies on a decision that was turned down",
        "SCO113",
        put("Initiative:airlink-for-all", "decisions", ["0013-buy-an-iot-platform"]),
    ),
    Fault(
        "an initiative relies on a decision that was replaced",
        "SCO113",
        put("Initiative:one-service-platform", "decisions", ["0000-extend-serma"]),
    ),
    Fault(
        "a decision is replaced, and its initiative goes on",
        "SCO113",
        add(
            "Decision:0015-updates-by-technician",
            "Updates are brought by technicians after all",
            drivers=["Strategy:service-for-life"],
            options=[{"name": "by-technician"}, {"name": "through-airlink"}],
            chosen="by-technician",
            rationale="Customers do not let updates into their plants.",
            status="accepted",
            decidedOn="2026-06-09",
            affects=["Application:airlink-platform"],
            supersedes=["0007-signed-updates"],
        ),
        elsewhere="change/initiatives/connected-products.yaml",
    ),
    Fault(
        "a decision is turned down after all, and its initiative goes on",
        "SCO113",
        put("Decision:0004-stay-with-the-maker-of-the-mes", "status", "rejected"),
        allowed={"SCO106": "the target landscape still shows what the decision was to change"},
    ),
    Fault(
        "a strategy is hung below the last level",
        "SCO114",
        together(
            add(
                "Strategy:predictive-service",
                "Predictive service",
                domain="business",
                parent="connected-service-platform",
                lenses=["market"],
                horizon={"start": "2026-01-01", "end": "2027-12-31"},
                cadence="monthly",
            ),
            add(
                "Objective:predicted-faults",
                "Faults are known before they happen",
                strategy="predictive-service",
                status="draft",
                period={"start": "2026-01-01", "end": "2026-12-31"},
            ),
        ),
    ),
    Fault(
        "a division cuts its strategy loose",
        "SCO115",
        drop("Strategy:efficient-air", "parent"),
    ),
    Fault(
        "another division cuts its strategy loose",
        "SCO115",
        drop("Strategy:service-for-life", "parent"),
    ),
    Fault(
        "a second corporate strategy is written",
        "SCO115",
        together(
            add(
                "Strategy:meridian-2035",
                "Meridian 2035",
                level=1,
                domain="business",
                lenses=["financial", "market", "competitive-advantage", "operating-model"],
                horizon={"start": "2026-01-01", "end": "2035-12-31"},
                cadence="annual",
            ),
            add(
                "Objective:grow-abroad",
                "Growth comes from abroad",
                strategy="meridian-2035",
                status="draft",
            ),
        ),
    ),
    Fault(
        "no initiative closes the gap in billing",
        "SCO116",
        drop("Initiative:billing-by-usage", "capabilities"),
        elsewhere="business/capabilities/lifecycle-service.yaml",
    ),
    Fault(
        "a capability becomes strategic, and nothing is done for it",
        "SCO116",
        together(
            put("Capability:customer-relationship-management", "tier", "strategic"),
            put("Capability:customer-relationship-management", "maturity/target", 4),
        ),
    ),
    Fault(
        "a stage of a value stream rests on nothing",
        "SCO117",
        drop("ValueStream:need-to-air", "stages/offer-solution/capabilities"),
    ),
    Fault(
        "a new stage of a value stream is only a word",
        "SCO117",
        extend("ValueStream:fault-to-running", "stages", {"name": "invoice", "title": "Invoice"}),
    ),
    Fault(
        "an operating model arranges nothing",
        "SCO118",
        drop("OperatingModel:remote-operations", "capabilities"),
    ),
    Fault(
        "an operating model is called by another archetype",
        "SCO119",
        put("OperatingModel:one-meridian", "archetype", "diversification"),
    ),
    Fault(
        "processes are integrated less than the archetype says",
        "SCO119",
        put("OperatingModel:one-meridian", "processIntegration", "low"),
    ),
    Fault(
        "the landscape of 2026 should be there",
        "SCO130",
        put("TargetArchitecture:landscape-2026", "reachedOn", "2026-03-31"),
    ),
    Fault(
        "a decision is put off for a year",
        "SCO131",
        add(
            "Decision:one-mail-system",
            "One mail system",
            status="proposed",
            decidedOn="2025-06-01",
        ),
    ),
)
