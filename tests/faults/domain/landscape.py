"""Interfaces, data, processes and people come apart from the applications that they belong to."""

from __future__ import annotations

from tests.faults.edits import add, drop, extend, put, together
from tests.faults.fault import Fault

FAULTS: tuple[Fault, ...] = (
    Fault(
        "HYDRA 8 feeds the lakehouse until nobody knows when",
        "BAS201",
        together(
            add(
                "Interface:output", "Output", to=["databricks"], lifecycle={"active": "2024-06-01"}
            ),
            put("Interface:output", "from", "hydra-8"),
        ),
    ),
    Fault(
        "the interface to the old manufacturing system loses its end",
        "BAS201",
        together(
            put("Interface:customers-to-erp", "to", ["hydra-8"]),
            drop("Interface:customers-to-erp", "lifecycle/endOfLife"),
        ),
    ),
    Fault(
        "nobody has told the interface that the stock list is gone",
        "BAS202",
        together(
            add("Application:stock-list", "Stock list", lifecycle={"endOfLife": "2025-12-31"}),
            add("Interface:stock", "Stock", to=["databricks"]),
            put("Interface:stock", "from", "stock-list"),
        ),
    ),
    Fault(
        "certificates come over a bus that nobody supports",
        "BAS203",
        together(
            add(
                "ITComponent:old-bus",
                "Old service bus",
                category="software",
                vendorSupport={"endOfSupport": "2024-12-31"},
            ),
            put("Interface:certificates-to-dispatch", "components", ["old-bus"]),
        ),
    ),
    Fault(
        "support for the .NET of an application with names of people has ended",
        "BAS204",
        together(
            extend("DataObject:customer", "usedBy", "airaudit"),
            put("ITComponent:dotnet-8", "vendorSupport/endOfSupport", "2026-05-31"),
        ),
    ),
    Fault(
        "spare parts are delivered, nobody says with what",
        "BAS205",
        together(drop("BusinessProcess:deliver-a-spare-part", "applications", "realizes")),
    ),
    Fault(
        "contracts are renewed by fax",
        "BAS206",
        together(
            add("Application:fax-server", "Fax server", lifecycle={"phase": "endOfLife"}),
            put("BusinessProcess:renew-a-service-contract", "applications", ["fax-server"]),
        ),
    ),
    Fault(
        "technicians are sent with the parts catalogue",
        "BAS207",
        together(
            put("BusinessProcess:send-a-technician", "applications", ["quanos-catalogue"]),
            put("BusinessProcess:send-a-technician", "criticality", "businessOperational"),
        ),
    ),
    Fault(
        "nobody leads the readings of machines",
        "BAS208",
        drop("DataObject:machine-reading", "managedBy"),
    ),
    Fault(
        "customers are kept right in two places",
        "BAS209",
        extend("DataObject:customer", "managedBy", "ifs-cloud"),
    ),
    Fault(
        "fault reports stay in what is switched off",
        "BAS210",
        together(
            add(
                "DataObject:fault-report",
                "Fault report",
                managedBy=["test-recorder"],
            ),
            add("Application:test-recorder", "Test recorder", lifecycle={"phase": "endOfLife"}),
        ),
    ),
    Fault(
        "nobody owns the certificates of technicians",
        "BAS211",
        drop("DataObject:technician-certificate", "metadata/owner"),
    ),
    Fault(
        "nobody has said who may see the certificates of technicians",
        "BAS212",
        drop("DataObject:technician-certificate", "classification"),
    ),
    Fault(
        "the certificates of technicians are public",
        "BAS213",
        put("DataObject:technician-certificate", "classification", "public"),
    ),
    Fault(
        "certificates travel by FTP",
        "BAS214",
        put("Interface:certificates-to-dispatch", "protocol", "FTP"),
    ),
    Fault(
        "certificates come from the payroll",
        "BAS215",
        put("Interface:certificates-to-dispatch", "from", "loga"),
    ),
    Fault(
        "the machine stands still for want of an unimportant application",
        "BAS216",
        put("BusinessProcess:deliver-a-spare-part", "applications", ["quanos-catalogue"]),
    ),
    Fault(
        "nobody knows where the certificates go",
        "BAS217",
        drop("Interface:certificates-to-dispatch", "to"),
    ),
    Fault(
        "the treatment of a risk was due in spring",
        "BAS219",
        add("Risk:late", "Late", targetDate="2026-03-31", status="open"),
    ),
    Fault(
        "payroll is said to be on its way out",
        "MOD201",
        put("Application:loga", "lifecycle/phase", "phaseOut"),
    ),
    Fault(
        "the data steward has left",
        "MOD202",
        put("Person:amira-haddad", "until", "2026-05-31"),
    ),
    Fault(
        "a project goes on in a program that was stopped",
        "SCO201",
        together(
            add("Initiative:stopped", "Stopped", status="cancelled"),
            put("Initiative:signed-updates", "parent", "stopped"),
        ),
    ),
    Fault(
        "a value stream that nothing enables",
        "SCO202",
        add("ValueStream:waste-to-heat", "Waste to heat"),
    ),
)
