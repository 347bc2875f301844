"""What the generated models are made of."""

from __future__ import annotations

REGIONS = (
    "Nordic",
    "Baltic",
    "Iberian",
    "Alpine",
    "Danube",
    "Adriatic",
    "Hellenic",
    "Gallic",
    "Rhenish",
    "Hanseatic",
    "Celtic",
    "Tuscan",
    "Carpathian",
    "Levantine",
    "Gulf",
    "Anatolian",
    "Caspian",
    "Ganges",
    "Mekong",
    "Pacific",
    "Andean",
    "Pampas",
    "Amazon",
    "Caribbean",
    "Appalachian",
    "Prairie",
    "Cascadian",
    "Maritime",
    "Saharan",
    "Cape",
)
LINES = (
    "Pumps",
    "Filters",
    "Valves",
    "Drives",
    "Sensors",
    "Boilers",
    "Chillers",
    "Turbines",
    "Cranes",
    "Lifts",
    "Presses",
    "Mixers",
    "Ovens",
    "Looms",
    "Printers",
    "Scanners",
    "Batteries",
    "Cables",
    "Panels",
    "Bearings",
)

# Title → its four parts.
CAPABILITIES = {
    "Market Development": (
        "Market Research",
        "Demand Forecasting",
        "Campaign Management",
        "Price Setting",
    ),
    "Order Fulfilment": (
        "Order Capture",
        "Availability Promising",
        "Dispatch Planning",
        "Returns Handling",
    ),
    "Product Engineering": (
        "Requirements Management",
        "Design Validation",
        "Variant Configuration",
        "Product Data Stewardship",
    ),
    "Supply Network": (
        "Supplier Qualification",
        "Replenishment Planning",
        "Inbound Logistics",
        "Stock Accounting",
    ),
    "Customer Care": (
        "Service Contract Management",
        "Fault Diagnosis",
        "Field Work Scheduling",
        "Customer Feedback Analysis",
    ),
    "Business Stewardship": (
        "Financial Closing",
        "Workforce Development",
        "Regulatory Reporting",
        "Risk Governance",
    ),
}

APPLICATIONS = (
    "Argos Ledger",
    "Bellows CRM",
    "Cirrus Planner",
    "Dovetail MES",
    "Ember Billing",
    "Falcon Dispatch",
    "Granite PLM",
    "Harbour WMS",
    "Indigo Quotes",
    "Juniper Payroll",
    "Keystone ERP",
    "Lantern BI",
    "Meridian Tickets",
    "Nimbus Portal",
    "Orchard Contracts",
    "Pelican Freight",
    "Quarry Assets",
    "Rivet CAD",
    "Saffron Pricing",
    "Tundra Archive",
    "Umber Forecast",
    "Vesper Learning",
    "Willow Consent",
    "Xenon Telemetry",
    "Yarrow Surveys",
    "Zephyr Routing",
)

# Product, version, category.
COMPONENTS = (
    ("PostgreSQL", "16.3", "software"),
    ("Red Hat Enterprise Linux", "9.4", "software"),
    ("OpenJDK", "21", "software"),
    ("Kubernetes", "1.30", "platform"),
    ("Apache Kafka", "3.7", "platform"),
    ("Windows Server", "2022", "software"),
    ("SAP HANA", "2.0 SPS 07", "platform"),
    ("nginx", "1.26", "software"),
    ("Ubuntu", "24.04", "software"),
    ("Ubuntu", "20.04", "software"),
)

SERVICES = (
    "Database Hosting",
    "Container Hosting",
    "Integration Service",
    "Backup Service",
    "Workplace Service",
)

TOWERS = ("Compute", "Application", "End User")
POOLS = ("Staffing", "Software & SaaS", "Cloud Services")
ACCOUNTS = (
    "Salaries",
    "Contractors",
    "Licence fees",
    "Subscriptions",
    "Cloud consumption",
    "Cloud support",
)

STAGES = ("Enquire", "Agree", "Deliver", "Assure")

KEY_RESULTS = (
    ("Share of orders that arrive on the promised day", "%", 82, 94),
    ("Days from enquiry to binding quote", "days", 9, 3),
    ("Customers who would recommend us", "%", 41, 55),
    ("Revenue from service contracts", "EUR million", 12, 18),
    ("Unplanned standstill at customers", "hours a year", 26, 12),
    ("Orders without manual correction", "%", 63, 85),
    ("Days from closing date to closed books", "days", 8, 4),
    ("Employees with a current skills profile", "%", 35, 80),
    ("Releases without a rolled back change", "%", 88, 97),
)

OBJECTIVES = (
    "Customers rely on our delivery dates",
    "Service earns its own living",
    "Quotes arrive before the competitor's",
    "Changes reach users without fear",
    "Everybody works with the same figures",
    "Systems recover before anybody notices",
)

SENTENCES = (
    "Agreed with all plant managers in the spring review and confirmed by the works council.",
    "The figures come from the planning round and are corrected once a quarter.",
    "Was split from a wider definition when the subsidiaries were merged in 2021.",
    "Whoever changes this tells the controllers first, because budgets are planned with it.",
    "Peak load is in the last week of the month, when contracts are renewed.",
    "Seasonal staff work with it from May to September and need a simple way in.",
    "Auditors ask for it every year, so evidence is kept for ten years.",
    "The boundaries to neighbouring units are described in the operations handbook.",
    "Two external partners depend on it and are told of changes four weeks ahead.",
    "Was rated by users and by technology in separate workshops, then reconciled.",
    "What it costs is charged by use, measured at the end of each month.",
    "Nobody has found a reason to treat the small sites differently, though they asked.",
    "The wording follows the reference model of the industry association.",
    "Data about persons is kept here only as long as a contract runs.",
    "An incident in 2023 showed that the fallback on paper works for two days at most.",
    "It is meant to stay as it is until the new plant has opened.",
)

TAGS = (
    "core",
    "reviewed",
    "gdpr",
    "sox",
    "export-control",
    "seasonal",
    "shared",
    "regional",
    "customer-facing",
    "back-office",
    "year-end",
    "board-topic",
)
